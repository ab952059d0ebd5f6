"""How far a task that follows the clock has come."""

from datetime import datetime

from django.db import transaction

from wugeyi.figures.models import Mark


@transaction.atomic
def advance(*, name: str, at: datetime) -> datetime | None:
    """Return how far a task had come (None: never run), and let it stand at ``at``.

    Called in the transaction of the work, so that nothing is left out if that fails.
    Never goes back.
    """
    mark, created = Mark.objects.select_for_update().get_or_create(
        name=name, defaults={"at": at}
    )
    before = None if created else mark.at
    if before is None or before < at:
        mark.at = at
        mark.save(update_fields=["at"])
    return before
