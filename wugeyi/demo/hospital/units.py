"""The invented hospital's units: branches by what they serve, offices behind the window."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from wugeyi.demo import invented
from wugeyi.organisations.models import Organisation

CODE = "5201-hospital-demo"
CLINICAL = (
    "内科", "外科", "神经内科", "神经外科", "心血管内科", "呼吸科", "消化科", "肾内科",
    "骨科", "妇产科", "儿科", "急诊科", "重症医学科", "肿瘤科", "康复科", "中医科",
)  # fmt: skip
TECHNICAL = ("检验科", "影像科", "药学部", "病理科", "超声科", "麻醉手术中心")
ADMINISTRATIVE = ("行政一", "行政二", "后勤", "离退休")
OFFICES = ("医务科", "财务科", "总务科", "保卫科", "信息科", "医保办")


@dataclass(frozen=True, slots=True)
class HospitalUnits:
    """The hospital and what stands right below it."""

    hospital: Organisation
    clinical: tuple[Organisation, ...]
    technical: tuple[Organisation, ...]
    administrative: tuple[Organisation, ...]
    # Departments behind the one window, by name.
    offices: dict[str, Organisation]

    @property
    def branches(self) -> tuple[Organisation, ...]:
        """All branches, clinical ones first."""
        return self.clinical + self.technical + self.administrative


def build(*, parent: Organisation, on: date, at: datetime) -> HospitalUnits:
    """Add the hospital, 26 branches and six offices below ``parent``, from a day on."""
    add = partial(invented.add, on=on, at=at)
    hospital = add(CODE, "贵阳市演示医院", "hospital", parent)

    def branches(names: tuple[str, ...], mark: str) -> tuple[Organisation, ...]:
        return tuple(
            add(f"{CODE}-{mark}{number:02}", f"{name}党支部", "branch", hospital)
            for number, name in enumerate(names, 1)
        )

    return HospitalUnits(
        hospital=hospital,
        clinical=branches(CLINICAL, "c"),
        technical=branches(TECHNICAL, "t"),
        administrative=branches(ADMINISTRATIVE, "a"),
        offices={
            name: add(f"{CODE}-o{number:02}", name, "department", hospital)
            for number, name in enumerate(OFFICES, 1)
        },
    )
