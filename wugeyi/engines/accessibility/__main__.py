"""`python -m wugeyi.engines.accessibility` is `wugeyi circle`."""

from wugeyi.engines.accessibility.command import main

if __name__ == "__main__":
    raise SystemExit(main())
