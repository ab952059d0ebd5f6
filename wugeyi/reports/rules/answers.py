"""What people type into a form: numbers as numbers, and nothing a spreadsheet computes."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

MAX_TEXT = 300
_SHORT = 3
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]{1,6})?$")


def number_of(text: str) -> Decimal | None:
    """Return the number a text is, grouped or not; None for anything else.

    >>> number_of("1,234.50")
    Decimal('1234.50')
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    if not plain or not _NUMBER.match(plain):
        return None
    try:
        found = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
    return found if abs(found) < Decimal(10) ** 15 else None


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might compute the text when it is edited or saved as CSV."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return bool(folded) and folded[0] in "=+-@\t\r" and number_of(text) is None


def harmless(text: str) -> str:
    """Write a text from our own records so that no spreadsheet computes it."""
    return f"'{text}" if is_formula(text) else text


def lasting_key(key: str, form: int) -> str:
    """Return what an answer is remembered by in every form.

    A label too short to mean one thing (人数) is remembered for its own form only.
    """
    parts = [part for part in key.split(">") if part]
    return key if any(len(part) > _SHORT for part in parts) else f"{form}#{key}"
