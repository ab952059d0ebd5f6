"""Which line of a bank's statement is which posting: by amount, days and words.

Amounts must be equal to the fen. Among those, lines and postings are brought together
one to one so that as many as possible are, and those nearest in days and words. What
might as well be another one is never sure; a person chooses. The answer does not depend
on the order in which lines and postings are given.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

WINDOW_DAYS = 31
"""A cheque or a transfer over a holiday takes no longer."""
NEAREST = 12
"""Of very many equal amounts only so many are looked at for each line."""
EXACT = 40
"""Up to so many lines that compete are brought together at the least cost; more of
them in the order of their costs, which may not be the least."""
PER_DAY = 2
REFERENCE, COUNTERPARTY, WORD = 60, 30, 8
# Without any word in common not surer than after ten days.
SURE = 10 * PER_DAY
MARGIN = 3 * PER_DAY
_NEVER = 10**6
_WORDS = re.compile(r"[\s,，、;；:：()（）\[\]【】/\\|_-]+")
_EVERYDAY = frozenset(
    {"转账", "转帐", "付款", "收款", "汇款", "网银", "其他", "往来", "款项"}
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement; money that came is more than 0."""

    key: int
    on: date
    amount_fen: int
    counterparty: str = ""
    memo: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A posting of the bank's account; ``text`` is its summary and whom it is about."""

    key: int
    on: date
    amount_fen: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """What goes together.

    Parameters
    ----------
    sure
        Postings by lines that have no rival.
    proposed
        Postings by the other lines, one to one.
    choices
        By line that is not sure, what it might be, the likeliest first.
    """

    sure: dict[int, int] = field(default_factory=dict)
    proposed: dict[int, int] = field(default_factory=dict)
    choices: dict[int, tuple[int, ...]] = field(default_factory=dict)


def match(lines: Iterable[Line], postings: Iterable[Candidate]) -> Matching:
    """Bring lines and postings together."""
    by_amount: dict[int, tuple[list[Line], list[Candidate]]] = {}
    for line in sorted(lines, key=lambda each: (each.on, each.key)):
        by_amount.setdefault(line.amount_fen, ([], []))[0].append(line)
    for posting in sorted(postings, key=lambda each: (each.on, each.key)):
        if posting.amount_fen in by_amount:
            by_amount[posting.amount_fen][1].append(posting)
    made = Matching()
    for amount in sorted(by_amount):
        _match_equal(*by_amount[amount], made)
    return made


def cost(line: Line, posting: Candidate) -> int:
    """Return how far a line and a posting of the same amount are apart; less is better.

    >>> day = date(2024, 3, 5)
    >>> cost(Line(1, day, 5, "县供电公司"), Candidate(2, day, 5, "付县供电公司电费"))
    -30
    """
    apart = abs((line.on - posting.on).days) * PER_DAY
    text = posting.text
    if not text:
        return apart
    if len(line.reference) >= 4 and line.reference in text:
        return apart - REFERENCE
    name = line.counterparty
    if len(name) >= 2 and name in text:
        return apart - COUNTERPARTY
    shared = any(word in text for word in _told(line))
    return apart - WORD if shared else apart


def _told(line: Line) -> list[str]:
    words = _WORDS.split(f"{line.memo} {line.counterparty}")
    return [each for each in words if len(each) >= 2 and each not in _EVERYDAY]


Edges = dict[int, dict[int, int]]


def _match_equal(
    lines: Sequence[Line], postings: Sequence[Candidate], made: Matching
) -> None:
    """Bring together what is of one amount; both stand by day and key."""
    edges = _edges(lines, postings)
    for here, there in _components(edges):
        pairs = _assign(here, there, edges)
        rivals = _rivals(here, edges)
        for line, posting in pairs.items():
            if _is_sure(line, posting, edges, rivals):
                made.sure[line] = posting
            else:
                made.proposed[line] = posting
        for line in here:
            if line not in made.sure:
                ranked = sorted(
                    edges[line].items(), key=lambda each: (each[1], each[0])
                )
                made.choices[line] = tuple(key for key, _ in ranked)
    taken = set(made.sure.values())
    for line in [each.key for each in lines if each.key in made.choices]:
        left = tuple(key for key in made.choices[line] if key not in taken)
        made.choices[line] = left


def _edges(lines: Sequence[Line], postings: Sequence[Candidate]) -> Edges:
    days = [each.on.toordinal() for each in postings]
    edges: Edges = {}
    for line in lines:
        on = line.on.toordinal()
        first = bisect_left(days, on - WINDOW_DAYS)
        last = bisect_left(days, on + WINDOW_DAYS + 1)
        near: Iterable[Candidate] = postings[first:last]
        if last - first > NEAREST:
            near = _nearest(postings, days, on, first, last)
        found = {each.key: cost(line, each) for each in near}
        if found:
            edges[line.key] = found
    return edges


