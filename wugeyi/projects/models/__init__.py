"""Projects, their steps, money, partners, risks, results and pictures."""

from wugeyi.projects.models.money import FundAccount, Money, Partner, Undertaking
from wugeyi.projects.models.projects import (
    Kind,
    Level,
    OtherKind,
    Project,
    ProjectCase,
)
from wugeyi.projects.models.results import Evidence, Result
from wugeyi.projects.models.steps import Milestone, MilestoneMove, Risk

__all__ = [
    "Evidence",
    "FundAccount",
    "Kind",
    "Level",
    "Milestone",
    "MilestoneMove",
    "Money",
    "OtherKind",
    "Partner",
    "Project",
    "ProjectCase",
    "Result",
    "Risk",
    "Undertaking",
]
