"""Branch work of the invented hospital and of a few communities, by the product's own actions.

The hospital's records give exactly the figures of the newspaper article, all of them
within the period that :func:`hospital` returns: 57 decisions, 81 suggestions, 146
vanguard and 32 demonstration posts, 25 person-times of secretaries' outside training, 11
promotions, and 22 of 22 clinical and medical-technical secretaries who are professional
backbone. 6 members admitted lie in 2024, as the article says.

Call, in this order: :func:`words` (dictionaries), :func:`hospital`, :func:`communities`
(after the year's cases are there).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from wugeyi.accounts.models import User
from wugeyi.branchwork.actions.approvals import choose_procedure, record_meetings
from wugeyi.branchwork.actions.decisions import record_outcome
from wugeyi.branchwork.actions.dictionaries import (
    install_dictionaries,
    install_duty_items,
)
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.actions.suggestions import follow
from wugeyi.branchwork.models import (
    Decision,
    DutyItem,
    DutyRecord,
    Headcount,
    HeadcountKind,
    Recorded,
    SecretaryTerm,
    Suggestion,
    Topic,
    Training,
    VanguardPost,
)
from wugeyi.branchwork.rules.meetings import Body, Stage, Track
from wugeyi.branchwork.rules.periods import Every, span
from wugeyi.branchwork.rules.suggestions import State
from wugeyi.casework.models import Case
from wugeyi.demo import cast
from wugeyi.demo.clock import ZONE
from wugeyi.demo.hospital import branchwork_texts as texts
from wugeyi.demo.hospital.units import HospitalUnits
from wugeyi.organisations.models import Kind, Organisation

DECISIONS, SUGGESTIONS = 57, 81
VANGUARD, DEMONSTRATION = 146, 32
OUTSIDE, PROMOTED = 25, 11
# Two, three and one of the six admitted in 2024.
ADMITTED = ((date(2024, 3, 29), 2), (date(2024, 6, 28), 3), (date(2024, 12, 20), 1))
SETTLED = timedelta(days=24)
Secretaries = Mapping[int, User]
Row = TypeVar("Row", bound=Recorded)


def words(*, since: date, at: datetime) -> None:
    """Install topics, kinds of heads, and the preset of duties (all marked unverified)."""
    install_dictionaries(by=None, at=at)
    install_duty_items(valid_from=since, by=None, at=at)


def hospital(
    *,
    units: HospitalUnits,
    random: Random,
    until: datetime,
    secretaries: Secretaries | None = None,
) -> tuple[date, date]:
    """Let the hospital's branches do their work up to ``until``.

    ``secretaries`` gives by organisation who writes down; the system where none does.
    Returns the first and the last day of the period in which the figures hold: the
    calendar year so far, or in its first months the twelve months that end now.
    """
    scene = Scene(random=random, until=until, secretaries=secretaries or {})
    medical = units.clinical + units.technical
    _terms(scene, units)
    _posts(scene, units)
    _decisions(scene, medical)
    _trainings(scene, units)
    _heads(scene, units)
    _duties(scene, units.branches[:8])
    return scene.first, scene.last


class Scene:
    """The period, the chance, and who writes down."""

    def __init__(
        self, *, random: Random, until: datetime, secretaries: Secretaries
    ) -> None:
        self.random = random
        self.until = until
        self.secretaries = secretaries
        self.last = until.astimezone(ZONE).date()
        begin = date(self.last.year, 1, 1)
        year_ago = self.last - timedelta(days=360)
        self.first = begin if self.last.month > 3 else year_ago

    def day(self, *, before: int = 0) -> date:
        """Return some day of the period, at least ``before`` days ago."""
        room = (self.last - self.first).days - before
        return self.first + timedelta(days=self.random.randrange(max(room, 1)))

    def at(self, day: date) -> datetime:
        """Return an office hour of a day, never beyond the end.

        What lies before the period was written down when the period began.
        """
        day = max(day, self.first)
        hour = time(self.random.randrange(9, 17), self.random.randrange(60))
        return min(datetime.combine(day, hour, ZONE), self.until)

    def by(self, unit: Organisation) -> User | None:
        """Return who writes down for a unit."""
        return self.secretaries.get(unit.pk)

    def add(
        self, model: type[Row], unit: Organisation, day: date, **values: object
    ) -> Row:
        """Write a record down on the day it happened."""
        return add(
            model=model,
            organisation=unit,
            values=values,
            client_id=UUID(int=self.random.getrandbits(128), version=4),
            by=self.by(unit),
            at=self.at(day),
        ).row


def _ward(unit: Organisation) -> str:
    return unit.name.removesuffix("党支部")


def _terms(scene: Scene, units: HospitalUnits) -> None:
    """Give every branch a secretary; the medical ones all lead in their profession."""
    kinds = (
        (units.clinical, "clinical"),
        (units.technical, "medical_technical"),
        (units.administrative, "administrative"),
    )
    for branches, leads in kinds:
        for unit in branches:
            since = scene.first - timedelta(days=scene.random.randrange(40, 900))
            medical = leads != "administrative"
            scene.add(
                SecretaryTerm,
                unit,
                since,
                person=cast.name(scene.random),
                valid_from=since,
                role=scene.random.choice(texts.ROLES) if medical else "",
                backbone=medical,
                leads_unit=leads,
            )


def _posts(scene: Scene, units: HospitalUnits) -> None:
    """Set up the posts, the most where the most patients come."""
    kinds = ["vanguard"] * VANGUARD + ["demonstration"] * DEMONSTRATION
    for number, kind in enumerate(kinds):
        unit = units.branches[number % len(units.branches)]
        place = texts.PLACES[(number * 7 + number // 26) % len(texts.PLACES)]
        since = scene.day(before=10)
        name = f"{_ward(unit)}{place}"
        scene.add(VanguardPost, unit, since, kind=kind, name=name, valid_from=since)


def _decisions(scene: Scene, medical: tuple[Organisation, ...]) -> None:
    """Discuss 57 matters and hear 81 suggestions, one or two at each."""
    topics = {topic.code: topic for topic in Topic.objects.all()}
    talks = [
        (topics[code], talk) for code, group in texts.TALKS.items() for talk in group
    ]
    offered = list(texts.SUGGESTIONS)
    days = sorted(scene.day() for _number in range(DECISIONS))
    made = 0
    for number, day in enumerate(days):
        unit = medical[number % len(medical)]
        # A step without a common divisor: no branch talks about the same twice.
        topic, talk = talks[number * 11 % len(talks)]
        decision = _decide(scene, unit, topic, talk, day)
        left = DECISIONS - number - 1
        twice = SUGGESTIONS - made - left > 1 and number % 12 in {0, 2, 4, 7, 9}
        count = 2 if twice or SUGGESTIONS - made - 1 > 2 * left else 1
        for _each in range(count):
            text, result = offered[made % len(offered)]
            _suggest(scene, unit, decision, text, result, kind=_who(made))
            made += 1


def _who(number: int) -> str:
    kinds = ("staff", "members", "staff", "branch", "residents")
    return kinds[number % len(kinds)]


def _decide(
    scene: Scene,
    unit: Organisation,
    topic: Topic,
    talk: texts.Talk,
    day: date,
    cases: Iterable[Case] = (),
) -> Decision:
    """Write a matter down; tell what came of it when enough time has passed."""
    matter, opinion, outcome = talk
    adopted = scene.random.choices(("yes", "partly", "no"), (44, 9, 4))[0]
    fresh = scene.last - day < SETTLED
    decision = add(
        model=Decision,
        organisation=unit,
        values={
            "topic": topic,
            "held_on": day,
            "matter": matter.format(ward=_ward(unit)),
            "opinion": opinion,
            "adopted": "pending" if fresh else adopted,
        },
        client_id=UUID(int=scene.random.getrandbits(128), version=4),
        cases=list(cases),
        by=scene.by(unit),
        at=scene.at(day),
    ).row
    if fresh or scene.random.random() < 0.12:
        return decision
    on = min(day + timedelta(days=scene.random.randrange(14, 60)), scene.last)
    told = "支部的意见没有采纳，理由已在会上说明" if adopted == "no" else outcome
    return record_outcome(
        decision=decision,
        adopted=adopted,
        outcome=told,
        on=on,
        by=scene.by(unit),
        at=scene.at(on),
    )


def _suggest(
    scene: Scene,
    unit: Organisation,
    decision: Decision,
    text: str,
    result: str,
    *,
    kind: str,
) -> None:
    """Write a suggestion down and follow it as far as it has come."""
    day = decision.held_on
    row: Suggestion = scene.add(
        Suggestion, unit, day, kind=kind, text=text, made_on=day, decision=decision
    )
    taken = day + timedelta(days=scene.random.randrange(2, 12))
    done = taken + timedelta(days=scene.random.randrange(5, 50))
    if taken > scene.last:
        return
    by = scene.by(unit)
    if scene.random.random() < 0.08:
        why = "眼下条件不够，已向提建议的同志说明"
        _follow(row, State.DECLINED, why, taken, by, scene.at(taken))
        return
    _follow(row, State.ADOPTED, "", taken, by, scene.at(taken))
    if done <= scene.last:
        _follow(row, State.DONE, result, done, by, scene.at(done))


def _follow(
    row: Suggestion, state: State, result: str, on: date, by: User | None, at: datetime
) -> None:
    follow(suggestion=row, state=state, result=result, on=on, by=by, at=at)


def _trainings(scene: Scene, units: HospitalUnits) -> None:
    """Send secretaries out 25 times in all, and teach at home."""
    left = OUTSIDE
    for number, topic in enumerate(texts.TRAININGS):
        last = number == len(texts.TRAININGS) - 1
        people = left if last else scene.random.randrange(3, 6)
        left -= people
        day = scene.day(before=20)
        scene.add(
            Training,
            units.hospital,
            day,
            topic=topic,
            on=day,
            days=scene.random.randrange(2, 6),
            outside=True,
            secretaries=people,
            others=scene.random.randrange(0, 9),
        )
    for topic in texts.LESSONS:
        day = scene.day(before=5)
        scene.add(
            Training,
            units.hospital,
            day,
            topic=topic,
            on=day,
            days=1,
            outside=False,
            secretaries=len(units.branches),
            others=scene.random.randrange(60, 160),
        )


def _heads(scene: Scene, units: HospitalUnits) -> None:
    """Admit six in 2024, promote eleven in the period: numbers, never who."""
    kinds = {kind.code: kind for kind in HeadcountKind.objects.all()}
    for day, people in ADMITTED:
        if day <= scene.last:
            scene.add(
                Headcount,
                units.hospital,
                day,
                kind=kinds["admitted"],
                on=day,
                people=people,
            )
    for people in (4, 5, PROMOTED - 9):
        day = scene.day(before=5)
        scene.add(
            Headcount,
            units.hospital,
            day,
            kind=kinds["promoted"],
            on=day,
            people=people,
        )


def _duties(scene: Scene, branches: Iterable[Organisation]) -> None:
    """Record most of the regular duties of the last three months, as people do: not all."""
    items = list(DutyItem.objects.filter(period=Every.MONTH.value))
    for unit in branches:
        for back in range(3):
            of = span(Every.MONTH, _months_before(scene.last, back))
            for item in items:
                day = of.first + timedelta(days=scene.random.randrange(3, 26))
                if day > scene.last or scene.random.random() < 0.2:
                    continue
                scene.add(
                    DutyRecord,
                    unit,
                    day,
                    item=item,
                    held_on=day,
                    attendance=scene.random.randrange(7, 24),
                    note="",
                )


def _months_before(day: date, number: int) -> date:
    month = day.month - 1 - number
    return date(day.year + month // 12, month % 12 + 1, 1)


def communities(
    *,
    units: Iterable[Organisation],
    random: Random,
    until: datetime,
    secretaries: Secretaries | None = None,
) -> None:
    """Let communities and villages decide on what came up again and again."""
    scene = Scene(random=random, until=until, secretaries=secretaries or {})
    topics = {topic.code: topic for topic in Topic.objects.all()}
    for unit in units:
        since = scene.first - timedelta(days=random.randrange(100, 900))
        scene.add(
            SecretaryTerm,
            unit,
            since,
            person=cast.name(random),
            valid_from=since,
            role="",
            backbone=False,
            leads_unit="other",
        )
        for group in _recurring(unit):
            _community_decision(scene, unit, topics["public-works"], group)
        if unit.kind == Kind.VILLAGE.value:
            _village_decisions(scene, unit, topics)


def _recurring(unit: Organisation) -> list[list[Case]]:
    """Return the cases of what comes up most often, three kinds at most."""
    cases = list(
        Case.objects.filter(place=unit, merged_into=None)
        .select_related("category")
        .order_by("registered_at")[:400]
    )
    counted = Counter(case.category_id for case in cases)
    often = [key for key, number in counted.most_common(3) if number > 1]
    return [[case for case in cases if case.category_id == key][-3:] for key in often]


def _community_decision(
    scene: Scene, unit: Organisation, topic: Topic, cases: list[Case]
) -> None:
    last = max(case.registered_on for case in cases)
    day = min(last + timedelta(days=scene.random.randrange(3, 9)), scene.last)
    name = cases[0].category.name
    talk = (
        f"“{name}”一再有人反映，一次商量个办法",
        scene.random.choice(texts.COMMUNITY_OPINIONS),
        scene.random.choice(texts.COMMUNITY_OUTCOMES),
    )
    decision = _decide(scene, unit, topic, talk, day, cases)
    kind, text, result = scene.random.choice(texts.COMMUNITY_SUGGESTIONS)
    _suggest(scene, unit, decision, text, result, kind=kind)


def _village_decisions(
    scene: Scene, unit: Organisation, topics: Mapping[str, Topic]
) -> None:
    """Decide by either procedure; one assembly is two people short, as it happens."""
    codes = ("collective-assets", "public-works", "collective-assets")
    bodies = (Body.REPRESENTATIVES, Body.REPRESENTATIVES, Body.COLLECTIVE)
    for number, (code, body) in enumerate(zip(codes, bodies, strict=True)):
        day = scene.day(before=30)
        decision = _decide(scene, unit, topics[code], texts.VILLAGE_TALKS[number], day)
        due = 36 if body is Body.REPRESENTATIVES else 612
        need = -(-2 * due // 3)
        attended = need + scene.random.randrange(1, 5)
        agreed = need - 2 if body is Body.COLLECTIVE else attended - 3
        collective = body is Body.COLLECTIVE
        choose_procedure(
            decision=decision,
            track=Track.COLLECTIVE if collective else Track.VILLAGE,
            collective_matter="investment" if collective else "",
            origin="officials",
            by=scene.by(unit),
            at=scene.at(day),
        )
        voted = _held(day, body, due, attended, agreed)
        before = {
            Stage.PROPOSE: _held(day - timedelta(days=20)),
            Stage.CONSULT: _held(day - timedelta(days=14)),
            Stage.REVIEW: _held(day - timedelta(days=7), Body.MEMBERS, 41, 33, 30),
            Stage.RESOLVE: voted,
        }
        members = {
            Stage.PARTY: _held(day - timedelta(days=20)),
            Stage.ASSEMBLY: voted | {"notice_on": day - timedelta(days=14)},
        }
        record_meetings(
            decision=decision,
            meetings={
                **(members if collective else before),
                Stage.PUBLISH: _held(min(day + timedelta(days=3), scene.last)),
            },
            by=scene.by(unit),
            at=scene.at(day),
        )


def _held(
    on: date,
    body: Body | None = None,
    due: int | None = None,
    attended: int | None = None,
    in_favour: int | None = None,
) -> dict[str, object]:
    return {
        "held_on": on,
        "body": body.value if body else "",
        "due": due,
        "attended": attended,
        "in_favour": in_favour,
    }
