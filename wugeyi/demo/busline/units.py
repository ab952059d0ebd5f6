"""Who runs the invented line: a company of the city and its third party branch."""

from datetime import date, datetime
from functools import partial

from wugeyi.demo import invented
from wugeyi.organisations.models import Organisation

CODE = "5201-bus-demo"
BRANCH = "5201-bus-demo-b3"


def build(*, parent: Organisation, on: date, at: datetime) -> Organisation:
    """Add the company and its branch below ``parent``, from a day on."""
    add = partial(invented.add, on=on, at=at)
    company = add(CODE, "贵阳市演示公交公司云岩分公司", "enterprise", parent)
    add(BRANCH, "演示公交公司第三党支部", "branch", company)
    return company
