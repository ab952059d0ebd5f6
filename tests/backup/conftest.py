import itertools
import os
import shutil
from pathlib import Path

import pytest

from tests import template
from tests.backup.house import FURNISH, House, Servers

NUMBER = itertools.count()


@pytest.fixture(scope="session")
def servers():
    url = os.environ.get("WUGEYI_DATABASE_URL", "")
    made = Servers(url) if url else None
    yield made
    if made:
        made.drop()


@pytest.fixture(scope="session")
def model_house(tmp_path_factory, servers):
    """One furnished installation, copied for every test."""
    folder = tmp_path_factory.mktemp("model")
    url = servers.create(f"wugeyi_model_{os.getpid()}") if servers else ""
    house = House(folder, url)
    if servers:
        done = house.run("migrate", "--verbosity=0", "--skip-checks")
        assert done.returncode == 0, done.stderr
    else:
        shutil.copy(template.migrated(), folder / "wugeyi.sqlite3")
    house.do(FURNISH)
    return house


@pytest.fixture(scope="session")
def model_backup(model_house, tmp_path_factory):
    path = tmp_path_factory.mktemp("backup") / "b.tar"
    done = model_house.run("backup", path)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def made(model_backup, tmp_path):
    """A backup of its own for every test."""
    return Path(shutil.copy(model_backup, tmp_path))


@pytest.fixture
def empty_house(tmp_path, servers):
    """Make installations with nothing in them, not even tables."""

    def make():
        number = next(NUMBER)
        name = f"wugeyi_house_{os.getpid()}_{number}"
        return House(
            tmp_path / f"empty{number}", servers.create(name) if servers else ""
        )

    return make


@pytest.fixture
def house(tmp_path, servers, model_house):
    """A furnished installation."""
    folder = tmp_path / "house"
    shutil.copytree(model_house.folder, folder)
    if not servers:
        return House(folder)
    name = f"wugeyi_house_{os.getpid()}_{next(NUMBER)}"
    template = model_house.url.rsplit("/", 1)[-1]
    return House(folder, servers.create(name, template))
