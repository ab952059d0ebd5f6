"""Open data: pages of GeoJSON and JSON by key, whole tables as CSV."""

import csv
import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from wugeyi.accounts.throttle import allow_here, client_address, key_of
from wugeyi.casework.queries.exports import cell
from wugeyi.interfaces.models import Terms
from wugeyi.interfaces.queries.keys import terms
from wugeyi.interfaces.queries.provenance import provenance
from wugeyi.interfaces.registry import Asked, Found, Source, source
from wugeyi.interfaces.rules.georeport import Refused, Why
from wugeyi.interfaces.views.common import (
    FRESH_SECONDS,
    JSON,
    MINUTE,
    check_format,
    for_programs,
    let_in,
    site,
    too_often,
)

FORMS = ("geojson", "csv", "json")
GEOJSON = "application/geo+json; charset=utf-8"
MOST, USUAL, CHUNK = 1000, 200, 500
WHOLE_TABLES_PER_MINUTE = 10
BOM = "\ufeff"
ENCODINGS = ("utf-8", "gb18030")


@require_safe
@for_programs
def data(request: HttpRequest, *, code: str, form: str) -> HttpResponseBase:
    """Answer with a table that is open to everybody."""
    check_format(form, FORMS)
    table = source(code)
    if table is None:
        raise Refused(Why.NO_TABLE, code[:40])
    key = let_in(request)
    if form == "csv":
        if key is None:
            _count_whole(request)
        return _csv(request, table)
    asked = Asked(
        after=request.GET.get("after", "")[:80],
        size=_size(request),
        today=timezone.localdate(),
        base=site(request),
    )
    rows = table.rows(asked)
    said = terms()
    found = (
        _collection(table, rows, said)
        if form == "geojson"
        else _rows(table, rows, said)
    )
    found |= {
        "provenance": provenance(site(request), at=timezone.now()),
        "next": _next(request, table, form, rows, asked),
    }
    kind = GEOJSON if form == "geojson" else JSON
    response = HttpResponse(json.dumps(found, ensure_ascii=False), content_type=kind)
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


def _size(request: HttpRequest) -> int:
    typed = request.GET.get("limit", "") or str(USUAL)
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed)):
        raise Refused(Why.BAD_PAGE, typed[:20])
    return min(int(typed), MOST)


def _count_whole(request: HttpRequest) -> None:
    now = timezone.now()
    here = key_of("open-whole", client_address(request))
    if not allow_here(here, limit=WHOLE_TABLES_PER_MINUTE, per=MINUTE, at=now):
        raise too_often(now, MINUTE)


def _next(
    request: HttpRequest, table: Source, form: str, rows: Sequence[Found], asked: Asked
) -> str | None:
    """Return the address of the page behind this one; None where this was the last."""
    if len(rows) < asked.size:
        return None
    query = {"after": rows[-1].key, "limit": str(asked.size)}
    if "lang" in request.GET:
        query["lang"] = request.GET["lang"][:8]
    address = reverse("interfaces:data", kwargs={"code": table.code, "form": form})
    return f"{asked.base}{address}?{urlencode(query)}"


def _named(table: Source, row: Found, said: Terms) -> dict[str, Any]:
    found = {
        column.name: value
        for column, value in zip(table.columns, row.values, strict=True)
    }
    return found | {
        "licence": row.licence or said.licence,
        "attribution": row.attribution,
    }


def _rows(table: Source, rows: Sequence[Found], said: Terms) -> dict[str, Any]:
    return {
        "licence": said.licence,
        "licence_url": said.licence_url,
        "rows": [
            _named(table, row, said)
            | {
                "lon": row.spot[0] if row.spot else None,
                "lat": row.spot[1] if row.spot else None,
            }
            for row in rows
        ],
    }


def _collection(table: Source, rows: Sequence[Found], said: Terms) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "licence": said.licence,
        "licence_url": said.licence_url,
        "features": [
            {
                "type": "Feature",
                "id": row.key,
                "geometry": {"type": "Point", "coordinates": list(row.spot)}
                if row.spot
                else None,
                "properties": _named(table, row, said),
            }
            for row in rows
        ],
    }


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def _csv(request: HttpRequest, table: Source) -> StreamingHttpResponse:
    """Stream a whole table; ``plain=1`` leaves out the line of where it came from."""
    encoding = request.GET.get("encoding", "utf-8").lower()
    if encoding not in ENCODINGS:
        raise Refused(Why.BAD_ENCODING)
    language = translation.get_language() or "zh-hans"
    plain, base, today = "plain" in request.GET, site(request), timezone.localdate()
    line = provenance(site(request), at=timezone.now())
    said = terms()

    def lines() -> Iterator[bytes]:
        # The middleware has left the language by the time this runs.
        with translation.override(language):
            writer = csv.writer(Echo())
            if encoding == "utf-8":
                yield BOM.encode()
            head = [column.name for column in table.columns]
            head += ["lon", "lat", "licence", "attribution"]
            if not plain:
                yield _line(writer, [line, *[""] * (len(head) - 1)], encoding)
            yield _line(writer, head, encoding)
            after = ""
            while True:
                rows = table.rows(Asked(after, CHUNK, today, base))
                yield b"".join(
                    _line(writer, _cells(row, said), encoding) for row in rows
                )
                if len(rows) < CHUNK:
                    return
                after = rows[-1].key

    name = f'attachment; filename="{table.code}.csv"'
    return StreamingHttpResponse(
        lines(),
        content_type=f"text/csv; charset={encoding}",
        headers={"Content-Disposition": name, "Cache-Control": "no-store"},
    )


def _cells(row: Found, said: Terms) -> list[object]:
    spot: Sequence[object] = row.spot or ("", "")
    texts = (
        cell(each) if isinstance(each, str) else _plain(each) for each in row.values
    )
    licence = cell(row.licence or said.licence)
    return [*texts, *spot, licence, row.attribution]


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _line(writer: Any, cells: Sequence[object], encoding: str) -> bytes:
    text: str = writer.writerow(cells)
    return text.encode(encoding, "replace")
