"""`python -m wugeyi.engines.ledger` keeps a book in a folder."""

from wugeyi.engines.ledger.command import main

if __name__ == "__main__":
    raise SystemExit(main())
