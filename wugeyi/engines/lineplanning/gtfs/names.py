"""Codes as a feed may name them: ASCII, without spaces, unique."""

import re
from collections.abc import Iterable

PLAIN = re.compile(r"[!-~]{1,80}")


def identities(codes: Iterable[str], kind: str) -> dict[str, str]:
    """Return a name for each code: itself where a feed may hold it, else a number.

    Parameters
    ----------
    kind
        Stands before the number: "stop" gives stop-1.
    """
    codes = list(dict.fromkeys(codes))
    taken = {code for code in codes if PLAIN.fullmatch(code)}
    found: dict[str, str] = {}
    number = 0
    for code in codes:
        name = code
        while name not in taken:
            number += 1
            fresh = f"{kind}-{number}"
            if fresh not in taken:
                name = fresh
                taken.add(name)
        found[code] = name
    return found
