"""How every act takes a row and puts it back: locked, checked, audited."""

from typing import TypeVar

from django.db import models

from wugeyi.audit.rows import Events, held
from wugeyi.audit.rules import Actor
from wugeyi.casework.actions.writing import By, person
from wugeyi.sharing.rules.refusals import Refused, Why

__all__ = ["RESIDENT", "By", "note", "person", "put", "take"]

RESIDENT = Actor("预约人")
Row = TypeVar("Row", bound=models.Model)
EVENTS = Events("sharing")
note, put = EVENTS.note, EVENTS.put


def take(row: Row, *, version: int | None = None) -> Row:
    """Read a row afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED).
    """
    return held(row, version=version, changed=Refused(Why.CHANGED))
