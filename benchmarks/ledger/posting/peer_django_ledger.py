"""django-ledger posting vouchers one at a time; run by its own Python.

What it refuses is not counted, nor the time it took.
"""

import json
import sys
import time
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import django

from benchmarks.ledger.posting.clock import cpu

ROLES = {
    "asset": "asset_ca_recv",
    "liability": "lia_cl_acc_payable",
    "equity": "eq_capital",
    "income": "in_operational",
    "expense": "ex_regular",
}
DEBIT = {"asset", "expense"}
CASH = ("101", "102")
# What codes of a kind begin with, or they are refused.
FIRST = {"asset": "1", "liability": "2", "equity": "3", "income": "4", "expense": "6"}


def main(path: str, many: int) -> None:
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django_ledger.models import EntityModel

    call_command("migrate", verbosity=0)
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    user = get_user_model().objects.create_user("accountant")
    entity = EntityModel.create_entity(
        name="village", admin=user, use_accrual_method=True, fy_start_month=1
    )
    chart = entity.create_chart_of_accounts(
        coa_name="village", assign_as_default=True, commit=True
    )
    accounts = {}
    for code, kind in told["accounts"]:
        role = "asset_ca_cash" if code.startswith(CASH) else ROLES[kind]
        accounts[code] = entity.create_account(
            coa_model=chart,
            code=FIRST[kind] + code,
            role=role,
            name=code,
            balance_type="debit" if kind in DEBIT else "credit",
            active=True,
        )
    ledger = entity.create_ledger(name="2024", posted=True)
    seconds, refused, first = [], 0, ""
    used = cpu()
    for voucher in told["vouchers"][:many]:
        day = datetime.fromisoformat(voucher["day"])
        lines = [
            {
                "account": accounts[code],
                "amount": Decimal(abs(fen)) / 100,
                "tx_type": "debit" if fen > 0 else "credit",
                "description": voucher["summary"],
            }
            for code, fen in voucher["lines"]
        ]
        began = time.perf_counter()
        try:
            entity.commit_txs(
                je_timestamp=day.replace(tzinfo=ZoneInfo("Asia/Shanghai")),
                je_txs=lines,
                je_posted=True,
                je_ledger_model=ledger,
                je_desc=voucher["summary"],
            )
        except Exception as problem:  # any of its own kinds
            refused += 1
            first = first or f"{type(problem).__name__}: {problem}"
            continue
        seconds.append(time.perf_counter() - began)
    used = (cpu() - used) / (len(seconds) + refused)
    told_back = {
        "seconds": seconds[20:],
        "refused": refused,
        "why": first[:200],
        "cpu_ms": used * 1000,
    }
    print(json.dumps(told_back))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
