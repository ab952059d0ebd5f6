"""Tables for everybody."""

from collections.abc import Sequence

from wugeyi.circles.rules.counts import Counts

LEAST = 5
Cells = tuple[int | None, int | None, int | None, int | None]


def for_everybody(rows: Sequence[Counts], least: int = LEAST) -> list[Cells]:
    """Return residents inside and outside, and elderly so, for each kind.

    Counts from 1 to ``least`` - 1 are None, and with them whatever they could be worked
    out from (``engines.accessibility.disclosure``). Homes not known count as outside.
    """
    from wugeyi.engines.accessibility.coverage import EVERYWHERE, Row
    from wugeyi.engines.accessibility.coverage import Counts as Told
    from wugeyi.engines.accessibility.disclosure import public

    table = [
        Row(
            category=kind,
            area=EVERYWHERE,
            inside=Told(
                counts.homes_inside, counts.residents_inside, counts.elderly_inside
            ),
            outside=Told(
                counts.homes_outside + counts.homes_unknown,
                counts.residents_outside + counts.residents_unknown,
                counts.elderly_outside + counts.elderly_unknown,
            ),
            nowhere=Told(),
            uncounted=0,
            worst=None,
        )
        for kind, counts in enumerate(rows)
    ]
    return [
        (
            row.inside.residents,
            row.outside.residents,
            row.inside.elderly,
            row.outside.elderly,
        )
        for row in public(table, least)
    ]
