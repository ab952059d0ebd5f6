import os
import subprocess
import sys

import pytest


@pytest.fixture
def wugeyi(tmp_path):
    """Run the command as a stranger would: nothing set but the path."""

    def run(*words, **environment):
        env = {"PATH": os.environ["PATH"], "WUGEYI_DATA_DIR": str(tmp_path / "data")}
        return subprocess.run(
            [sys.executable, "-m", "wugeyi.cli", *words],
            env=env | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize("words", [["--help"], [], ["-h"]])
def test_help_needs_no_installation_and_lists_our_commands_first(wugeyi, words):
    done = wugeyi(*words)
    assert done.returncode == 0
    ours, djangos = done.stdout.split("Django 自带的：")
    for name in ("serve", "demo", "version", "audit"):
        assert f"\n  {name} " in ours
    assert "migrate" in djangos


def test_every_command_of_ours_says_what_it_does(wugeyi):
    listed = wugeyi("--help").stdout.split("\n\n")[1].splitlines()
    assert len(listed) > 3
    assert [line for line in listed if len(line.split(maxsplit=1)) < 2] == []


@pytest.mark.parametrize("words", [["serve", "--help"], ["migrate", "--help"]])
def test_help_of_a_command_needs_no_installation(wugeyi, words):
    assert wugeyi(*words).returncode == 0


@pytest.mark.parametrize("name", ["serve", "migrate", "nonsense"])
def test_a_missing_setting_is_named_without_a_traceback(wugeyi, name):
    done = wugeyi(name)
    assert done.returncode == 2
    assert "WUGEYI_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_refused_in_a_sentence(wugeyi):
    done = wugeyi("nonsense", WUGEYI_SECRET_KEY="x")
    assert done.returncode == 2
    assert "nonsense" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["serve", "migrate"])
def test_a_database_that_is_away_is_said_in_a_sentence(wugeyi, name):
    done = wugeyi(
        name,
        WUGEYI_SECRET_KEY="x",
        WUGEYI_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing",
    )
    assert done.returncode == 1
    assert "数据库" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_made_is_said_in_a_sentence(wugeyi, tmp_path):
    (tmp_path / "file").write_text("")
    done = wugeyi(
        "migrate",
        WUGEYI_SECRET_KEY="x",
        WUGEYI_DATA_DIR=str(tmp_path / "file" / "data"),
    )
    assert done.returncode == 2
    assert "WUGEYI_DATA_DIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_behind_the_program_is_not_served(wugeyi):
    done = wugeyi("serve", WUGEYI_SECRET_KEY="x")
    assert done.returncode == 2
    assert "wugeyi migrate" in done.stderr


def test_the_terminals_language_is_spoken(wugeyi):
    assert "启动服务" in wugeyi("--help", LANG="zh_CN.UTF-8").stdout
    assert "启动服务" in wugeyi("--help", LANG="C.UTF-8").stdout
    assert "启动服务" not in wugeyi("--help", LANG="en_US.UTF-8").stdout


def test_the_version_is_the_packages(wugeyi):
    assert wugeyi("version").stdout.startswith("wugeyi 0.")
