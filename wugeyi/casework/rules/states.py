"""States of a case and the steps between them, as data.

The order follows the Beijing regulation of 2021 on handling complaints (arts. 12-23)
and GB/T 33358-2016; "answered" is not "resolved".
"""

from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"  # nobody answers for it yet
    ASSIGNED = "assigned"  # sent to an organisation, not yet taken up
    OBJECTED = "objected"  # handed back, one level up decides
    WORKING = "working"
    ANSWERED = "answered"  # the handler says done; call-back pending
    CLOSED = "closed"
    MERGED = "merged"  # goes on inside another case


class Outcome(StrEnum):
    """How a closed case ended."""

    RESOLVED = "resolved"  # said by who asked, or by a verified check
    UNREACHED = "unreached"  # nobody could be reached; never counts as resolved
    REFERRED = "referred"  # belongs to a statutory channel; told which
    WITHDRAWN = "withdrawn"  # by who asked


class Step(StrEnum):
    """What can be done to a case."""

    ASSIGN = "assign"
    ACCEPT = "accept"
    OBJECT = "object"
    UPHOLD = "uphold"
    REJECT = "reject"
    CONTACT = "contact"
    UPDATE = "update"
    PAUSE = "pause"
    RESUME = "resume"
    ASK = "ask"
    ANSWER = "answer"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    GIVE_UP = "give_up"
    REFER = "refer"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SPLIT = "split"
    RECLASSIFY = "reclassify"
    EXCLUDE = "exclude"
    PUBLISH = "publish"


WAITING = frozenset({State.NEW, State.ASSIGNED, State.OBJECTED, State.WORKING})
OPEN = WAITING | {State.ANSWERED}
ENDED = frozenset({State.CLOSED, State.MERGED})
EVERY = OPEN | ENDED

# step -> (states it starts from, state it leads to; None: the state stays)
STEPS: dict[Step, tuple[frozenset[State], State | None]] = {
    Step.ASSIGN: (WAITING - {State.OBJECTED}, State.ASSIGNED),
    Step.ACCEPT: (frozenset({State.ASSIGNED}), State.WORKING),
    Step.OBJECT: (frozenset({State.ASSIGNED, State.WORKING}), State.OBJECTED),
    Step.UPHOLD: (frozenset({State.OBJECTED}), State.ASSIGNED),
    Step.REJECT: (frozenset({State.OBJECTED}), State.ASSIGNED),
    Step.CONTACT: (OPEN, None),
    Step.UPDATE: (OPEN, None),
    Step.PAUSE: (frozenset({State.ASSIGNED, State.WORKING}), None),
    Step.RESUME: (WAITING, None),
    Step.ASK: (frozenset({State.ASSIGNED, State.WORKING}), None),
    Step.ANSWER: (frozenset({State.ASSIGNED, State.WORKING}), State.ANSWERED),
    Step.CONFIRM: (frozenset({State.ANSWERED}), State.CLOSED),
    Step.REOPEN: (frozenset({State.ANSWERED, State.CLOSED}), State.WORKING),
    Step.GIVE_UP: (frozenset({State.ANSWERED}), State.CLOSED),
    Step.REFER: (frozenset({State.NEW, State.ASSIGNED}), State.CLOSED),
    Step.WITHDRAW: (OPEN, State.CLOSED),
    Step.MERGE: (WAITING, State.MERGED),
    Step.UNMERGE: (frozenset({State.MERGED}), None),
    Step.SPLIT: (WAITING, None),
    Step.RECLASSIFY: (WAITING, None),
    Step.EXCLUDE: (EVERY - {State.MERGED}, None),
    Step.PUBLISH: (EVERY - {State.MERGED}, None),
}


class NotNow(Exception):
    """The step does not start from the state the case is in."""

    def __init__(self, step: Step, state: State) -> None:
        super().__init__(f"{step} does not start from {state}")
        self.step = step
        self.state = state


def allowed(step: Step, state: State) -> bool:
    """Tell whether ``step`` starts from ``state``."""
    return state in STEPS[step][0]


def after_step(step: Step, state: State) -> State:
    """Return the state after ``step``; raises NotNow where it does not start."""
    if not allowed(step, state):
        raise NotNow(step, state)
    return STEPS[step][1] or state
