import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests.audit.reference import drop_guards, seal_anew
from wugeyi.audit import actions
from wugeyi.audit.models import AuditEvent, AuditSeal

AT = datetime(2026, 3, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _history(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for n in range(5):
        with transaction.atomic():
            actions.record(action="a.b", subject=None, by=None, at=AT, after={"n": n})


def run(capsys, *args):
    code = 0
    try:
        call_command("audit", *args)
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().out


def test_publish_seals_first_and_shows_the_head_to_keep(capsys, tmp_path):
    code, out = run(capsys, "publish")
    last = AuditSeal.objects.get(position=5)
    assert code == 0
    assert f"5:{last.digest}" in out
    assert (tmp_path / "heads" / "heads.txt").exists()


def test_verify_counts_what_is_not_sealed_and_exits_0(capsys):
    run(capsys, "seal")
    with transaction.atomic():
        actions.record(action="a.b", subject=None, by=None, at=AT)
    code, out = run(capsys, "verify", "--json")
    report = json.loads(out)
    assert code == 0
    assert (report["ok"], report["sealed"], report["unsealed"]) == (True, 5, 1)


def test_verify_exits_1_when_the_heads_file_does_not_fit(capsys, tmp_path):
    run(capsys, "publish")
    kept = tmp_path / "kept.txt"
    kept.write_text(
        "﻿# from the county office\n" + (tmp_path / "heads" / "heads.txt").read_text()
    )
    (tmp_path / "heads" / "heads.txt").unlink()
    ids = list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        drop_guards()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE audit_auditevent SET actor_name = '别人' WHERE id = %s",
                [ids[2]],
            )
            cursor.execute("DELETE FROM audit_audithead")
        seal_anew(ids)
        blind, out = run(capsys, "verify", "--json")
        assert {f["kind"] for f in json.loads(out)["findings"]} == {"unguarded"}
        code, out = run(capsys, "verify", "--heads-file", str(kept))
        transaction.set_rollback(True)
    assert (blind, code) == (1, 1)
    assert "第 1 到 5 位" in out
    assert "从备份恢复" in out


def test_the_data_folders_own_heads_file_is_always_used(capsys, tmp_path):
    run(capsys, "publish")
    (tmp_path / "heads" / "heads.txt").write_text("9 " + "ab" * 32 + "\n")
    code, out = run(capsys, "verify", "--json")
    assert code == 1
    assert [f["kind"] for f in json.loads(out)["findings"]] == ["cut-short"]


@pytest.mark.parametrize("head", ["5", "x:y", "5:abc"])
def test_a_head_that_cannot_be_read_is_explained(head):
    with pytest.raises(CommandError, match="位置：摘要"):
        call_command("audit", "verify", "--head", head)


def test_a_heads_file_that_cannot_be_read_is_explained(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("audit", "verify", "--heads-file", str(tmp_path / "nowhere.txt"))
    (tmp_path / "odd.txt").write_text("hello\n")
    with pytest.raises(CommandError, match="line 1"):
        call_command("audit", "verify", "--heads-file", str(tmp_path / "odd.txt"))


def test_flush_empties_the_audit_and_leaves_the_guards():
    actions.seal()
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEvent.objects.exists()
    assert not AuditSeal.objects.exists()
    from wugeyi.audit.gateway import unguarded_tables

    assert unguarded_tables() == []
