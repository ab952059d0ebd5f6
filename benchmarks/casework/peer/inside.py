"""What the benchmark does inside django-helpdesk: migrate, fill, let people in.

Run by the peer's own Python as ``… -m benchmarks.casework.peer.inside TICKETS NOW``.
Queues stand for communities, tickets for cases, follow-ups for what was done.
"""

import json
import os
import sys
import time
from datetime import datetime

import django

QUEUES = 1629
STAFF = 200
# The statuses helpdesk ships: open, reopened, resolved, closed, duplicate. Queues and
# open tickets lie as unevenly as our cases.
FILL = """
CREATE OR REPLACE FUNCTION pg_temp.chance(key bigint, seed int) RETURNS float AS
$$ SELECT (hashint8extended(key, seed) & 1073741823) / 1073741824.0 $$
LANGUAGE sql IMMUTABLE PARALLEL SAFE;

CREATE TEMP TABLE plan AS
SELECT *, CASE WHEN pg_temp.chance(key, 3) <
    CASE WHEN days < 15 THEN 0.6 WHEN days < 60 THEN 0.1 ELSE 0.003 END
  THEN 1 + (key %% 25 = 3)::int WHEN key %% 100 = 7 THEN 5 ELSE 4 END AS status
FROM (
  SELECT key, at, extract(epoch FROM %(now)s - at) / 86400 AS days
  FROM (
    SELECT key, %(now)s - interval '1 year'
      + (key - %(first)s) * interval '1 year' / %(count)s AS at
    FROM generate_series(%(first)s::bigint, %(first)s + %(count)s - 1) AS key
  ) AS dated
) AS aged;

INSERT INTO helpdesk_ticket (id, title, queue_id, created, modified, submitter_email,
  assigned_to_id, status, on_hold, description, resolution, priority, due_date,
  secret_key)
SELECT key, '楼下路灯坏了好几天 ' || key,
  %(queue)s + floor(pg_temp.chance(key, 1) ^ 1.6 * %(queues)s)::int, at, at,
  'r' || key || '@example.org',
  CASE WHEN status IN (1, 2) AND key %% 2 = 0 THEN
    %(staff)s + (key %% %(people)s) END, status, false,
  '楼下路灯坏了好几天,晚上老人走路看不见,请尽快来修。 ' || key,
  CASE WHEN status IN (4, 5) THEN '已到现场处理完毕,请您查看。' END,
  1 + key %% 5, at + interval '1 day' * (3 + 5 * pg_temp.chance(key, 6)),
  md5('secret ' || key)
FROM plan ORDER BY key;

INSERT INTO helpdesk_followup (ticket_id, date, title, comment, public, user_id,
  new_status)
SELECT key, at + interval '3 hours', 'Comment', '已电话联系,了解情况。', true,
  %(staff)s + key %% %(people)s, NULL
FROM plan WHERE status > 1 OR key %% 2 = 0 ORDER BY key;

INSERT INTO helpdesk_followup (ticket_id, date, title, comment, public, user_id,
  new_status)
SELECT key, at + interval '3 days', 'Closed', '已到现场处理完毕,请您查看。', true,
  %(staff)s + key %% %(people)s, 4
FROM plan WHERE status = 4 ORDER BY key;

SELECT setval(pg_get_serial_sequence('helpdesk_ticket', 'id'),
  (SELECT max(id) FROM helpdesk_ticket))
"""


def main(words: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.casework.peer.settings"
    django.setup()
    from django.core.management import call_command
    from helpdesk.models import Queue

    now = datetime.fromisoformat(words[1])
    call_command("migrate", verbosity=0)
    if not Queue.objects.exists():
        call_command("loaddata", "emailtemplate", verbosity=0)
        people()
    seconds = fill(upto=int(words[0]), now=now)
    print(json.dumps({"fill_seconds": seconds, **known()}))


def people() -> None:
    from django.contrib.auth.models import User
    from helpdesk.models import Queue, UserSettings

    Queue.objects.bulk_create(
        Queue(
            title=f"试{n // 11:03}{n:04}社区",
            slug=f"q{n}",
            allow_public_submission=True,
        )
        for n in range(QUEUES)
    )
    staff = User.objects.bulk_create(
        User(username=f"u{n}", is_staff=True, is_superuser=n == 0, password="!")
        for n in range(STAFF)
    )
    UserSettings.objects.bulk_create(UserSettings(user=user) for user in staff)


def fill(*, upto: int, now: datetime) -> float:
    from django.contrib.auth.models import User
    from django.db import connection
    from helpdesk.models import Queue, Ticket

    held = Ticket.objects.count()
    if held >= upto:
        return 0.0
    began = time.perf_counter()
    last = Ticket.objects.order_by("-id").values_list("id", flat=True).first() or 0
    values = {
        "first": last + 1,
        "count": upto - held,
        "now": now,
        "queue": Queue.objects.order_by("id").values_list("id", flat=True)[0],
        "queues": QUEUES,
        "staff": User.objects.order_by("id").values_list("id", flat=True)[0],
        "people": STAFF,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET session_replication_role = replica")
        for statement in FILL.split(";\n"):
            cursor.execute(statement, values)
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")
    return time.perf_counter() - began


def known() -> dict[str, object]:
    from django.contrib.auth import login
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest
    from helpdesk.models import Queue, Ticket
    from helpdesk.query import query_to_base64

    request = HttpRequest()
    request.session = SessionStore()
    user = User.objects.get(username="u0")
    login(request, user, "django.contrib.auth.backends.ModelBackend")
    request.session.save()
    queue = Queue.objects.order_by("id")[0]
    return {
        "cookie": request.session.session_key,
        "queue": queue.pk,
        # What the list's page asks its rows with: as it opens, and for one queue.
        "list": query_to_base64(
            {
                "filtering": {"status__in": [1, 2]},
                "sorting": "created",
                "search_string": "",
                "sortreverse": False,
            }
        ),
        "narrow": query_to_base64(
            {
                "filtering": {"queue__id__in": [queue.pk], "status__in": [1, 2]},
                "filtering_null": {},
                "sorting": "created",
                "search_string": "",
                "sortreverse": None,
            }
        ),
        "tickets": list(
            Ticket.objects.filter(queue=queue, status=1).values_list("pk", flat=True)[
                :20
            ]
        ),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
