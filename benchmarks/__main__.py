"""`make bench PART=…` runs one of the benchmarks; without PART it lists them."""

import signal
import sys

from benchmarks import deadlines, figures, intake, lineplanning, profile, register
from benchmarks.accessibility import importing, reach, siting, whatif
from benchmarks.casework import run as casework
from benchmarks.ledger import country, verifying
from benchmarks.ledger import run as ledger
from benchmarks.ledger.posting import run as posting
from benchmarks.linepeers import hfvrp, mdvsp, roster, routing, school
from benchmarks.pages import run as pages
from benchmarks.tally import run as tally

PARTS = {
    "deadlines": deadlines.run,
    "register": register.run,
    # A hundred thousand cases, then a million, beside django-helpdesk; some 15 minutes.
    "casework": lambda: casework.run([100_000, 1_000_000]),
    "casework-small": lambda: casework.run([100_000]),
    "casework-million": lambda: casework.run([1_000_000]),
    # Twenty million facts beside Polars and DuckDB; some 6 minutes, the first time 7.
    "tally": tally.run,
    # Two million, and PostgreSQL, SQLite and Spark as well.
    "tally-all": tally.run_all,
    # A million cases, 620,573 villages, any figure; SQLite some 8 minutes.
    "figures": figures.run,
    # The five ones of any organisation over the same register; some 5 minutes.
    "profile": profile.run,
    # The map of Porto read by ours, pyosmium and pyrosm, which is installed first.
    "circle-importing": importing.run,
    # Ten sites among a thousand for a hundred thousand homes of Porto, beside spopt.
    "circle-siting": siting.run,
    # Twelve categories in four cities beside scipy and pandana; some 3 minutes.
    "circle-reach": reach.run,
    # Footbridges and facilities of Porto, each compared with searching anew.
    "circle-whatif": whatif.run,
    # Plans of the published seeds, 60 and 120 villages; some 2 minutes.
    "line": lineplanning.run,
    # 200 villages, 18 buses; some 5 minutes.
    "line-large": lineplanning.run_large,
    # OR-Tools' routing with the same model, five seeds each; some 8 minutes each.
    "line-ortools": routing.run_equal,
    "line-ortools-1": lambda: routing.run(1),
    "line-ortools-2": lambda: routing.run(2),
    "line-ortools-3": lambda: routing.run(3),
    "line-ortools-4": lambda: routing.run(4),
    # The best known solution of X115-HVRP; some 3 minutes.
    "line-hfvrp": hfvrp.run,
    # School buses of RSRB01, in two readings of its hours; some 5 minutes.
    "line-school": school.run,
    # Eighteen drivers over four weeks, and with fewer; some 2 minutes.
    "line-roster": roster.run,
    # Known optima of vehicle scheduling; under a minute.
    "line-mdvsp": mdvsp.run,
    # Village books beside DuckDB, SQLite, ledger, hledger, beancount; some 6 minutes.
    "ledger": ledger.run,
    # 600,000 books, and 30,000 beside DuckDB; some 4 minutes, the first time.
    "ledger-country": country.run,
    # A million vouchers held to a head; a minute.
    "ledger-verify": verifying.run,
    # Posting, import, statements and verification by the app, beside django-hordak and
    # django-ledger on SQLite and PostgreSQL; some 6 minutes.
    "books-posting": posting.run,
    # What a phone loads, and Lighthouse, which is installed first; some 3 minutes.
    "pages": pages.run,
    # What phones send, with photographs and without, beside django-helpdesk's interface;
    # some 3 minutes.
    "intake": intake.run,
    "casework-burst": lambda: casework.run([100_000], measured=False),
}


def main(words: list[str]) -> int:
    if len(words) != 1 or words[0] not in PARTS:
        print("make bench PART=" + "|".join(PARTS))
        return 0 if not words else 2
    # Whoever ends it early leaves no server and no database behind either.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    PARTS[words[0]]()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
