"""What came of a project's money: assets, contracts, companies."""

from dataclasses import dataclass

from wugeyi.holdings.models import Asset, Company, Contract
from wugeyi.organisations.queries import within
from wugeyi.projects.models import Project

MOST = 20


@dataclass(frozen=True, slots=True)
class Came:
    """What names a project, the newest first."""

    assets: list[Asset]
    contracts: list[Contract]
    companies: list[Company]

    def __bool__(self) -> bool:
        return bool(self.assets or self.contracts or self.companies)


def came_of(project: Project, roots: list[str]) -> Came:
    """Return what names a project below some roots; three queries."""
    ours = within("book__organisation__path", roots)
    assets = Asset.objects.filter(ours, project=project).select_related("item")
    contracts = Contract.objects.filter(ours, project=project)
    companies = Company.objects.filter(
        within("organisation__path", roots), project=project
    )
    return Came(
        list(assets.order_by("-pk")[:MOST]),
        list(contracts.order_by("-pk")[:MOST]),
        list(companies.order_by("-pk")[:MOST]),
    )
