"""Load the register of Guiyang that comes with the product."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.organisations.actions.register import (
    File,
    accept_register,
    plan_for,
    preview_register,
    read_files,
)
from wugeyi.organisations.actions.tree import lock_tree
from wugeyi.organisations.guiyang import SOURCE, register_files
from wugeyi.organisations.models import RegisterEdition


@transaction.atomic
def load_guiyang(*, by: User | None, at: datetime) -> RegisterEdition:
    """Load 贵州省, 贵阳市 and the 1,785 units below; a second time changes nothing."""
    lock_tree()
    given = [File(*each) for each in register_files()]
    reading = read_files(given)
    plan = plan_for(reading, None, complete=False)
    batch = preview_register(
        files=given,
        source=SOURCE,
        on=None,
        complete=False,
        root=None,
        by=by,
        at=at,
        keep=False,
        reading=reading,
        plan=plan,
    )
    return accept_register(batch=batch, by=by, at=at, plan=plan)
