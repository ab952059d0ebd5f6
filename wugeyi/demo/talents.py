"""People who came back to an invented village life: figures, and a few cards."""

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from wugeyi.accounts.models import User
from wugeyi.demo import cast, clock
from wugeyi.organisations.models import Organisation
from wugeyi.talents import actions
from wugeyi.talents.actions.cards import THEMSELVES, Consent, Words
from wugeyi.talents.models import TalentCard, TalentKind
from wugeyi.talents.rules.consent import keep_until

# 67 in all, as the article says of 观游村 (domain §3, row 11); how they divide among the
# kinds is invented. Three more came and left again.
CAME = {"return": (12, 9, 10, 3), "arrive": (6, 8), "revive": (4, 5), "stay": (8, 5)}
LEFT = {"return": 3}
SKILLS = (
    ("嫁接猕猴桃和李子", "周末可以到地里教"),
    ("开网店、拍短视频", "帮大家把果子卖出去"),
    ("会计", "帮合作社看看账"),
    ("做农家菜", "教办农家乐"),
    ("木工", "修桌椅门窗"),
    ("教书法", "寒暑假带孩子写字"),
)


def village(
    *, unit: Organisation, by: User, random: Random, since: date, until: datetime
) -> int:
    """Record who came and left between two days, and six cards; returns how many stay.

    One card is withdrawn by its person, two are public. Uses the kinds there are, or
    the shipped ones. Acts are dated within the time, in their order.
    """
    begin = datetime.combine(since, time(9), clock.ZONE)
    actions.install_defaults(by=None, at=begin)
    kinds = {kind.code: kind for kind in TalentKind.objects.all()}
    days = max(1, (until.astimezone(clock.ZONE).date() - since).days - 30)
    plan = [
        (since + timedelta(days=random.randrange(days)), code, "came", people)
        for code, parts in CAME.items()
        for people in parts
    ]
    last = since + timedelta(days=days)
    plan += [(last, code, "left", people) for code, people in LEFT.items()]
    for on, code, change, people in sorted(plan):
        actions.count(
            client_id=_key(random),
            organisation=unit,
            kind=kinds[code],
            change=change,
            people=people,
            on=on,
            by=by,
            at=clock.office(datetime.combine(on, time(15), clock.ZONE), 1),
        )
    _cards(unit, by, random, kinds["return"], last)
    return sum(sum(parts) for parts in CAME.values()) - sum(LEFT.values())


def _cards(
    unit: Organisation, by: User, random: Random, kind: TalentKind, on: date
) -> None:
    at = clock.office(datetime.combine(on, time(9), clock.ZONE), 1)
    for number, (skill, offer) in enumerate(SKILLS):
        at += timedelta(minutes=20)
        card = actions.give(
            client_id=_key(random),
            organisation=unit,
            kind=kind,
            words=Words(cast.courtesy(random), skill, offer, cast.phone(random)),
            consent=Consent(
                purpose="需要帮手时由村里联系本人",
                on=on,
                how=TalentCard.How.WRITTEN.value,
                keep_until=keep_until(on, 12),
                public=number < 2,
            ),
            by=by,
            at=at,
        )
    actions.withdraw(
        card=card,
        end=TalentCard.End.PERSON,
        by=THEMSELVES,
        at=at + timedelta(hours=30),
    )


def _key(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
