"""Lines of a bank and the postings they may be; what is open between both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, Q, QuerySet

from wugeyi.books.adapter.statements import choices
from wugeyi.books.models import (
    BankLine,
    BankStatement,
    Book,
    Draft,
    Item,
    Posting,
    VoucherKind,
)
from wugeyi.books.rules.bankmatching import (
    WINDOW_DAYS,
    Candidate,
    Line,
    Matching,
    match,
)

BANK = "102"
"""Bank deposits in the systems of 2004 and 2023."""
MOST_LINES = 20_000
MOST_COUNTED = 1_000
PAGE = 30
_AT_ONCE = 5_000
_OPEN_DRAFTS = (Draft.State.WRITING, Draft.State.WAITING, Draft.State.RETURNED)


def bank_accounts(book: Book) -> list[tuple[str, str]]:
    """Return the accounts of a book that may be a bank's, with their names."""
    return [
        (each.code, f"{each.code} {each.full}")
        for each in choices(book)
        if each.code.startswith(BANK)
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an account of a bank is: statements from when to when, lines left open."""

    code: str
    name: str
    first_day: date
    last_day: date
    left: int


def standing(book: Book) -> list[Standing]:
    """Return the accounts that have statements; three queries."""
    spans = (
        BankStatement.objects.filter(book=book)
        .values("account")
        .annotate(first=Min("first_day"), last=Max("last_day"))
        .order_by("account")
    )
    left = BankLine.objects.filter(statement__book=book, posting=None)
    accounts = list(left.values_list("statement__account", flat=True)[:MOST_COUNTED])
    named = dict(bank_accounts(book))
    return [
        Standing(
            each["account"],
            named.get(each["account"], each["account"]),
            each["first"],
            each["last"],
            accounts.count(each["account"]),
        )
        for each in spans
    ]


def free_lines(book: Book, account: str) -> QuerySet[BankLine]:
    """Return lines that are no posting yet."""
    return BankLine.objects.filter(
        statement__book=book, statement__account=account, posting=None
    )


def free_postings(book: Book, account: str) -> QuerySet[Posting]:
    """Return postings of an account that are no line of a bank yet.

    What was taken back, and what took it back, never went through a bank.
    """
    return (
        Posting.objects.filter(
            book=book,
            account__startswith=account,
            bank_line=None,
            voucher__reversed_by=None,
        )
        .exclude(voucher__kind=VoucherKind.REVERSAL)
        .exclude(voucher__kind=VoucherKind.OPENING)
    )


@dataclass(frozen=True, slots=True)
class Suggested:
    """What lines of an account may be; ``drafted`` are those a draft of theirs became."""

    matching: Matching
    drafted: dict[int, int]

    @property
    def certain(self) -> dict[int, int]:
        """Postings by lines that may be confirmed at once."""
        return {**self.matching.sure, **self.drafted}


def suggested(book: Book, account: str) -> Suggested:
    """Match the oldest open lines of an account; a fixed number of queries."""
    rows = list(
        free_lines(book, account)
        .select_related("draft")
        .order_by("on", "pk")[:MOST_LINES]
    )
    drafted = _drafted(rows, account)
    taken = set(drafted.values())
    waiting = [
        each
        for each in rows
        if each.pk not in drafted
        and not (each.draft is not None and each.draft.state in _OPEN_DRAFTS)
    ]
    if not waiting:
        return Suggested(Matching(), drafted)
    found = candidates(book, account, waiting[0].on, waiting[-1].on)
    matching = match(
        (_line(each) for each in waiting),
        (each for each in found if each.key not in taken),
    )
    return Suggested(matching, drafted)


def _drafted(rows: Sequence[BankLine], account: str) -> dict[int, int]:
    """Return the postings that drafts of lines became."""
    wanted = {
        each.draft.voucher_id: each
        for each in rows
        if each.draft is not None and each.draft.voucher_id is not None
    }
    if not wanted:
        return {}
    postings = Posting.objects.filter(
        voucher__in=wanted, account__startswith=account, bank_line=None
    )
    found: dict[int, int] = {}
    for posting in postings.order_by("pk"):
        line = wanted[posting.voucher_id]
        if posting.debit_fen - posting.credit_fen == line.amount_fen:
            found.setdefault(line.pk, posting.pk)
    return found


def candidates(book: Book, account: str, first: date, last: date) -> list[Candidate]:
    """Return free postings that may be lines of these days; two queries."""
    window = timedelta(days=WINDOW_DAYS)
    rows = (
        free_postings(book, account)
        .filter(voucher__day__gte=first - window, voucher__day__lte=last + window)
        .order_by("pk")
        .values_list(
            "pk",
            "voucher__day",
            "debit_fen",
            "credit_fen",
            "summary",
            "counterparty",
            "household",
        )
    )
    found = list(rows.iterator(chunk_size=_AT_ONCE))
    named = _names(book, (code for row in found for code in row[5:] if code))
    return [
        Candidate(
            key,
            day,
            debit - credit,
            " ".join([summary, named.get(payee, ""), named.get(house, "")]).strip(),
        )
        for key, day, debit, credit, summary, payee, house in found
    ]


def _names(book: Book, codes: Iterable[str]) -> dict[str, str]:
    if not set(codes):
        return {}
    rows = Item.objects.filter(book=book, kind__in=("counterparty", "household"))
    return dict(rows.values_list("code", "name"))


def _line(row: BankLine) -> Line:
    return Line(
        row.pk, row.on, row.amount_fen, row.counterparty, row.memo, row.reference
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """An open line with what it may be."""

    line: BankLine
    sure: Posting | None
    choices: tuple[Posting, ...]
    before: str


def page_of(
    book: Book, account: str, made: Suggested, *, after: int = 0
) -> tuple[list[Shown], int | None]:
    """Return open lines after a key with what they may be, and the next key."""
    rows = list(
        free_lines(book, account)
        .filter(pk__gt=after)
        .select_related("draft")
        .order_by("pk")[: PAGE + 1]
    )
    shown = rows[:PAGE]
    keys: set[int] = set()
    for row in shown:
        keys.update(made.matching.choices.get(row.pk, ())[:6])
        keys.update(filter(None, [made.certain.get(row.pk)]))
    postings = Posting.objects.select_related("voucher").in_bulk(keys)
    return [
        Shown(
            row,
            postings.get(made.certain.get(row.pk, 0)),
            tuple(
                postings[key]
                for key in made.matching.choices.get(row.pk, ())[:6]
                if key in postings
            ),
            "",
        )
        for row in shown
    ], (shown[-1].pk if len(rows) > PAGE else None)


def matched(book: Book, account: str, *, before: int = 0) -> list[BankLine]:
    """Return the lines matched last, newest first; one more than ``PAGE`` if any."""
    rows = BankLine.objects.filter(
        statement__book=book, statement__account=account
    ).exclude(posting=None)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("posting__voucher").order_by("-pk")[: PAGE + 1])


def booked_before(line: BankLine) -> list[Posting]:
    """Return the other lines of the voucher that the last such movement became.

    Such is one of the same direction with the same counterparty, else the same words.
    """
    signed = Q(amount_fen__gt=0) if line.amount_fen > 0 else Q(amount_fen__lt=0)
    rows = (
        BankLine.objects.filter(
            signed,
            statement__book=line.statement.book_id,
            statement__account=line.statement.account,
        )
        .exclude(posting=None)
        .order_by("-on", "-pk")
    )
    for condition in ({"counterparty": line.counterparty}, {"memo": line.memo}):
        if not all(condition.values()):
            continue
        found = rows.filter(**condition).select_related("posting").first()
        if found is not None and found.posting is not None:
            others = Posting.objects.filter(voucher=found.posting.voucher_id)
            return list(others.exclude(pk=found.posting.pk).order_by("place"))
    return []
