from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from wugeyi.audit import actions, queries
from wugeyi.audit.models import AuditEvent, AuditHead
from wugeyi.audit.rules import Private, new_salt

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_without_heads_the_page_says_what_to_do(client):
    text = client.get(reverse("audit:heads")).content.decode()
    assert "还没有公布过链头" in text


@pytest.mark.django_db(transaction=True)
def test_heads_are_public_and_kept_text_verifies(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with transaction.atomic():
        actions.record(action="a.b", subject=None, by=None, at=AT)
    actions.seal()
    head = actions.publish_head(at=AT)
    page = client.get(reverse("audit:heads"))
    assert head.digest in page.content.decode()
    text = client.get(reverse("audit:heads-text"))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text.getvalue() == (tmp_path / "heads" / "heads.txt").read_bytes()


@pytest.mark.django_db
def test_pages_of_heads_cost_the_same_and_bad_keys_do_no_harm(
    client, django_assert_max_num_queries
):
    AuditHead.objects.bulk_create(
        AuditHead(position=n, digest=f"{n:064x}", published_at=AT + timedelta(days=n))
        for n in range(1, 251)
    )
    # The navigation may ask for the person; four queries are the page's own.
    with django_assert_max_num_queries(8):
        first = client.get(reverse("audit:heads"))
    assert [h.position for h in first.context["heads"]] == list(range(250, 150, -1))
    second = client.get(reverse("audit:heads") + first.context["older"])
    third = client.get(reverse("audit:heads") + second.context["older"])
    assert [h.position for h in third.context["heads"]] == list(range(50, 0, -1))
    assert not third.context["older"]
    for key in ("abc", "-1", "9" * 40, "²"):
        assert client.get(reverse("audit:heads"), {"before": key}).status_code == 200


@pytest.mark.django_db
def test_the_fragment_shows_changes_and_hides_personal_values():
    actions.record(
        action="casework.answer",
        subject=None,
        by=None,
        at=AT,
        before={"state": "open", "phone": Private("13800000000", new_salt())},
        after={"state": "<answered>"},
    )
    events = queries.page(AuditEvent.objects.all()).events
    text = render_to_string("audit/_events.html", {"events": events, "now": AT})
    assert "<del>open</del>" in text
    assert "&lt;answered&gt;" in text
    assert "只留哈希值" in text
    assert "系统" in text
