"""Asks beancount what books come to; run as a program of its own.

beancount is under the GPL: nothing of ours imports it, and no installation has it. Reads
``{"files": …, "days": …, "periods": …}`` and writes, for each file, what beancount's own
realization says of accounts with their sub-accounts, in yuan.
"""

import datetime
import json
import sys
from decimal import Decimal

from beancount import loader
from beancount.core import realization
from beancount.core.data import Transaction


def main() -> None:
    asked = json.load(sys.stdin)
    json.dump([told(each, asked) for each in asked["files"]], sys.stdout)


def told(path, asked):
    entries, errors, _ = loader.load_file(path)
    found = [each for each in entries if isinstance(each, Transaction)]
    periods = [tuple(map(datetime.date.fromisoformat, x)) for x in asked["periods"]]
    days = map(datetime.date.fromisoformat, asked["days"])
    return {
        "errors": [each.message for each in errors],
        "balances": [sums([x for x in found if x.date <= day]) for day in days],
        "debits": [turnover(found, each, lambda x: x > 0) for each in periods],
        "credits": [turnover(found, each, lambda x: x < 0) for each in periods],
        "income": [income(found, each) for each in periods],
    }


def sums(found):
    """Say what accounts come to, those with sub-accounts included."""
    root = realization.realize(found)
    return {
        each.account.replace(":", " ", 1).replace(":", ""): yuan(each)
        for each in realization.iter_children(root)
        if each.account.count(":")
    }


def yuan(account):
    total = realization.compute_balance(account).get_currency_units("CNY").number
    return str(total or Decimal(0))


def turnover(found, period, wanted):
    first, last = period
    kept = [
        each._replace(postings=[x for x in each.postings if wanted(x.units.number)])
        for each in found
        if first <= each.date <= last and each.meta["nature"] != "opening"
    ]
    return sums(kept)


def income(found, period):
    first, last = period
    root = realization.realize(
        [
            each
            for each in found
            if first <= each.date <= last and each.meta["nature"] != "closing"
        ]
    )
    return {
        name: yuan(account)
        for name in ("Income", "Expenses")
        if (account := realization.get(root, name)) is not None
    }


if __name__ == "__main__":
    main()
