"""Money, partners and promises of a project. A wrong row is withdrawn, never edited."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wugeyi.figures.actions import refresh
from wugeyi.organisations.models import Organisation
from wugeyi.projects.actions.writing import By, note, own, take, touch
from wugeyi.projects.models import FundAccount, Money, Partner, Project, Undertaking
from wugeyi.projects.rules.refusals import Refused, Why
from wugeyi.projects.rules.shares import PartnerKind


@dataclass(frozen=True, slots=True)
class Purse:
    """Which account a line stands on; a name that is not there yet opens one.

    ``special`` None: what the kind of project says (special funds are special).
    """

    name: str
    source: str = ""
    special: bool | None = None


@transaction.atomic
def add_money(
    *,
    project: Project,
    kind: str,
    purse: Purse,
    amount_fen: int,
    on: date,
    note_text: str = "",
    replaces: Money | None = None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Money:
    """Record an amount planned, paid or verified; with ``replaces`` instead of that one.

    Nothing is refused for being over the budget: the page shows it.
    """
    project = take(project, version=version)
    account = _account(project, purse, at)
    old = _withdrawn_line(project, replaces, at)
    made = Money.objects.create(
        account=account,
        kind=kind,
        amount_fen=amount_fen,
        on=on,
        note=note_text,
        recorded_at=at,
        replaces=old,
    )
    touch(project)
    note(
        project,
        action="correct_money" if old else "add_money",
        by=by,
        at=at,
        before=_told(old) if old else None,
        after=_told(made),
    )
    if old is not None:
        refresh(source="project_money", records=[old.pk], at=at)
    refresh(source="project_money", records=[made.pk], at=at, new=True)
    return made


def _account(project: Project, purse: Purse, at: datetime) -> FundAccount:
    special = project.kind == "fund" if purse.special is None else purse.special
    account, _created = FundAccount.objects.get_or_create(
        project=project,
        name=purse.name,
        defaults={"source": purse.source, "special": special, "recorded_at": at},
    )
    return account


def _withdrawn_line(project: Project, line: Money | None, at: datetime) -> Money | None:
    if line is None:
        return None
    fresh = Money.objects.select_related("account").get(pk=line.pk)
    if fresh.account.project_id != project.pk:
        raise Refused(Why.NOT_YOURS)
    if fresh.withdrawn_at is not None:
        raise Refused(Why.WITHDRAWN)
    fresh.withdrawn_at = at
    fresh.save(update_fields=["withdrawn_at"])
    return fresh


def _told(line: Money) -> dict[str, object]:
    return {
        "account": line.account.name,
        "line": line.kind,
        "amount_fen": line.amount_fen,
        "on": line.on,
        "note": line.note,
    }


@transaction.atomic
def form_asset(
    *,
    project: Project,
    account: FundAccount,
    asset: str,
    on: date,
    book_reference: str = "",
    by: By,
    at: datetime,
    version: int | None = None,
) -> FundAccount:
    """Say what the money of an account became, and where the books tell of it."""
    project = take(project, version=version)
    account = own(project, account)
    if not asset.strip():
        raise Refused(Why.NEEDS_TEXT)
    before = {"asset": account.asset, "book_reference": account.book_reference}
    account.asset, account.asset_on = asset, on
    account.book_reference = book_reference
    account.save(update_fields=["asset", "asset_on", "book_reference"])
    touch(project)
    note(
        project,
        action="form_asset",
        by=by,
        at=at,
        before=before,
        after={
            "account": account.name,
            "asset": asset,
            "asset_on": on,
            "book_reference": book_reference,
        },
    )
    return account


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one partner gives. Amounts in fen, not negative."""

    kind: str
    contribution_fen: int
    on: date
    paid_in_fen: int = 0
    organisation: Organisation | None = None
    name: str = ""
    people: int | None = None
    form: str = Partner.Form.CASH.value


@transaction.atomic
def add_partner(
    *,
    project: Project,
    gives: Contribution,
    replaces: Partner | None = None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Partner:
    """Record what a partner contributes; shares are computed, never typed."""
    project = take(project, version=version)
    if gives.contribution_fen < 0 or gives.paid_in_fen < 0:
        raise Refused(Why.NOT_NEGATIVE)
    if gives.organisation is None and not gives.name.strip():
        raise Refused(Why.NEEDS_TEXT)
    old = own(project, replaces) if replaces is not None else None
    if old is not None:
        old.withdrawn_at = at
        old.save(update_fields=["withdrawn_at"])
    made = Partner.objects.create(
        project=project,
        kind=gives.kind,
        organisation=gives.organisation,
        name=gives.name,
        people=gives.people,
        form=gives.form,
        contribution_fen=gives.contribution_fen,
        paid_in_fen=gives.paid_in_fen,
        on=gives.on,
        recorded_at=at,
        replaces=old,
    )
    touch(project)
    note(
        project,
        action="correct_partner" if old else "add_partner",
        by=by,
        at=at,
        before=_partner(old) if old else None,
        after=_partner(made),
    )
    if old is not None:
        refresh(source="project_partners", records=[old.pk], at=at)
    refresh(source="project_partners", records=[made.pk], at=at, new=True)
    return made


def _partner(row: Partner) -> dict[str, object]:
    return {
        "partner": row.name or row.organisation_id,
        "giver": row.kind,
        "contribution_fen": row.contribution_fen,
        "paid_in_fen": row.paid_in_fen,
        "on": row.on,
    }


@transaction.atomic
def undertake(
    *,
    project: Project,
    kind: str,
    giver: str,
    text: str,
    on: date,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Undertaking:
    """Record a promise, or a surety that somebody gives with their own assets.

    Raises
    ------
    Refused
        COLLECTIVE_GUARANTEE: the collective's assets may secure nobody's debt
        (农村集体经济组织法 35, 财务制度 23).
    """
    project = take(project, version=version)
    if kind == Undertaking.Kind.GUARANTEE and giver == PartnerKind.COLLECTIVE:
        raise Refused(Why.COLLECTIVE_GUARANTEE)
    made = Undertaking.objects.create(
        project=project, kind=kind, giver=giver, text=text, on=on, recorded_at=at
    )
    touch(project)
    after = {"undertaking": kind, "giver": giver, "text": text, "on": on}
    note(project, action="undertake", by=by, at=at, after=after)
    return made
