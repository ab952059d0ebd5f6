"""`python -m wugeyi.cli` is `wugeyi`."""

from wugeyi.cli import main

# Server processes import the main module again under another name.
if __name__ == "__main__":
    raise SystemExit(main())
