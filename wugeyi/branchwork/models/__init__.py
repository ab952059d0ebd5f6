"""What a branch decides, hears, does, and who leads it; dictionaries are editable."""

from wugeyi.branchwork.models.base import Recorded
from wugeyi.branchwork.models.decisions import (
    Decision,
    DecisionCase,
    Meeting,
    MeetingPicture,
)
from wugeyi.branchwork.models.dictionaries import DutyItem, HeadcountKind, Topic
from wugeyi.branchwork.models.duties import DutyRecord
from wugeyi.branchwork.models.lists import ListFile
from wugeyi.branchwork.models.suggestions import Suggestion
from wugeyi.branchwork.models.team import (
    Headcount,
    SecretaryTerm,
    Training,
    VanguardPost,
)

__all__ = [
    "Decision",
    "DecisionCase",
    "DutyItem",
    "DutyRecord",
    "Headcount",
    "HeadcountKind",
    "ListFile",
    "Meeting",
    "MeetingPicture",
    "Recorded",
    "SecretaryTerm",
    "Suggestion",
    "Topic",
    "Training",
    "VanguardPost",
]
