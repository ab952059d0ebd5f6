"""Forms of records: parse and explain what is typed, never save."""

from wugeyi.buslines.forms.records.base import EndForm, RecordForm
from wugeyi.buslines.forms.records.crew import AwayForm, DriverForm, DutyForm
from wugeyi.buslines.forms.records.demand import DemandForm
from wugeyi.buslines.forms.records.fares import FaresForm
from wugeyi.buslines.forms.records.fleet import VehicleForm
from wugeyi.buslines.forms.records.regular import RegularDutyForm
from wugeyi.buslines.forms.records.rules import RuleForm
from wugeyi.buslines.forms.records.spots import SpotForm

__all__ = [
    "AwayForm",
    "DemandForm",
    "DriverForm",
    "DutyForm",
    "EndForm",
    "FaresForm",
    "RecordForm",
    "RegularDutyForm",
    "RuleForm",
    "SpotForm",
    "VehicleForm",
]
