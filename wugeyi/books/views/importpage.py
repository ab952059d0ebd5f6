"""What the page of a file shows: findings, vouchers as they would be posted, sums."""

from typing import Any

from django.http import HttpRequest

from wugeyi.books.forms.importmessages import told
from wugeyi.books.models import BookFile
from wugeyi.books.queries import importing as queries
from wugeyi.books.rules import importdocs
from wugeyi.books.rules.importdocs import Head
from wugeyi.books.rules.importvouchers import Given
from wugeyi.imports.models import BatchFinding
from wugeyi.imports.queries import findings_page, severities
from wugeyi.organisations.views.staff import key_of

FINDINGS = 50
VOUCHERS = 20
LINES = 50


def preview(request: HttpRequest, file: BookFile) -> dict[str, Any]:
    """Return what a page shows of what was read; a fixed number of queries."""
    packed = queries.reading(file)
    head = importdocs.head_of(packed)
    after = key_of(request.GET.get("after", ""))
    shown: dict[str, Any] = {
        "head": head,
        "work": queries.work_of(file),
        **_findings(request, file),
    }
    if file.kind == BookFile.Kind.BANK:
        rows = list(importdocs.lines_of(packed, after, LINES + 1))
        shown |= {"lines": rows[:LINES], "next": _next(len(rows), LINES, after)}
    else:
        given = list(importdocs.vouchers_of(packed, after, VOUCHERS + 1))
        named = _names(head)
        shown |= {
            "vouchers": [
                _voucher(each, place, named)
                for place, each in enumerate(given[:VOUCHERS], after + 1)
            ],
            "next": _next(len(given), VOUCHERS, after),
        }
    shown["first"] = after > 0
    return shown


def _next(many: int, most: int, after: int) -> int | None:
    return after + most if many > most else None


def _findings(request: HttpRequest, file: BookFile) -> dict[str, Any]:
    kinds = severities(file.batch)
    severity = request.GET.get("severity", "")
    if severity not in kinds:
        severity = kinds[0] if kinds else ""
    labels = dict(BatchFinding.Severity.choices)
    found = findings_page(
        file.batch,
        severity,
        after=key_of(request.GET.get("found", "")),
        limit=FINDINGS,
    )
    more = found[FINDINGS - 1].pk if len(found) > FINDINGS else None
    return {
        "tabs": [
            {
                "url": f"{request.path}?severity={each}",
                "label": labels[each],
                "current": each == severity,
            }
            for each in kinds
        ],
        "severity": severity,
        "findings": [_finding(each) for each in found[:FINDINGS]],
        "more_found": more,
    }


def _finding(row: BatchFinding) -> dict[str, Any]:
    said, advice = told(row)
    return {"line": row.line, "said": said, "advice": advice}


def _names(head: Head) -> dict[str, str]:
    return {each.account: each.name for each in head.totals}


def _voucher(each: Given, place: int, named: dict[str, str]) -> dict[str, Any]:
    return {
        "place": place,
        "given": each,
        "lines": [
            {"line": line, "name": named.get(line.account, "")} for line in each.lines
        ],
    }