def _nearest(
    postings: Sequence[Candidate], days: Sequence[int], on: int, first: int, last: int
) -> list[Candidate]:
    """Return the nearest by day of a sorted run, walking out from the day itself."""
    right = bisect_left(days, on, first, last)
    left = right - 1
    found: list[Candidate] = []
    while len(found) < NEAREST:
        far_left = on - days[left] if left >= first else _NEVER
        far_right = days[right] - on if right < last else _NEVER
        if far_right <= far_left:
            found.append(postings[right])
            right += 1
        else:
            found.append(postings[left])
            left -= 1
    return found


def _components(edges: Edges) -> list[tuple[list[int], list[int]]]:
    """Return lines and postings that may compete, apart from those that may not."""
    wanted: dict[int, list[int]] = {}
    for line, found in edges.items():
        for posting in found:
            wanted.setdefault(posting, []).append(line)
    seen: set[int] = set()
    parts = []
    for start in edges:
        if start in seen:
            continue
        seen.add(start)
        here, there, open_ = [], set(), [start]
        while open_:
            line = open_.pop()
            here.append(line)
            for posting in edges[line]:
                if posting in there:
                    continue
                there.add(posting)
                fresh = [each for each in wanted[posting] if each not in seen]
                seen.update(fresh)
                open_ += fresh
        parts.append((sorted(here), sorted(there)))
    return parts


def _assign(
    lines: Sequence[int], postings: Sequence[int], edges: Edges
) -> dict[int, int]:
    if max(len(lines), len(postings)) <= EXACT:
        return _least(lines, postings, edges)
    ranked = sorted(
        (each, line, posting) for line in lines for posting, each in edges[line].items()
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, line, posting in ranked:
        if line not in pairs and posting not in taken:
            pairs[line] = posting
            taken.add(posting)
    return pairs


def _least(
    lines: Sequence[int], postings: Sequence[int], edges: Edges
) -> dict[int, int]:
    """Return as many pairs as there can be, at the least cost (Hungarian method)."""
    turned = len(lines) > len(postings)
    rows, columns = (postings, lines) if turned else (lines, postings)
    table = [
        [
            edges[c].get(r, _NEVER) if turned else edges[r].get(c, _NEVER)
            for c in columns
        ]
        for r in rows
    ]
    owner = _hungarian(table, len(columns))
    pairs = {}
    for column, row in enumerate(owner):
        if row is not None and table[row][column] < _NEVER:
            line, posting = rows[row], columns[column]
            pairs[posting if turned else line] = line if turned else posting
    return pairs


def _hungarian(table: Sequence[Sequence[int]], width: int) -> list[int | None]:
    """Return for each column the row it belongs to; rows are no more than columns."""
    row_price = [0] * (len(table) + 1)
    price = [0] * (width + 1)
    # Rows and columns are counted from 1; column 0 holds the row that looks for one.
    owner = [0] * (width + 1)
    for row in range(1, len(table) + 1):
        owner[0] = row
        least = [_NEVER * 4] * (width + 1)
        came_from = [0] * (width + 1)
        used = [False] * (width + 1)
        column = 0
        while owner[column]:
            used[column] = True
            column = _step(
                table, column, owner, used, least, came_from, row_price, price
            )
        while column:
            before = came_from[column]
            owner[column] = owner[before]
            column = before
    return [each - 1 if each else None for each in owner[1:]]


def _step(
    table: Sequence[Sequence[int]],
    column: int,
    owner: list[int],
    used: list[bool],
    least: list[int],
    came_from: list[int],
    row_price: list[int],
    price: list[int],
) -> int:
    """Grow the tree of ways by its cheapest column and return that."""
    row = owner[column]
    best, following = _NEVER * 8, 0
    for each in range(1, len(price)):
        if used[each]:
            continue
        reduced = table[row - 1][each - 1] - row_price[row] - price[each]
        if reduced < least[each]:
            least[each], came_from[each] = reduced, column
        if least[each] < best:
            best, following = least[each], each
    for each in range(len(price)):
        if used[each]:
            row_price[owner[each]] += best
            price[each] -= best
        else:
            least[each] -= best
    return following


def _rivals(lines: Sequence[int], edges: Edges) -> dict[int, list[tuple[int, int]]]:
    """Return by posting the two lines it costs least, so that one is not the asker."""
    found: dict[int, list[tuple[int, int]]] = {}
    for line in lines:
        for posting, each in edges[line].items():
            found.setdefault(posting, []).append((each, line))
    return {key: sorted(several)[:2] for key, several in found.items()}


def _is_sure(
    line: int,
    posting: int,
    edges: Edges,
    rivals: dict[int, list[tuple[int, int]]],
) -> bool:
    here = edges[line][posting]
    if here > SURE:
        return False
    others = [each for key, each in edges[line].items() if key != posting]
    others += [each for each, other in rivals[posting] if other != line]
    return not others or min(others) >= here + MARGIN
