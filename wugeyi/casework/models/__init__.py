"""Tables of casework, split by noun."""

from wugeyi.casework.models.cases import Case, CasePhoto, Reporter
from wugeyi.casework.models.settings import (
    CalendarDay,
    Category,
    DeadlineRule,
    Duty,
    DutyList,
    Responsibility,
    Retention,
    SavedReply,
)
from wugeyi.casework.models.steps import (
    Assignment,
    Callback,
    Escalation,
    Exclusion,
    Merge,
    Pause,
    Request,
    Update,
)

__all__ = [
    "Assignment",
    "CalendarDay",
    "Callback",
    "Case",
    "CasePhoto",
    "Category",
    "DeadlineRule",
    "Duty",
    "DutyList",
    "Escalation",
    "Exclusion",
    "Merge",
    "Pause",
    "Reporter",
    "Request",
    "Responsibility",
    "Retention",
    "SavedReply",
    "Update",
]
