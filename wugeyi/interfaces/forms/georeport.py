"""What a program posts as a service request: read, and explained if it does not do."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from wugeyi.casework.actions.intake import Asker
from wugeyi.casework.models import Category
from wugeyi.casework.rules.intake import (
    PHOTO_LIMIT,
    SPOT_LIMIT,
    clean,
    clean_line,
    read_phone,
    too_long_by,
)
from wugeyi.casework.views.drafts import TERRITORY
from wugeyi.interfaces.queries.georeport import jurisdiction, service
from wugeyi.interfaces.queries.posted import Report
from wugeyi.interfaces.rules.georeport import Refused, Why, point
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import organisation_at, search
from wugeyi.organisations.rules import inside

_TOKEN = re.compile(r"[A-Za-z0-9._:-]{8,80}")
_ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,80})\](\[\])?")
MEDIA_URL_LIMIT = 1000
# What says who shows the key, not what is reported.
NOT_CONTENT = {"api_key"}

Sent = Mapping[str, Any]
Files = Sequence["UploadedFile[Any]"]


def read(sent: Any, files: Files, *, token: str) -> Report:
    """Read a posted request.

    ``sent`` is a ``QueryDict``; ``token`` what stood in ``Idempotency-Key``.

    Raises
    ------
    Refused
        In the order in which the specification names the arguments.
    """
    within = jurisdiction(sent.get("jurisdiction_id", ""))
    if not sent.get("service_code", "").strip():
        raise Refused(Why.NEEDS_SERVICE)
    category = service(sent["service_code"].strip())
    spot = point(sent.get("lat", ""), sent.get("long", ""))
    address = clean_line(sent.get("address_string", ""))
    place = _place(spot, address, clean_line(sent.get("address_id", "")), within)
    media_url = clean_line(sent.get("media_url", ""))
    if len(media_url) > MEDIA_URL_LIMIT:
        raise Refused(Why.LONG_MEDIA_URL)
    if len(files) > PHOTO_LIMIT:
        raise Refused(Why.MANY_MEDIA, str(PHOTO_LIMIT))
    return Report(
        category=category,
        place=place,
        text=_text(sent, category),
        content=_digest(sent, files),
        token=_token(token),
        named=bool(token),
        spot=address[:SPOT_LIMIT],
        lon=spot[0] if spot else None,
        lat=spot[1] if spot else None,
        asker=_asker(sent),
        media_url=media_url,
    )


def _token(typed: str) -> str:
    if not typed:
        return str(uuid4())
    if not _TOKEN.fullmatch(typed):
        raise Refused(Why.BAD_TOKEN)
    return typed


def _place(
    spot: tuple[float, float] | None,
    address: str,
    code: str,
    within: Organisation | None,
) -> Organisation:
    if spot is not None:
        found = organisation_at(*spot)
        if found is None or (within and not inside(found.path, within.path)):
            raise Refused(Why.OUTSIDE)
        return found
    if not code and not address:
        raise Refused(Why.NEEDS_PLACE)
    named = _by_code(code) if code else _by_name(address, within)
    if named is None or (within and not inside(named.path, within.path)):
        raise Refused(Why.NO_ADDRESS)
    return named


def _by_code(code: str) -> Organisation | None:
    rows = Organisation.objects.filter(code=code[:40], valid_to=None)
    return rows.filter(kind__in=TERRITORY).first()


def _by_name(address: str, within: Organisation | None) -> Organisation | None:
    roots = [within.path] if within is not None else None
    # The name of a community is the first word, or the whole of it.
    for words in dict.fromkeys((address, address.replace(",", " ").split(" ")[0])):
        found = [
            each.organisation
            for each in search(words[:60], roots=roots, limit=3)
            if each.organisation.kind in TERRITORY
        ]
        if len(found) == 1:
            return found[0]
    return None


def _text(sent: Sent, category: Category) -> str:
    """Return what is reported; the specification lets it be empty."""
    text = clean(sent.get("description", ""))
    lines = [f"{name}：{value}" for name, value in _attributes(sent)]
    whole = "\n".join(filter(None, [text, *lines]))
    if not whole:
        return _("%(category)s（没有写说明）") % {"category": category.name}
    over = too_long_by(whole)
    if over:
        raise Refused(Why.LONG_TEXT, str(over))
    return whole


def _attributes(sent: Any) -> list[tuple[str, str]]:
    """Return ``attribute[code]=value`` in order: we ask none, but lose none."""
    found = []
    for name, values in sent.lists():
        match = _ATTRIBUTE.fullmatch(name)
        if match:
            found += [
                (clean_line(match[1]), clean_line(value)) for value in values if value
            ]
    return found


def _asker(sent: Sent) -> Asker:
    first, last = (
        clean_line(sent.get(f"{each}_name", "")) for each in ("first", "last")
    )
    latin = (first + last).isascii()
    return Asker(
        name=(f"{first} {last}".strip() if latin else last + first)[:40],
        # What cannot be a number is left out: nobody could call it back.
        phone=(read_phone(sent.get("phone", "")) or "")[:30],
    )


def _digest(sent: Any, files: Files) -> str:
    """Return a digest of everything that was sent, in whatever order."""
    found = sha256()
    for name, values in sorted(sent.lists()):
        if name not in NOT_CONTENT:
            found.update(repr((name, values)).encode("utf-8", "surrogatepass"))
    for file in files:
        inner = sha256()
        for part in file.chunks():
            inner.update(part)
        file.seek(0)
        found.update(inner.digest())
    return found.hexdigest()
