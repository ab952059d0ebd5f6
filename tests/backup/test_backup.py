import json
import re
import sqlite3
import stat
import tarfile
import time

import psycopg

from tests.backup.house import WORK

RESTORE_LEAVES = "audit_auditevent", "audit_auditseal", "sqlite_sequence"


def backup(house, tmp_path, name="b.tar"):
    path = tmp_path / name
    done = house.run("backup", path)
    assert done.returncode == 0, done.stderr
    return path


def same_rows(one, other):
    """Compare all tables; the restore itself adds one event and seals the rest."""
    assert one.keys() == other.keys()
    for table, rows in one.items():
        if table not in RESTORE_LEAVES:
            assert rows == other[table], table
    assert len(other["audit_auditevent"]) == len(one["audit_auditevent"]) + 1
    assert len(other["audit_auditseal"]) == len(other["audit_auditevent"])
    assert sum("backup.restore" in row for row in other["audit_auditevent"]) == 1


def test_what_is_restored_elsewhere_is_the_same_row_by_row(
    house, empty_house, tmp_path
):
    path = backup(house, tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [
        p.name for p in tmp_path.iterdir() if "backup" in p.name or "part" in p.name
    ] == []
    other = empty_house()
    done = other.run("restore", path)
    assert done.returncode == 0, done.stderr + done.stdout
    same_rows(house.tables(), other.tables())
    assert other.files() == house.files()
    assert len(other.files()) == 8
    heads = "heads/heads.txt"
    assert (other.folder / heads).read_bytes() == (house.folder / heads).read_bytes()
    # The restored installation works on: the chain goes on, ids too, guards hold.
    told = other.do(
        """
        from datetime import UTC, datetime
        from django.db import transaction
        from wugeyi.accounts.models import User
        from wugeyi.audit import actions, gateway, queries
        AT = datetime(2026, 3, 2, tzinfo=UTC)
        with transaction.atomic():
            User.objects.create(username="li", name="李", created_at=AT)
            actions.record(action="new.one", subject=None, by=None, at=AT)
        print(actions.seal(), queries.verify().finding_count, gateway.unguarded_tables())
        """
    )
    assert told == "1 0 []\n"
    verified = other.run("audit", "verify", "--heads-file", house.folder / heads)
    assert verified.returncode == 0, verified.stdout


def test_a_backup_taken_while_people_write_is_one_moment(house, empty_house, tmp_path):
    worker = house.start(WORK)
    try:
        for _ in range(10):
            worker.stdout.readline()
        path = backup(house, tmp_path)
        after = int(worker.stdout.readline())
        deadline = time.monotonic() + 20
        while int(worker.stdout.readline()) < after + 5:
            assert time.monotonic() < deadline
    finally:
        worker.kill()
        worker.communicate()
    other = empty_house()
    done = other.run("restore", path)
    assert done.returncode == 0, done.stderr + done.stdout
    rows = other.tables()
    written = [row for row in rows["audit_auditevent"] if "'w.x'" in row]
    people = [row for row in rows["accounts_user"] if "'新人'" in row]
    assert len(written) == len(people) >= 10
    assert len(house.tables()["accounts_user"]) > len(rows["accounts_user"])
    # Every picture the database names is there, and none that it does not.
    paths = set(re.findall(r"'(\w\w/\w\w/\w+\.jpg)'", "".join(rows["uploads_upload"])))
    assert {name for name in other.files() if ".thumb" not in name} == paths
    assert other.run("audit", "verify").returncode == 0


def test_restoring_over_data_needs_force_and_keeps_what_was_there(house, tmp_path):
    path = backup(house, tmp_path)
    before, files = house.tables(), house.files()
    house.do(
        """
        from datetime import UTC, datetime
        from wugeyi.accounts.models import User
        User.objects.create(username="new", name="新", created_at=datetime(2026, 1, 1, tzinfo=UTC))
        """
    )
    refused = house.run("restore", path)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert "新" in str(house.tables()["accounts_user"])
    done = house.run("restore", path, "--force")
    assert done.returncode == 0, done.stderr + done.stdout
    same_rows(before, house.tables())
    assert house.files() == files
    assert "原来的数据留在" in done.stdout
    (aside,) = house.folder.glob("before-restore-*")
    assert len([p for p in (aside / "uploads").rglob("*") if p.is_file()]) == 8
    if house.url:
        with psycopg.connect(house.url) as there:
            (schema,) = there.execute(
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore_%'"
            ).fetchone()
            kept = there.execute(f"SELECT name FROM {schema}.accounts_user").fetchall()
    else:
        there = sqlite3.connect(aside / "wugeyi.sqlite3")
        kept = there.execute("SELECT name FROM accounts_user").fetchall()
        there.close()
    assert ("新",) in kept
    # What was restored can be backed up and restored again; what lies aside is left out.
    again = backup(house, tmp_path, "again.tar")
    assert again.stat().st_size < 1.5 * path.stat().st_size
    done = house.run("restore", again, "--force")
    assert done.returncode == 0, done.stderr + done.stdout


def test_restoring_into_another_folder_leaves_the_configured_one(
    house, empty_house, made, tmp_path
):
    path = made
    before = house.tables()
    if house.url:
        house.url = empty_house().url  # the database is always the configured one
    done = house.run("restore", path, "--into", tmp_path / "elsewhere")
    assert done.returncode == 0, done.stderr + done.stdout
    assert len(list((tmp_path / "elsewhere" / "uploads").rglob("*.jpg"))) == 8
    if not house.url:
        assert house.tables() == before
        assert (tmp_path / "elsewhere" / "wugeyi.sqlite3").exists()


def test_pictures_that_were_gone_are_noted(house, empty_house, tmp_path):
    (gone, *_) = sorted(name for name in house.files() if ".thumb" not in name)
    (house.folder / "uploads" / gone).unlink()
    path = tmp_path / "b.tar"
    made = house.run("backup", path)
    assert made.returncode == 0
    assert gone in made.stderr
    with tarfile.open(path) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["missing"] == [f"{gone}"]
    done = empty_house().run("restore", path)
    assert done.returncode == 0, done.stderr
    assert "就缺 1 个照片文件" in done.stdout


def test_another_secret_key_is_said_aloud(empty_house, made):
    other = empty_house()
    other.key = "another"
    done = other.run("restore", made)
    assert done.returncode == 0
    assert "WUGEYI_SECRET_KEY" in done.stdout


def test_a_chain_that_was_tampered_with_comes_back_and_is_told(
    house, empty_house, tmp_path
):
    house.do(
        """
        from django.db import connection
        from tests.audit.reference import drop_guards
        drop_guards()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_auditevent SET actor_name = '别人' WHERE id = 7")
        """
    )
    path = backup(house, tmp_path)
    done = empty_house().run("restore", path)
    assert done.returncode == 1
    assert "事件 7" in done.stdout
    assert "恢复好了" in done.stdout


def test_an_existing_file_is_not_overwritten(house, tmp_path):
    path = tmp_path / "b.tar"
    path.write_text("precious")
    done = house.run("backup", path)
    assert done.returncode == 1
    assert "已经存在" in done.stderr
    assert path.read_text() == "precious"


def test_without_a_name_the_data_folder_gets_it(house):
    assert house.run("backup").returncode == 0
    assert len(list((house.folder / "backups").glob("wugeyi-*.tar"))) == 1


def test_maps_come_back_and_files_being_read_do_not(house, empty_house, tmp_path):
    root = house.folder / "places"
    network = root / "networks" / "ab" / "ab01.network"
    network.parent.mkdir(parents=True)
    network.write_bytes(b"arrays")
    (root / "sent").mkdir()
    (root / "sent" / "street.osm").write_bytes(b"still looked at")
    lines = house.folder / "buslines"
    lines.mkdir()
    (lines / "valley.osm").write_bytes(b"a map")
    (lines / ".new-half").write_bytes(b"being sent")
    path = backup(house, tmp_path)
    there = empty_house()
    done = there.run("restore", path)
    assert done.returncode == 0, done.stderr + done.stdout
    kept = there.folder / "places"
    assert [p.name for p in kept.rglob("*") if p.is_file()] == ["ab01.network"]
    assert (kept / "networks" / "ab" / "ab01.network").read_bytes() == b"arrays"
    maps = there.folder / "buslines"
    assert [p.name for p in maps.rglob("*") if p.is_file()] == ["valley.osm"]
