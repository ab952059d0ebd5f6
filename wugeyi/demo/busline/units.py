"""Who runs the invented line: a company of the city and its third party branch."""

from datetime import date, datetime

from wugeyi.organisations.actions.units import add_organisation
from wugeyi.organisations.models import Organisation

CODE = "5201-bus-demo"
BRANCH = "5201-bus-demo-b3"
INVENTED = "演示(虚构)"


def build(*, parent: Organisation, on: date, at: datetime) -> Organisation:
    """Add the company and its branch below ``parent``, from a day on."""

    def add(code: str, name: str, kind: str, above: Organisation) -> Organisation:
        return add_organisation(
            code=code,
            name=name,
            kind=kind,
            parent=above,
            by=None,
            at=at,
            on=on,
            source=INVENTED,
            invented=True,
        )

    company = add(CODE, "贵阳市演示公交公司云岩分公司", "enterprise", parent)
    add(BRANCH, "演示公交公司第三党支部", "branch", company)
    return company
