"""The chain's format written a second time, from raw columns, sharing no code.

Also the attacker's tool: with it whoever holds the database can seal history anew.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.db import connection

COLUMNS = (
    "id", "at", "actor_id", "actor_name", "action", "subject_type", "subject_id",
    "organisation_id", "before", "after",
)  # fmt: skip


def event_bytes(event_id):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(COLUMNS)} FROM audit_auditevent WHERE id = %s",
            [event_id],
        )
        row = dict(zip(COLUMNS, cursor.fetchone(), strict=True))
    at = row["at"]
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    at = at.astimezone(UTC) if at.tzinfo else at
    row["at"] = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return json.dumps(
        row, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


def chain_of(event_ids):
    digests, last = [], bytes(32)
    for event_id in event_ids:
        last = hashlib.sha256(last + event_bytes(event_id)).digest()
        digests.append(last.hex())
    return digests


def drop_guards():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION audit_refuse() CASCADE")
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def seal_anew(event_ids):
    """Replace the whole chain by a consistent one over these events."""
    digests = chain_of(event_ids)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditseal")
        cursor.executemany(
            "INSERT INTO audit_auditseal (position, event_id, writer, digest) VALUES (%s, %s, 0, %s)",
            [
                (n, e, d)
                for n, (e, d) in enumerate(zip(event_ids, digests, strict=True), 1)
            ],
        )
