"""Lines, what they are planned from, plans, timetables in force, days, surveys."""

from wugeyi.buslines.models.base import Dated, holding
from wugeyi.buslines.models.editions import Call, Edition, Trip
from wugeyi.buslines.models.inputs import (
    Absence,
    Demand,
    Driver,
    FareBand,
    FareTable,
    MapFile,
    OtherDuty,
    RegularDuty,
    Rule,
    Spot,
    Timetable,
    Vehicle,
    WaysTable,
)
from wugeyi.buslines.models.lines import Line
from wugeyi.buslines.models.planning import (
    LeftOut,
    Plan,
    Roster,
    Scenario,
    ScenarioFleet,
)
from wugeyi.buslines.models.running import Boarding, Booking, Run
from wugeyi.buslines.models.surveys import LineSuggestion, Survey, SurveyFinding

__all__ = [
    "Absence",
    "Boarding",
    "Booking",
    "Call",
    "Dated",
    "Demand",
    "Driver",
    "Edition",
    "FareBand",
    "FareTable",
    "LeftOut",
    "Line",
    "LineSuggestion",
    "MapFile",
    "OtherDuty",
    "Plan",
    "RegularDuty",
    "Roster",
    "Rule",
    "Run",
    "Scenario",
    "ScenarioFleet",
    "Spot",
    "Survey",
    "SurveyFinding",
    "Timetable",
    "Trip",
    "Vehicle",
    "WaysTable",
    "holding",
]
