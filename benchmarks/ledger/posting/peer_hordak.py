"""django-hordak posting vouchers one at a time; run by its own Python."""

import json
import sys
import time
from datetime import date
from decimal import Decimal

import django

from benchmarks.ledger.posting.clock import cpu

ROOTS = {
    "asset": "AS",
    "liability": "LI",
    "equity": "EQ",
    "income": "IN",
    "expense": "EX",
}


def main(path: str, many: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from hordak.models import Account, Leg, Transaction
    from moneyed import Money

    call_command("migrate", verbosity=0, run_syncdb=True)
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    accounts = {
        code: Account.objects.create(
            name=code, code=str(at), type=ROOTS[kind], currencies=["CNY"]
        )
        # Its codes have six characters at most.
        for at, (code, kind) in enumerate(told["accounts"])
    }

    def post(voucher: dict) -> None:
        with transaction.atomic():
            made = Transaction.objects.create(
                description=voucher["summary"], date=date.fromisoformat(voucher["day"])
            )
            for code, fen in voucher["lines"]:
                money = Money(Decimal(abs(fen)) / 100, "CNY")
                Leg.objects.create(
                    transaction=made,
                    account=accounts[code],
                    **{"debit" if fen > 0 else "credit": money},
                )

    seconds, used = [], cpu()
    for voucher in told["vouchers"][:many]:
        began = time.perf_counter()
        post(voucher)
        seconds.append(time.perf_counter() - began)
    used = (cpu() - used) / len(seconds)
    told = {"seconds": seconds[20:], "refused": 0, "cpu_ms": used * 1000}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
