"""Which pictures are used."""

from datetime import datetime

from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet

from wugeyi.uploads.models import Upload


def in_use(sha256: str) -> bool:
    """Tell whether any row names this content."""
    return Upload.objects.filter(sha256=sha256).exists()


def unused(*, before: datetime) -> QuerySet[Upload]:
    """Return pictures kept before this moment to which no row of any app refers.

    Higher apps point here with foreign keys; the models' metadata knows them all.
    """
    uploads = Upload.objects.filter(created_at__lt=before)
    for relation in Upload._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            pointing = relation.related_model._default_manager
            key = {relation.field.attname: OuterRef("pk")}
            uploads = uploads.exclude(Exists(pointing.filter(**key)))
    return uploads
