"""The ground an organisation answers for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.organisations import geometry
from wugeyi.organisations.actions.checks import check_alive
from wugeyi.organisations.geometry import Ground
from wugeyi.organisations.models import Area, AreaCell, Organisation


class Plot(NamedTuple):
    """A ground with its organisation, before it is stored."""

    organisation: Organisation
    ground: Ground


@transaction.atomic
def set_area(
    *,
    organisation: Organisation,
    shape: Mapping[str, object],
    by: User | None,
    at: datetime,
    source: str = "",
    generated: bool = False,
) -> Area:
    """Give an organisation its ground: a GeoJSON (multi)polygon in WGS-84.

    Rings that cross themselves are repaired; what stood before is replaced.

    Raises
    ------
    ValidationError
        The organisation is gone, or the shape is no polygon with a surface.
    """
    check_alive(organisation)
    try:
        ground, _broken = geometry.repaired(geometry.read_ground(shape))
    except ValueError as problem:
        raise ValidationError(_("这不是能用的多边形。"), str(problem)) from problem
    area = _replace([Plot(organisation, ground)], source, generated=generated)[0]
    record(
        action="organisations.set_area",
        subject=area,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={
            "size_m2": round(area.size_m2),
            "source": source,
            "generated": generated,
        },
    )
    return area


@transaction.atomic
def set_areas(
    *,
    plots: Sequence[Plot],
    by: User | None,
    at: datetime,
    source: str,
    generated: bool = False,
    root: Organisation | None = None,
    sha256: str = "",
) -> list[Area]:
    """Give many organisations their grounds; one event with the digest of the file."""
    areas = _replace(plots, source, generated=generated)
    record(
        action="organisations.set_areas",
        subject=root,
        by=by,
        at=at,
        organisation_id=root.pk if root is not None else None,
        after={
            "source": source,
            "generated": generated,
            "areas": len(areas),
            "sha256": sha256,
        },
    )
    return areas


def _replace(plots: Sequence[Plot], source: str, *, generated: bool) -> list[Area]:
    Area.objects.filter(
        organisation_id__in=[each.organisation.pk for each in plots]
    ).delete()
    areas = []
    for each in plots:
        lon, lat = geometry.inner_point(each.ground)
        areas.append(
            Area(
                organisation=each.organisation,
                geometry=geometry.to_text(each.ground),
                size_m2=geometry.size_m2(each.ground),
                lon=lon,
                lat=lat,
                generated=generated,
                source=source,
            )
        )
    Area.objects.bulk_create(areas, batch_size=200)
    AreaCell.objects.bulk_create(
        (
            AreaCell(area=area, cell=cell.number, whole=cell.whole)
            for area, each in zip(areas, plots, strict=True)
            for cell in geometry.cover(each.ground)
        ),
        batch_size=5_000,
    )
    return areas
