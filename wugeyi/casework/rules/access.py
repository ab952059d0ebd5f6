"""Who may do what to a case: roles, and whether they are held over its place or its handler.

*Who may* is kept apart from *in which state* (see ``states``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wugeyi.casework.rules.states import Step
from wugeyi.organisations.rules import Reach, Role, inside

WORKER = Role.WORKER
DISPATCHER = Role.DISPATCHER
DEPARTMENT = Role.DEPARTMENT
SUPERVISOR = Role.SUPERVISOR
AUDITOR = Role.AUDITOR
SECRETARY = Role.SECRETARY

HANDLERS = frozenset({WORKER, DEPARTMENT})
# Over the handling organisation: who works there sees what is on its desk.
SEES_BY_HANDLER = frozenset(
    {WORKER, DISPATCHER, DEPARTMENT, SUPERVISOR, AUDITOR, SECRETARY}
)
# Over the place: what happens in one's area, whoever handles it.
SEES_BY_PLACE = frozenset({WORKER, DISPATCHER, SUPERVISOR, AUDITOR, SECRETARY})
REGISTERS = frozenset({WORKER, DISPATCHER})
CALLS_BACK = frozenset({WORKER, DISPATCHER})
EXPORTS = frozenset({WORKER, DISPATCHER, DEPARTMENT, SUPERVISOR, AUDITOR})
# Auditors look; they neither answer for others nor take note for them.
REPLIES = HANDLERS | {DISPATCHER}
IS_TOLD = HANDLERS | {DISPATCHER, SUPERVISOR}


@dataclass(frozen=True, slots=True)
class Permit:
    """Roles that allow a step when held over the handler, over the place, or above the handler."""

    handler: frozenset[Role] = frozenset()
    place: frozenset[Role] = frozenset()
    above: frozenset[Role] = frozenset()


PERMITS: dict[Step, Permit] = {
    Step.ASSIGN: Permit(place=frozenset({DISPATCHER}), handler=frozenset({DISPATCHER})),
    Step.ACCEPT: Permit(handler=HANDLERS | {DISPATCHER}),
    Step.OBJECT: Permit(handler=HANDLERS),
    # Decided one level up, never by the organisation that handed back.
    Step.UPHOLD: Permit(above=frozenset({DISPATCHER, SUPERVISOR})),
    Step.REJECT: Permit(above=frozenset({DISPATCHER, SUPERVISOR})),
    Step.CONTACT: Permit(handler=frozenset({WORKER, DISPATCHER}), place=CALLS_BACK),
    Step.UPDATE: Permit(handler=HANDLERS | {DISPATCHER}),
    Step.PAUSE: Permit(handler=HANDLERS),
    Step.RESUME: Permit(handler=HANDLERS | {DISPATCHER}),
    Step.ASK: Permit(handler=HANDLERS),
    Step.ANSWER: Permit(handler=HANDLERS),
    Step.CONFIRM: Permit(place=CALLS_BACK),
    Step.REOPEN: Permit(place=CALLS_BACK),
    Step.GIVE_UP: Permit(place=CALLS_BACK),
    Step.REFER: Permit(place=frozenset({DISPATCHER}), handler=frozenset({DISPATCHER})),
    Step.WITHDRAW: Permit(place=frozenset({DISPATCHER})),
    Step.MERGE: Permit(place=frozenset({DISPATCHER, WORKER})),
    Step.UNMERGE: Permit(place=frozenset({DISPATCHER, WORKER})),
    Step.SPLIT: Permit(place=frozenset({DISPATCHER})),
    Step.RECLASSIFY: Permit(place=frozenset({DISPATCHER, WORKER})),
    Step.EXCLUDE: Permit(
        handler=HANDLERS | {DISPATCHER}, place=frozenset({DISPATCHER})
    ),
    Step.PUBLISH: Permit(place=frozenset({DISPATCHER, WORKER})),
}
APPROVES_EXCLUSION = frozenset({SUPERVISOR})


# Whoever belongs to the party reported may not touch how the case is called back.
CALL_BACK_STEPS = frozenset(
    {Step.CONTACT, Step.CONFIRM, Step.REOPEN, Step.GIVE_UP, Step.WITHDRAW}
)


@dataclass(frozen=True, slots=True)
class Where:
    """The paths a permission depends on."""

    place: str
    handler: str
    reported: str | None = None
    asked: tuple[str, ...] = ()


def conflicted(reach: Reach, where: Where) -> bool:
    """Tell whether the person holds any post inside the party reported."""
    party = where.reported
    return party is not None and any(inside(h.path, party) for h in reach.holdings)


def sees(reach: Reach, where: Where) -> bool:
    """Tell whether the case may be read (never the reporter; see ``identifies``)."""
    return (
        reach.covers(SEES_BY_HANDLER, where.handler)
        or reach.covers(SEES_BY_PLACE, where.place)
        or any(reach.covers(SEES_BY_HANDLER, path) for path in where.asked)
    )


def identifies(reach: Reach, where: Where) -> bool:
    """Tell whether the reporter's name and number may be seen: only to call back."""
    return not conflicted(reach, where) and reach.covers(CALLS_BACK, where.place)


def above(reach: Reach, roles: Iterable[Role], path: str) -> bool:
    """Tell whether one of ``roles`` is held at an organisation above ``path``."""
    wanted = frozenset(roles)
    return any(
        h.role in wanted and h.path != path and inside(path, h.path)
        for h in reach.holdings
    )


def may(step: Step, reach: Reach, where: Where) -> bool:
    """Tell whether the person may take the step, whatever state the case is in."""
    permit = PERMITS[step]
    if step in CALL_BACK_STEPS and conflicted(reach, where):
        return False
    return (
        reach.covers(permit.handler, where.handler)
        or reach.covers(permit.place, where.place)
        or above(reach, permit.above, where.handler)
    )


def approves_exclusion(reach: Reach, where: Where) -> bool:
    """Tell whether the person may decide that a case is left out of the rates."""
    return reach.covers(APPROVES_EXCLUSION, where.place)
