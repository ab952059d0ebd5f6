"""The programs that check ours: each called once for many books, exported by us."""

import csv
import io
import json
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from wugeyi.engines.ledger.exports import beancount, journal

INSIDE = Path(__file__).with_name("inside_beancount.py")


def fen(yuan: str) -> int:
    """Return what "1234.5 CNY" is in fen."""
    number = Decimal(yuan.removesuffix("CNY").strip()) * 100
    assert number == int(number)
    return int(number)


def ask_beancount(books, folder, *, days=(), periods=()):
    """Return what beancount says of each book, in fen by code."""
    files = []
    for at, book in enumerate(books):
        path = folder / f"{at}.beancount"
        path.write_text(beancount(book), encoding="utf-8")
        files.append(str(path))
    return ask_beancount_files(files, days=days, periods=periods)


def ask_beancount_files(files, *, days=(), periods=()):
    asked = {
        "files": files,
        "days": [day.isoformat() for day in days],
        "periods": [(first.isoformat(), last.isoformat()) for first, last in periods],
    }
    done = subprocess.run(
        [sys.executable, INSIDE],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [
        {
            key: value if key == "errors" else [_by_code(each) for each in value]
            for key, value in told.items()
        }
        for told in json.loads(done.stdout)
    ]


def _by_code(found):
    return {
        name.partition(" ")[2] or name: amount
        for name, yuan in found.items()
        if (amount := fen(yuan))
    }


def write_journal(books, path):
    """Write many books as one journal, each below a name of its own.

    hledger puts it behind the account's root, so that it still knows the types.
    """
    with path.open("w", encoding="utf-8") as file:
        for at, book in enumerate(books):
            file.write(f"alias /^([A-Z][a-z]+):/ = \\1:B{at}:\n{journal(book)}")
            file.write("end aliases\n\n")
    return path


def hledger(path, *words):
    """Return hledger's table as rows of cells."""
    done = subprocess.run(
        ["hledger", "-f", path, *words],
        capture_output=True,
        text=True,
        timeout=120,
        # No settings of whoever runs the tests.
        env={"LANG": "C.UTF-8", "HOME": str(path.parent)},
    )
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO(done.stdout)))


def by_hledger(path, *words):
    """Return balances of each column: by the book's number and the account's code."""
    head, *rows = hledger(path, "bal", "--flat", "--no-total", "-O", "csv", *words)
    columns = [defaultdict(dict) for _ in head[1:]]
    for name, *cells in rows:
        _, book, *code = name.split(":")
        for column, cell in zip(columns, cells, strict=True):
            if amount := fen(cell):
                column[int(book[1:])]["".join(code)] = amount
    return columns
