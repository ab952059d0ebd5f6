"""Vouchers of one village for every program to post, in the order of their days."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.ledger import villages

# The books begin later than the villages of the batch path.
LATER = 2
KINDS = {
    "1": "asset",
    "2": "liability",
    "3": "equity",
    "4": "asset",
    "50": "income",
    "51": "expense",
    "52": "expense",
}


def vouchers(many: int, years: int = 1) -> list[dict[str, Any]]:
    """Return vouchers as plain values: day, summary, lines of account and fen."""
    book = next(villages.books(1, 1, years, many // years + 2 * years + 2))
    found = [
        {
            "day": moved(each.day).isoformat(),
            "summary": each.postings[0].summary,
            "lines": [(line.account, line.net_fen) for line in each.postings],
        }
        for each in book.vouchers
        if each.kind in {"ordinary", "reversal"}
    ]
    return found[:many]


def moved(day: date) -> date:
    return day.replace(year=day.year + LATER)


def codes() -> list[str]:
    """Return the accounts posted to, those above them included."""
    entries = [line for _, lines in villages.ENTRIES for line in lines]
    posted = {str(code) for code, _, _ in (*entries, *villages.OPENS)}
    levels = {each[:digits] for each in posted for digits in (3, 5, 7)}
    return sorted(levels)


def kind_of(code: str) -> str:
    return KINDS.get(code[:1]) or KINDS[code[:2]]


def write(path: Path, many: int) -> None:
    told = {
        "vouchers": vouchers(many),
        "accounts": [(code, kind_of(code)) for code in codes()],
    }
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
