"""What a rule is where nobody wrote it down: the engine's own numbers."""

from wugeyi.buslines.rules.notices import FILING, NOTICE_DAYS, ORIGIN, NoticeRules
from wugeyi.buslines.rules.rulenames import APART, BY_NAME, ROSTER
from wugeyi.engines.lineplanning.crew import ORIGINS, RosterRules
from wugeyi.engines.lineplanning.model import Rules


def standards() -> dict[str, int]:
    """Return the number of every rule."""
    plan, roster, notices = Rules(), RosterRules(), NoticeRules()
    found = {NOTICE_DAYS: notices.days, FILING: int(notices.filing)}
    for name in BY_NAME:
        if name in found:
            continue
        if name.startswith(ROSTER):
            found[name] = getattr(roster, name.removeprefix(ROSTER))
        elif name in APART:
            found[name] = getattr(plan.apart, name)
        else:
            found[name] = getattr(plan, name)
    return found


def origins() -> dict[str, tuple[str, bool]]:
    """Return where a standard comes from, and whether it was held against the text."""
    found = {ROSTER + name: (o.source, o.verified) for name, o in ORIGINS.items()}
    return found | dict.fromkeys((NOTICE_DAYS, FILING), (ORIGIN, False))
