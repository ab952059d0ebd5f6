import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import shapely

from tests.accessibility.geodata import geodata
from tests.accessibility.town import write_town
from wugeyi.engines.accessibility.command import main
from wugeyi.engines.accessibility.command.texts import TEXTS
from wugeyi.engines.accessibility.texts import TEXTS as FINDINGS

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("import", "reach", "whatif", "site", "isochrone", "export")
TABLES = ("--homes", "homes.csv", "--facilities", "facilities.csv")


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A town whose network is imported."""
    folder = write_town(tmp_path_factory.mktemp("town"))
    words = ["import", str(folder / "town.osm"), "--out", str(folder / "town.circle")]
    assert main(words, language="en") == 0
    return folder


@pytest.fixture
def town(imported, tmp_path, monkeypatch):
    """A copy of it that a test may spoil, as the current folder."""
    folder = shutil.copytree(imported, tmp_path / "town")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(capsys):
    """Run a command; return its code and what it said."""

    def asked(*words, language="en"):
        capsys.readouterr()
        code = main(words, language=language, prog="wugeyi circle")
        said = capsys.readouterr()
        return code, said.out, said.err

    return asked


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_import_writes_network_homes_and_facilities(town, run):
    code, out, _ = run(
        "import",
        "town.osm",
        "--out=net.circle",
        "--homes=found.csv",
        "--facilities=places.csv",
    )
    assert code == 0
    assert "42 nodes, 41 segments" in out
    assert "Wrote found.csv: 1 rows" in out
    assert "OpenStreetMap" in out
    (home,) = rows(town / "found.csv")
    assert home["名称"] == "北岸东楼"
    assert home["居民"] == ""
    assert (home["lon"], home["lat"]) == ("106.7190667", "26.6031667")
    (place,) = rows(town / "places.csv")
    assert (place["名称"], place["类别"]) == ("北岸小学", "education")
    # What import writes, reach reads.
    code, out, _ = run(
        "reach", "net.circle", "--homes=found.csv", "--facilities=places.csv"
    )
    assert code == 0
    assert "homes inside" in out


def test_reach_tells_who_is_inside_and_writes_every_home(town, run):
    code, out, err = run(
        "reach", "town.circle", *TABLES, "--out=times.csv", "--summary=sum.csv"
    )
    assert code == 0
    assert "6 homes, 4.8 km/h" in out
    times = {row["name"]: row for row in rows(town / "times.csv")}
    # Two blocks at 4.8 km/h, and the ways between doors and street.
    assert float(times["北岸东楼"]["education_min"]) == pytest.approx(1.5, abs=0.4)
    assert times["北岸东楼"]["education_nearest"] == "北岸小学"
    # Round by the west bridge it is half an hour and more: not within two limits.
    assert times["南岸东楼"]["education_min"] == ""
    assert times["河心岛"]["food_min"] == ""
    (school,) = [r for r in rows(town / "sum.csv") if r["category"] == "education"]
    assert school["residents_inside"] == "200"
    assert school["residents_outside"] == "440"
    assert school["homes_nowhere"] == "1"
    assert "河心岛" in err
    # 400 places for 200 people, 100 at the canteen for 200 who reach it.
    assert "100 places short" in out


def test_public_figures_hide_small_counts(town, run):
    code, out, _ = run("reach", "town.circle", *TABLES, "--public", "--summary=sum.csv")
    assert code == 0
    assert "hidden" in out
    assert "南岸" not in out
    for row in rows(town / "sum.csv"):
        assert row["residents_nowhere"] == ""
        assert not any(
            0 < int(row[name]) < 5
            for name in row
            if name.startswith(("homes", "residents", "elderly")) and row[name]
        )


def test_an_old_persons_pace_and_a_limit_change_who_is_inside(town, run):
    def inside(*more):
        assert run("reach", "town.circle", *TABLES, "--summary=s.csv", *more)[0] == 0
        found = {row["category"]: row for row in rows(town / "s.csv")}
        return int(found["food"]["residents_inside"])

    adult, elder = inside("--minutes=7"), inside("--minutes=7", "--pace=elder")
    assert adult == 200  # both west homes
    assert elder == 120  # one of them: not across the bridge
    assert inside("--minutes=7", "--pace=3.0") == elder


def test_a_bridge_brings_a_home_inside(town, run):
    code, out, _ = run(
        "whatif",
        "town.circle",
        *TABLES,
        "--link=106.719,26.600,106.719,26.603",
        "--out=gained.csv",
    )
    assert code == 0
    assert "90" in out
    changed = {(row["category"], row["name"]): row for row in rows(town / "gained.csv")}
    east = changed["education", "南岸东楼"]
    assert east["before_min"] == ""
    # The bridge is 332 metres, one block and the ways to the doors come on top.
    assert 4.5 < float(east["after_min"]) < 6.5
    assert (east["gained"], east["lost"]) == ("1", "0")
    assert ("education", "北岸西楼") not in changed


def test_a_bridge_that_takes_longer_brings_less(town, run):
    link = "--link=106.719,26.600,106.719,26.603,14"
    assert run("whatif", "town.circle", *TABLES, link, "--out=g.csv")[0] == 0
    found = {(row["category"], row["name"]): row for row in rows(town / "g.csv")}
    east = found["education", "南岸东楼"]
    assert east["gained"] == "0"
    assert float(east["after_min"]) > 15


def test_what_is_closed_is_lost(town, run):
    code, out, _ = run(
        "whatif",
        "town.circle",
        *TABLES,
        "--shut=106.7000,26.6015",
        "--close=南岸药店",
        "--out=lost.csv",
    )
    assert code == 0
    lost = {(row["category"], row["name"]): row for row in rows(town / "lost.csv")}
    assert lost["food", "南岸西楼"]["lost"] == "1"
    assert lost["food", "南岸西楼"]["after_min"] == ""
    assert lost["health", "南岸中楼"]["lost"] == "1"
    assert "80" in out


def test_a_new_facility_serves(town, run):
    code, _, _ = run(
        "whatif",
        "town.circle",
        *TABLES,
        "--open=教,106.7110,26.5999",
        "--out=new.geojson",
    )
    assert code == 0
    features = json.loads((town / "new.geojson").read_text())["features"]
    assert {"南岸中楼", "南岸东楼", "南岸西楼"} <= {
        one["properties"]["name"] for one in features
    }


def test_the_best_site_is_proven(town, run):
    code, out, _ = run(
        "site",
        "town.circle",
        *TABLES,
        "--category=教",
        "--sites=1",
        "--prove",
        "--out=site.csv",
    )
    assert code == 0
    assert "proven" in out
    (site,) = rows(town / "site.csv")
    # The west of both banks and the middle of the south: 120 + 80 + 150 people; all
    # three homes of the south bank would be 320.
    assert site["people_added"] == "350"
    assert 106.699 < float(site["lon"]) < 106.708


def test_sites_of_ones_own_with_places(town, run):
    (town / "lots.csv").write_text(
        "名称,经度,纬度\n西,106.7010,26.5999\n东,106.7190,26.5999\n", encoding="utf-8"
    )
    code, out, _ = run(
        "site",
        "town.circle",
        *TABLES,
        "--category=education",
        "--sites=2",
        "--places=60",
        "--candidates=lots.csv",
        "--prove=5",
        "--out=site.csv",
    )
    assert code == 0
    assert {row["name"]: row["people_added"] for row in rows(town / "site.csv")} == {
        "西": "60",
        "东": "60",
    }
    assert "120 people in all" in out


def test_isochrones_around_a_point_and_a_category(town, run):
    code, _, _ = run(
        "isochrone",
        "town.circle",
        "--at=106.710,26.600",
        "--minutes",
        "5",
        "10",
        "--out=area.geojson",
    )
    assert code == 0
    held = json.loads((town / "area.geojson").read_text())
    assert held["attribution"] == "© OpenStreetMap contributors"
    large, less = (shapely.geometry.shape(one["geometry"]) for one in held["features"])
    assert [one["properties"]["minutes"] for one in held["features"]] == [10, 5]
    assert large.buffer(1e-4).contains(less)
    # 400 metres each way in five minutes.
    assert held["features"][1]["properties"]["street_m"] == pytest.approx(800, abs=1)
    assert (
        run(
            "isochrone",
            "town.circle",
            "--facilities=facilities.csv",
            "--category=食",
            "--out=food.parquet",
        )[0]
        == 0
    )
    assert (town / "food.parquet").exists()


def test_export_writes_every_segment(town, run):
    assert run("export", "town.circle", "--out=streets.geojson")[0] == 0
    features = json.loads((town / "streets.geojson").read_text())["features"]
    assert len(features) == 41
    (bridge,) = [one for one in features if one["properties"]["bridge"]]
    assert bridge["geometry"]["type"] == "LineString"
    assert bridge["properties"]["length_m"] == pytest.approx(332.3, abs=0.3)


WRONG = [
    (("reach", "gone.circle", *TABLES), "gone.circle"),
    (("reach", "homes.csv", *TABLES), "homes.csv"),
    (("reach", "town.circle", *TABLES, "--slope"), "--dem"),
    (("reach", "town.circle", *TABLES, "--out=x.xls"), ".csv"),
    (("reach", "town.circle", *TABLES, "--out=gone/x.csv"), "gone"),
    (("reach", "town.circle", *TABLES, "--template=none"), "gb_50180"),
    (("reach", "town.circle", *TABLES, "--template=gone.toml"), "gone.toml"),
    (("reach", "town.circle", "--homes=none.csv", *TABLES[2:]), "none.csv"),
    (("reach", "town.circle", "--homes=sea.csv", *TABLES[2:]), "sea.csv"),
    (("whatif", "town.circle", *TABLES), "--link"),
    (("whatif", "town.circle", *TABLES, "--link=0,0,0,1"), "0,0"),
    (("whatif", "town.circle", *TABLES, "--close=没有"), "没有"),
    (("whatif", "town.circle", *TABLES, "--open=没有,106.71,26.6"), "education"),
    (("site", "town.circle", *TABLES, "--category=没有"), "education"),
    (("isochrone", "town.circle", "--out=x.csv"), "--at"),
    (("isochrone", "town.circle", "--at=0,0", "--out=x.csv"), "0,0"),
    (("import", "homes.csv", "--out=x.circle"), "homes.csv"),
    (("import", "gone.osm", "--out=x.circle"), "gone.osm"),
    (("import", "town.osm", "--out=gone/x.circle"), "gone"),
    (("import", "town.osm", "--out=x.circle", "--dem", "homes.csv"), "homes.csv"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_used_is_said_in_a_sentence(town, run, words, said, language):
    (town / "sea.csv").write_text("名称,经度,纬度\n船,没有,26\n", encoding="utf-8")
    code, out, err = run(*words, language=language)
    assert code == 1
    assert said in err
    assert out == ""
    assert ("错误" if language == "zh" else "error:") in err


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("reach",),
        ("reach", "town.circle", *TABLES, "--pace=99"),
        ("reach", "town.circle", *TABLES, "--minutes=0"),
        ("reach", "town.circle", *TABLES, "--minutes=nan"),
        ("site", "town.circle", *TABLES, "--category=教", "--sites=0"),
        ("isochrone", "town.circle", "--at=106.7", "--out=x.csv"),
        ("isochrone", "town.circle", "--at=106.7,126.6", "--out=x.csv"),
        ("whatif", "town.circle", *TABLES, "--link=1,2,3"),
        ("whatif", "town.circle", *TABLES, "--link=1,2,3,4,-5"),
        ("whatif", "town.circle", *TABLES, "--open=教"),
    ],
)
def test_wrong_usage_is_told_apart(town, run, words):
    code, out, err = run(*words)
    assert code == 2
    assert "wrong usage" in err
    assert "--help" in err
    assert out == ""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_is_in_the_persons_language(run, command, language):
    code, out, _ = run(command, "--help", language=language)
    assert code == 0
    zh = any("\u4e00" <= letter <= "\u9fff" for letter in out)
    assert zh is (language == "zh")
    assert f"wugeyi circle {command}" in out


def test_without_words_the_commands_are_listed(run):
    code, out, _ = run()
    assert code == 0
    assert all(command in out for command in COMMANDS)


@pytest.mark.parametrize("texts", [TEXTS, FINDINGS])
def test_both_languages_fill_the_same_gaps(texts):
    import string

    def gaps(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for code, (zh, en) in texts.items():
        assert gaps(zh) == gaps(en), code
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in en), code


def test_places_west_of_greenwich_need_no_equals_sign(town, run):
    code, _, err = run("isochrone", "town.circle", "--at", "-8.6,41.1", "--out=x.csv")
    assert code == 1
    assert "-8.6,41.1" in err


def cli(folder, *words, **environment):
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "wugeyi.cli", "circle", *words],
        cwd=folder,
        env=env | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_product_command_needs_no_settings_and_no_database(town):
    done = cli(town, "export", "town.circle", "--out=streets.csv")
    assert done.returncode == 0, done.stderr
    assert "Wrote streets.csv: 41 rows." in done.stdout
    refused = cli(town, "export", "gone.circle", "--out=x.csv", LANG="zh_CN.UTF-8")
    assert refused.returncode == 1
    assert refused.stderr == "错误 找不到文件“gone.circle”。\n"


def test_help_waits_for_no_library(town):
    code = (
        "import sys; from wugeyi.engines.accessibility.command import main;"
        "main(['reach', '--help']);"
        "print([name for name in ('numpy', 'numba', 'osmium', 'highspy', 'django')"
        " if name in sys.modules])"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_the_extra_it_is_said_what_to_install(town):
    code = (
        "import sys; sys.modules['numba'] = None;"
        "from wugeyi.engines.accessibility.command import main;"
        "sys.exit(main(['reach', 'town.circle', '--homes', 'homes.csv',"
        " '--facilities', 'facilities.csv'], language='en'))"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=town,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "wugeyi[planning]" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupt_keeps_the_best_so_far(town, run, monkeypatch):
    from wugeyi.engines.accessibility.command import sites

    waiting = threading.Event()

    def slow(sets, people, k, *, progress, **options):
        waiting.set()
        end = time.monotonic() + 20
        while progress(0.5, 1, 2) and time.monotonic() < end:
            time.sleep(0.01)
        return sites.best(sets, people, k, progress=progress)

    def interrupt():
        assert waiting.wait(20)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(sites, "prove", slow)
    before = signal.getsignal(signal.SIGINT)
    person = threading.Thread(target=interrupt)
    person.start()
    code, out, _ = run(
        "site", "town.circle", *TABLES, "--category=教", "--sites=1", "--prove"
    )
    person.join()
    assert code == 0
    assert "Stopped before the end" in out or "proven" in out
    assert "350" in out
    assert signal.getsignal(signal.SIGINT) is before


def test_a_real_city_with_slopes(tmp_path, run, monkeypatch):
    monkeypatch.chdir(tmp_path)
    osm, dem = geodata("osm/andorra.osm.pbf"), geodata("dem/N42E001.hgt.zip")
    code, out, _ = run(
        "import",
        str(osm),
        "--out=a.circle",
        "--dem",
        str(dem),
        "--homes=h.csv",
        "--facilities=f.csv",
    )
    assert code == 0
    assert "Wrote a.circle" in out
    tables = ("--homes=h.csv", "--facilities=f.csv")

    def inside(*more):
        code, _, _ = run("reach", "a.circle", *tables, "--summary=s.csv", *more)
        assert code == 0
        return sum(int(row["homes_inside"]) for row in rows(tmp_path / "s.csv"))

    assert 0 < inside("--slope") < inside()
