"""The column that makes any subtree one indexed range."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class PathField(Text):
    """A materialised path, compared byte by byte on every database.

    PostgreSQL would otherwise sort by the database's locale, in which a range
    need not be a subtree.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Add the byte-wise collation where the database has one by that name."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
