"""`python -m wugeyi.engines.lineplanning` is `wugeyi line`."""

from wugeyi.engines.lineplanning.command import main

if __name__ == "__main__":
    raise SystemExit(main())
