"""Whatever goes wrong, what was there is there."""

import io
import json
import os
import random
import shutil
import tarfile

import psycopg
import pytest

from wugeyi.backup.archive import check
from wugeyi.backup.errors import Stopped


def ignore(count):
    pass


def refused(house, path, *words):
    """Restore must fail in a sentence and leave everything as it was."""
    before, files = house.tables(), house.files()
    done = house.run("restore", path, "--force", *words)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert house.tables() == before
    assert house.files() == files
    assert not list(house.folder.glob(".restore-*"))
    assert not list(house.folder.glob("before-restore-*/*"))
    return done.stderr


def rebuilt(path, change):
    """Write the backup anew with consistent hashes after `change` had its way."""
    import hashlib

    with tarfile.open(path) as tar:
        files = {m.name: tar.extractfile(m).read() for m in tar}
    manifest = json.loads(files.pop("manifest.json"))
    change(manifest, files)
    manifest["files"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }
    files["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(path, "w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


def test_a_damaged_file_is_refused(house, made):
    made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    assert "损坏" in refused(house, made)


def test_a_file_cut_short_anywhere_is_found(made):
    whole = made.read_bytes()
    with tarfile.open(made) as tar:
        last = tar.getmembers()[-1]
    dice = random.Random(1)
    for length in (
        last.offset,
        last.offset_data + last.size - 1,
        *dice.sample(range(1, last.offset), 40),
    ):
        made.write_bytes(whole[:length])
        with pytest.raises(Stopped, match=r"损坏|不是五个一"):
            check(made, ignore)


def test_a_changed_byte_in_any_file_is_found(made):
    whole = made.read_bytes()
    dice = random.Random(2)
    with tarfile.open(made) as tar:
        # Not the manifest: in its texts a changed letter changes nothing restored.
        places = [m.offset_data + dice.randrange(m.size) for m in tar][:-1]
    for place in places:
        broken = bytearray(whole)
        broken[place] ^= 0x21
        made.write_bytes(broken)
        with pytest.raises(Stopped, match="损坏"):
            check(made, ignore)


@pytest.mark.parametrize("content", [b"", b"hello", os.urandom(5000)])
def test_what_is_no_backup_is_refused(tmp_path, content):
    path = tmp_path / "odd.tar"
    path.write_bytes(content)
    with pytest.raises(Stopped, match="备份"):
        check(path, ignore)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_only_plain_files_are_taken(tmp_path, kind):
    path = tmp_path / "odd.tar"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo("uploads/x")
        member.type, member.linkname = kind, "heads/y"
        tar.addfile(member)
    with pytest.raises(Stopped, match="普通文件"):
        check(path, ignore)


def test_a_file_that_is_not_there_is_said(house, tmp_path):
    assert "找不到" in refused(house, tmp_path / "nowhere.tar")


def test_another_kind_of_database_is_refused(house, made):
    def swap(manifest, files):
        ours, theirs = "database.sqlite3.gz", "database.pgdump"
        if manifest["kind"] == "postgresql":
            ours, theirs = theirs, ours
        manifest["kind"] = "postgresql" if theirs == "database.pgdump" else "sqlite"
        files[theirs] = files.pop(ours)

    rebuilt(made, swap)
    assert "WUGEYI_DATABASE_URL" in refused(house, made)


def test_a_backup_of_a_newer_version_is_refused(house, made):
    rebuilt(
        made,
        lambda manifest, files: manifest["migrations"].append("casework.9999_future"),
    )
    said = refused(house, made)
    assert "9999_future" in said
    assert "升级" in said


def test_a_dump_that_cannot_be_read_is_refused(house, made):
    def spoil(manifest, files):
        name = next(name for name in files if name.startswith("database"))
        data = bytearray(files[name])
        for place in range(len(data) // 2, len(data) - 10, 97):
            data[place] ^= 0xFF
        files[name] = bytes(data)

    rebuilt(made, spoil)
    refused(house, made)


def test_other_row_counts_than_promised_are_refused(house, made):
    def promise(manifest, files):
        manifest["rows"]["accounts_user"] += 1

    rebuilt(made, promise)
    assert "行数不符" in refused(house, made)


def test_a_restore_on_a_full_disk_leaves_what_was_there(house, made):
    size = house.run("restore", made, "--force", largest_file=20_000)
    assert size.returncode == 1
    refused_said = size.stderr
    assert "没有变" in refused_said
    assert len(house.files()) == 8
    assert house.run("audit", "verify").returncode == 0


def test_a_backup_on_a_full_disk_leaves_nothing_half(house, tmp_path):
    folder = tmp_path / "full"
    done = house.run("backup", folder / "b.tar", largest_file=100_000)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == []


def test_a_database_in_use_is_not_replaced(house, made):
    if house.url:
        with psycopg.connect(house.url):
            done = house.run("restore", made, "--force")
    else:
        worker = house.start(
            """
            import time
            from wugeyi.accounts.models import User
            print(User.objects.count(), flush=True)
            time.sleep(60)
            """
        )
        worker.stdout.readline()
        done = house.run("restore", made, "--force")
        worker.kill()
        worker.communicate()
    assert done.returncode == 1
    assert "正在使用" in done.stderr
    assert len(house.files()) == 8


@pytest.mark.postgresql
def test_without_postgresqls_programs_the_reason_is_said(
    house, made, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = house.run("backup", tmp_path / "c.tar")
    assert done.returncode == 1
    assert "pg_dump" in done.stderr
    assert not (tmp_path / "c.tar").exists()
    assert shutil.which("pg_dump") is None
