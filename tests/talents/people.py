"""Counts and cards through the real actions."""

from datetime import date
from uuid import uuid4

from tests.casework.world import World
from wugeyi.talents import actions
from wugeyi.talents.actions.cards import Consent, Words
from wugeyi.talents.models import TalentCard, TalentCount, TalentKind

WORDS = Words("王秀英", "嫁接猕猴桃", "周末可以教", "13800138000")


def kind(code: str = "return") -> TalentKind:
    return TalentKind.objects.get(code=code)


def came(world: World, people: int = 3, **more) -> TalentCount:
    values = {
        "client_id": uuid4(),
        "organisation": world.community,
        "kind": kind(),
        "change": "came",
        "people": people,
        "on": date(2026, 3, 1),
        "by": world["worker"],
        "at": world.now(),
    }
    return actions.count(**(values | more))


def card(world: World, **more) -> TalentCard:
    consent = {
        "purpose": "教大家种果树",
        "on": date(2026, 3, 1),
        "how": "written",
        "keep_until": date(2027, 3, 1),
    }
    consent |= {
        name: more.pop(name) for name in list(more) if name in (*consent, "public")
    }
    values = {
        "client_id": uuid4(),
        "organisation": world.community,
        "kind": kind(),
        "words": WORDS,
        "consent": Consent(**consent),
        "by": world["worker"],
        "at": world.now(),
    }
    return actions.give(**(values | more))
