"""Everything on a project's page; nine queries, whatever it holds."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from wugeyi.projects.models import (
    Evidence,
    FundAccount,
    Milestone,
    Money,
    Partner,
    Project,
    Result,
    Risk,
    Undertaking,
)
from wugeyi.projects.models.money import PARTNER_NAMES
from wugeyi.projects.rules.goals import lengths, share_of_way
from wugeyi.projects.rules.money import Found, Sums, add_up, findings
from wugeyi.projects.rules.shares import PartnerKind, is_majority, shares
from wugeyi.projects.rules.states import ENDED, State

Row = TypeVar("Row")
FILLS = 5


@dataclass(frozen=True, slots=True)
class AccountSums:
    """One account with its lines, sums and what is wrong with it."""

    account: FundAccount
    lines: list[Money]
    sums: Sums
    found: list[Found]


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """All accounts, and the total over them."""

    accounts: list[AccountSums]
    total: Sums

    @property
    def found(self) -> list[tuple[FundAccount, Found]]:
        """Everything wrong, with where."""
        return [(each.account, one) for each in self.accounts for one in each.found]


@dataclass(frozen=True, slots=True)
class PartnerShare:
    """A partner with the computed share in hundredths of a percent."""

    partner: Partner
    share: int
    # Which of the five fills of the bar it has.
    part: int

    @property
    def percent(self) -> Decimal:
        """The share in percent, two decimals."""
        return Decimal(self.share) / 100


@dataclass(frozen=True, slots=True)
class Shares:
    """Partners, their sum, and who holds more than half: a fact, not a rule."""

    rows: list[PartnerShare]
    total_fen: int
    paid_in_fen: int
    # The kind that holds more than half, "" if none.
    majority: str

    @property
    def majority_name(self) -> str:
        """What the kind with the majority is called."""
        return str(PARTNER_NAMES[PartnerKind(self.majority)]) if self.majority else ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of the goal with the length of its bar, 0 to 100."""

    name: str
    value: Decimal | None
    on: date | None
    length: int | None


@dataclass(frozen=True, slots=True)
class Goal:
    """Before, now and aim of the project's goal, and the result they come from."""

    name: str
    unit: str
    before: Bar
    after: Bar
    target: Bar
    result: Result | None
    way_percent: int | None


@dataclass(slots=True)
class Details:
    """What belongs to a project; withdrawn rows are apart."""

    project: Project
    milestones: list[Milestone]
    money: MoneyTable
    shares: Shares
    undertakings: list[Undertaking]
    risks: list[Risk]
    results: list[Result]
    evidence: list[Evidence]
    goal: Goal | None
    withdrawn: int = 0
    pairs: list[tuple[Evidence, Evidence]] = field(default_factory=list)
    single: list[Evidence] = field(default_factory=list)


def details(project: Project) -> Details:
    """Read a project's rows."""
    milestones = list(
        project.milestones.prefetch_related("moves").order_by("due_on", "pk")
    )
    undertakings = list(project.undertakings.order_by("on", "pk"))
    risks = list(project.risks.order_by("seen_on", "pk"))
    results = list(project.results.order_by("-after_last", "-pk"))
    evidence = list(project.evidence.select_related("upload").order_by("pk"))
    partners = list(project.partners.select_related("organisation").order_by("pk"))
    money, gone = money_table(project)
    found = Details(
        project=project,
        milestones=_standing(milestones),
        money=money,
        shares=share_out(_standing(partners)),
        undertakings=_standing(undertakings),
        risks=_standing(risks),
        results=_standing(results),
        evidence=_standing(evidence),
        goal=None,
        withdrawn=gone
        + sum(
            row.withdrawn_at is not None
            for rows in (milestones, partners, undertakings, risks, results, evidence)
            for row in rows
        ),
    )
    found.goal = goal_of(project, found.results)
    found.pairs, found.single = _paired(found.evidence)
    return found


def _standing(rows: list[Row]) -> list[Row]:
    return [row for row in rows if getattr(row, "withdrawn_at", None) is None]


def money_table(project: Project) -> tuple[MoneyTable, int]:
    """Return the accounts with their sums, and how many lines were withdrawn."""
    ended = State(project.state) in ENDED
    tables = []
    gone = 0
    for account in project.accounts.prefetch_related("lines").order_by("pk"):
        rows = sorted(account.lines.all(), key=lambda line: (line.on, line.pk))
        standing = _standing(rows)
        gone += len(rows) - len(standing)
        sums = add_up((line.kind, line.amount_fen) for line in standing)
        if not standing and not account.asset:
            continue
        found = findings(
            sums, special=account.special, ended=ended, asset=bool(account.asset)
        )
        tables.append(AccountSums(account, standing, sums, found))
    total = add_up(
        (line.kind, line.amount_fen) for table in tables for line in table.lines
    )
    return MoneyTable(tables, total), gone


def share_out(partners: list[Partner]) -> Shares:
    """Compute shares by contribution; they sum to the whole."""
    given = [partner.contribution_fen for partner in partners]
    total = sum(given)
    by_kind: dict[str, int] = {}
    for partner in partners:
        held = by_kind.get(partner.kind, 0)
        by_kind[partner.kind] = held + partner.contribution_fen
    majority = next(
        (kind for kind, held in by_kind.items() if is_majority(held, total)), ""
    )
    return Shares(
        rows=[
            PartnerShare(partner, share, place % FILLS)
            for place, (partner, share) in enumerate(
                zip(partners, shares(given), strict=True)
            )
        ],
        total_fen=total,
        paid_in_fen=sum(partner.paid_in_fen for partner in partners),
        majority=majority,
    )


def goal_of(project: Project, results: list[Result]) -> Goal | None:
    """Return before, after and target of the goal; None if it names no measure."""
    if not project.is_measured:
        return None
    result = next((each for each in results if each.of_goal), None)
    before, before_on = project.baseline, project.baseline_on
    if before is None and result is not None:
        before, before_on = result.before, result.before_last
    after = result.after if result is not None else None
    long = lengths(before, after, project.target)
    return Goal(
        name=(result.name if result else "") or project.indicator,
        unit=(result.unit if result else "") or project.unit,
        before=Bar("before", before, before_on, long[0]),
        after=Bar("after", after, result.after_last if result else None, long[1]),
        target=Bar("target", project.target, project.target_on, long[2]),
        result=result,
        way_percent=share_of_way(before, project.target, after),
    )


def _paired(
    evidence: list[Evidence],
) -> tuple[list[tuple[Evidence, Evidence]], list[Evidence]]:
    """Return pictures of before and after side by side, and the others."""
    by_key = {row.pk: row for row in evidence}
    pairs = [(by_key[row.pair_id], row) for row in evidence if row.pair_id in by_key]
    used = {row.pk for pair in pairs for row in pair}
    return pairs, [row for row in evidence if row.pk not in used]
