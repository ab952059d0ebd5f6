"""beancount asked about a folder of books, run by its own Python; prints JSON.

Its loader does the work. What it has read is summed in plain loops, which is less than
its own reports would take.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from beancount import loader
from beancount.core.data import Transaction


def told(path):
    entries, errors, _ = loader.load_file(str(path))
    if errors:
        raise SystemExit(f"{path}: {errors[0].message}")
    balances = defaultdict(int)
    closing, net, last = {}, defaultdict(int), None
    for each in entries:
        if not isinstance(each, Transaction):
            continue
        year = each.date.year
        if last not in {None, year}:
            closing[last] = dict(balances)
        last = year
        earned = each.meta["nature"] != "closing"
        for line in each.postings:
            fen = int(line.units.number * 100)
            balances[line.account] += fen
            if earned and line.account.startswith(("Income", "Expenses")):
                net[year] -= fen
    closing[last] = dict(balances)
    return {"closing": closing, "net": net}


if __name__ == "__main__":
    found = sorted(Path(sys.argv[1]).glob("*.beancount"))
    json.dump([told(path) for path in found], sys.stdout)
