"""Templates and kinds: installed as shipped, kept as changed."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.places import adapter
from wugeyi.places.models import FacilityKind, Template


@transaction.atomic
def install_templates(*, by: User | None, at: datetime) -> list[Template]:
    """Add the templates and kinds that come with the engine; give those that were new.

    What stands already is left as it is: its names may be the installation's own.
    """
    new: list[Template] = []
    for position, shipped in enumerate(adapter.shipped_templates()):
        template, made = Template.objects.get_or_create(
            code=shipped.code,
            defaults={
                "name_zh": shipped.name_zh,
                "name_en": shipped.name_en,
                "source": shipped.source[:300],
                "verified": shipped.verified,
                "position": position,
            },
        )
        known = set(
            FacilityKind.objects.filter(template=template).values_list(
                "code", flat=True
            )
        )
        FacilityKind.objects.bulk_create(
            FacilityKind(
                template=template,
                code=kind.code,
                name_zh=kind.name_zh,
                name_en=kind.name_en,
                character=kind.character,
                limit_minutes=kind.limit_minutes,
                limit_m=kind.limit_m,
                source=kind.source[:300],
                verified=kind.verified,
                position=place,
            )
            for place, kind in enumerate(shipped.kinds)
            if kind.code not in known
        )
        if made:
            new.append(template)
    if new:
        record(
            action="places.install_templates",
            subject=None,
            by=by,
            at=at,
            after={"templates": [template.code for template in new]},
        )
    return new
