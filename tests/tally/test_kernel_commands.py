import argparse

import pytest

from tests.tally import scale
from wugeyi.engines.tally.kernel.commands import add_commands
from wugeyi.engines.tally.rollup import digest


@pytest.fixture
def run(capsys):
    def printed(*words):
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers(required=True))
        options = parser.parse_args([*map(str, words)])
        assert options.run(options) == 0
        return capsys.readouterr().out.splitlines()

    return printed


@pytest.fixture(scope="module")
def world():
    return scale.world(11, 300)


@pytest.fixture(scope="module")
def folder(world, tmp_path_factory):
    return world.write(tmp_path_factory.mktemp("extract"))


def test_rollup(run, world, folder):
    names = ["answered/count", *scale.PARTS]
    words = ("rollup", folder, "2025-11", "--months", 4, "--depths", "0-2", *names)
    right = digest(scale.answered(world.units, world.facts, scale.question()))
    assert run(*words, "--digest") == [right]
    assert run(*words, "--digest", "--engine", "sql") == [right]
    assert run(*words)[0] == "period\tpath\tn1\td1\tn2\tn3\tn4\tn5"
    assert run(*words, "--sql")[0].startswith("WITH fact AS")


def test_extract_lists_manifests(run, folder):
    found = run("extract", folder, "2025-12", "--months", 2)
    assert len(found) == 2
    assert '"month":"2025-12"' in found[0]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("2025-11", "beds"), "the measures closed are answered, count"),
        (("2025-11", "count", "--depths", "all"), "no depths like"),
        (("2025-10", "count"), "has not been written"),
        (("october", "count"), "no month like"),
    ],
)
def test_bad_input(run, folder, words, message):
    with pytest.raises(ValueError, match=message):
        run("rollup", folder, *words)
