"""A file of outlines: looked at first, taken over when someone accepts it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.imports.actions import keep_findings
from wugeyi.imports.models import Batch
from wugeyi.imports.queries import accepted_before
from wugeyi.imports.rules import Finding, Severity, error, info
from wugeyi.organisations import geometry
from wugeyi.organisations.actions.areas import Plot, set_areas
from wugeyi.organisations.area_file import Outline, against_parent, read_areas
from wugeyi.organisations.geometry import Ground
from wugeyi.organisations.models import Area, AreaEdition, Organisation
from wugeyi.organisations.rules import inside

KIND = "areas"


@transaction.atomic
def preview_areas(
    *,
    filename: str,
    content: bytes,
    source: str,
    datum: str,
    root: Organisation | None,
    by: User | None,
    at: datetime,
) -> Batch:
    """Keep a GeoJSON file with what was found in it; no area is changed.

    Parameters
    ----------
    datum
        "wgs84" or "gcj02" overrules what the file says; "" believes it.
    root
        Only areas of units at or below it may be in the file; None: of any unit.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    plots, findings = fit(content, datum, root)
    earlier = accepted_before(KIND, sha256)
    if earlier is not None:
        findings.insert(
            0, info(0, "already_imported", f"{earlier.accepted_at:%Y-%m-%d}")
        )
    batch = Batch.objects.create(
        kind=KIND,
        filename=filename[:200],
        sha256=sha256,
        content=content,
        rows=len(plots),
        created_at=at,
        created_by=by,
    )
    AreaEdition.objects.create(
        batch=batch,
        source=source,
        datum=datum,
        root=root,
        areas=len(plots),
        errors=_errors(findings),
    )
    keep_findings(batch, findings)
    record(
        action="organisations.preview_areas",
        subject=batch,
        by=by,
        at=at,
        organisation_id=root.pk if root is not None else None,
        after={"file": batch.filename, "sha256": sha256, "areas": len(plots)},
    )
    return batch


@transaction.atomic
def accept_areas(
    *, batch: Batch, by: User | None, at: datetime, skip_errors: bool = False
) -> AreaEdition:
    """Take over the areas of a previewed file; a second time changes nothing.

    Raises
    ------
    ValidationError
        Shapes have errors and ``skip_errors`` was not chosen, or the batch was
        thrown away.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    edition = batch.area_edition
    if batch.status == Batch.Status.ACCEPTED:
        return edition
    if batch.status == Batch.Status.DISCARDED:
        raise ValidationError(_("这一批已经放弃，请重新上传。"), "discarded")
    plots, findings = fit(bytes(batch.content), edition.datum, edition.root)
    errors = _errors(findings)
    if errors and not skip_errors:
        raise ValidationError(
            _("有 %(count)s 处错误。请改好文件重新上传，或者选择跳过有错的图形。"),
            "has_errors",
            {"count": errors},
        )
    set_areas(
        plots=plots,
        by=by,
        at=at,
        source=edition.source,
        root=edition.root,
        sha256=batch.sha256,
    )
    edition.areas, edition.errors = len(plots), errors
    edition.save(update_fields=["areas", "errors"])
    batch.status = Batch.Status.ACCEPTED
    batch.accepted_at = at
    batch.save(update_fields=["status", "accepted_at"])
    return edition


def fit(
    content: bytes, datum: str, root: Organisation | None
) -> tuple[list[Plot], list[Finding]]:
    """Match the outlines of a file with units and their parents' areas; three queries."""
    outlines, findings = read_areas(content, datum=datum)
    found = {
        unit.code: unit
        for unit in Organisation.objects.filter(
            code__in=[each.code for each in outlines], valid_to=None
        )
    }
    stored = _grounds(found.values())
    given = {found[each.code].pk: each for each in outlines if each.code in found}
    plots = []
    for each in outlines:
        unit = found.get(each.code)
        if unit is None:
            findings.append(error(each.place, "area_unknown", each.code))
        elif root is not None and not inside(unit.path, root.path):
            findings.append(error(each.place, "area_outside", each.name))
        else:
            if unit.pk in stored:
                findings.append(info(each.place, "area_replaced", each.name))
            above = _above(unit, given, stored)
            if above is not None:
                findings += against_parent(each, above)
            plots.append(Plot(unit, each.ground))
    return plots, findings


def _grounds(units: Iterable[Organisation]) -> dict[int, Ground]:
    keys = {unit.pk for unit in units} | {
        unit.parent_id for unit in units if unit.parent_id is not None
    }
    rows = Area.objects.filter(organisation_id__in=keys).values_list(
        "organisation_id", "geometry"
    )
    return {key: geometry.from_text(text) for key, text in rows}


def _above(
    unit: Organisation, given: dict[int, Outline], stored: dict[int, Ground]
) -> Ground | None:
    """Return the parent's ground: the file's own before the stored one."""
    if unit.parent_id is None:
        return None
    if unit.parent_id in given:
        return given[unit.parent_id].ground
    return stored.get(unit.parent_id)


def _errors(findings: Iterable[Finding]) -> int:
    return sum(each.severity is Severity.ERROR for each in findings)
