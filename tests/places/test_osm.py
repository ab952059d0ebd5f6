import struct
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import World, build
from tests.places.conftest import square
from tests.places.extract import osm_xml
from wugeyi.audit.models import AuditEvent
from wugeyi.imports.models import Batch
from wugeyi.jobs import actions as jobs
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import perform
from wugeyi.organisations.actions.areas import set_area
from wugeyi.places import adapter, gateway, queries
from wugeyi.places.actions.kinds import install_templates
from wugeyi.places.actions.networks import Naming, bring_network
from wugeyi.places.models import (
    Facility,
    FacilityKind,
    Home,
    Network,
    OsmFile,
    Template,
)


@pytest.fixture
def world(db, tmp_path, settings) -> World:
    settings.DATA_DIR = tmp_path
    world = build()
    install_templates(by=None, at=world.now())
    return world


def send(client, world, content=None, name="quarter.osm"):
    data = {
        "file": SimpleUploadedFile(name, osm_xml() if content is None else content),
        "template": Template.objects.get(code="guiyang").pk,
        "source": "测试地图",
        "data_on": "2026-01-02",
    }
    url = reverse("places:send-osm", args=[world.community.code])
    return client.post(url, data)


def read(client, world, content=None, **more) -> OsmFile:
    """Send a file and let the worker read it."""
    assert send(client, world, content, **more).status_code == 302
    perform(jobs.take(at=timezone.now()))
    return OsmFile.objects.latest("pk")


def page(client, row: OsmFile) -> str:
    return client.get(reverse("places:osm", args=[row.batch_id])).content.decode()


def accept(client, row: OsmFile, **more):
    url = reverse("places:osm", args=[row.batch_id])
    return client.post(url, {"act": "accept", "facilities": "on"} | more)


def test_templates_are_installed_once_and_stay_as_changed(world):
    assert Template.objects.first().code == "guiyang"
    characters = FacilityKind.objects.filter(template__code="guiyang")
    said = "".join(characters.values_list("character", flat=True))
    assert said == "教业文卫体老幼食住行"
    assert not Template.objects.filter(verified=True).exists()
    FacilityKind.objects.filter(code="health").update(name_zh="看医生")
    assert install_templates(by=None, at=world.now()) == []
    assert (
        FacilityKind.objects.get(code="health", template__code="guiyang").name_zh
        == "看医生"
    )
    event = AuditEvent.objects.get(action="places.install_templates")
    assert "guiyang" in event.after


def test_from_a_file_to_streets_facilities_and_homes(
    worker, world, django_capture_on_commit_callbacks
):
    row = read(worker, world)
    assert row.network is not None
    assert row.network.accepted_at is None
    assert (row.facilities_found, row.homes_found, row.buildings_found) == (2, 1, 1)
    assert "quarter.osm" in page(worker, row)
    assert not Facility.objects.exists()
    assert queries.network_of(world.community, day=timezone.localdate()) is None

    with django_capture_on_commit_callbacks(execute=True):
        accept(worker, row, homes="on")
    network = queries.network_of(world.community, day=timezone.localdate())
    assert (network.version, network.source) == (1, "测试地图")
    assert "OpenStreetMap" in network.attribution
    # 400 + 400 + 555 + 800 + 555 metres, more or less.
    assert network.length_m == pytest.approx(2_700, rel=0.02)
    assert gateway.network_path(network).exists()
    clinic = Facility.objects.get(kind__code="health")
    assert (clinic.name, clinic.source, clinic.osm_id) == (
        "金桥卫生站",
        "osm",
        "node/301",
    )
    assert clinic.opening_hours == "Mo-Fr 08:00-17:30"
    assert Facility.objects.get(kind__code="education").capacity == 450
    assert Home.objects.get().name == "金桥小区 1 栋"
    # Nothing that was sent lies about any more.
    row.refresh_from_db()
    assert (row.file, row.facilities_taken, row.homes_taken) == ("", 2, 1)
    assert list((gateway.data_folder() / "sent").iterdir()) == []


def test_a_decision_is_made_once_and_the_same_file_adds_nothing(worker, world):
    row = read(worker, world)
    accept(worker, row)
    accept(worker, row)
    assert Network.objects.count() == 1
    again = read(worker, world)
    assert "已经导入过" in page(worker, again)
    accept(worker, again, homes="on", buildings="on")
    assert Facility.objects.count() == 2
    assert Home.objects.count() == 2
    old, new = Network.objects.order_by("version")
    assert (old.replaced_by, new.version) == (new, 2)
    today = timezone.localdate()
    assert queries.network_of(world.community, day=today) == new
    before = queries.network_of(world.community, day=today - timedelta(days=1))
    assert before == old


def test_homes_belong_to_the_area_they_stand_in(worker, world):
    # The house stands at 106.7011, the building without a use at 106.7031.
    set_area(
        organisation=world.community,
        shape=square(west=106.702),
        by=None,
        at=world.now(),
    )
    accept(worker, read(worker, world), homes="on", buildings="on")
    assert Home.objects.get().lon == pytest.approx(106.7031)
    # People walk to what lies beyond.
    assert Facility.objects.count() == 2


def test_throwing_it_away_leaves_nothing(
    worker, world, django_capture_on_commit_callbacks
):
    row = read(worker, world)
    with django_capture_on_commit_callbacks(execute=True):
        worker.post(reverse("places:osm", args=[row.batch_id]), {"act": "discard"})
    assert not Network.objects.exists()
    assert [p for p in gateway.data_folder().rglob("*") if p.is_file()] == []
    assert Batch.objects.get().status == "discarded"
    accept(worker, row)
    assert not Network.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"not a map at all",
        osm_xml()[: len(osm_xml()) // 2],
        b'<?xml version="1.0"?><osm version="0.6"></osm>',
        struct.pack(">I", 13) + b"\n\tOSMHeader\x18\x05cut short",
        b"<?xml version='1.0' encoding='UTF-8'?><osm>" + b"\xff\xfe\x00",
    ],
)
def test_a_file_that_is_no_map_is_refused_in_words(worker, world, content):
    row = read(worker, world, content)
    shown = page(worker, row)
    assert row.network is None
    assert Work.objects.get().state == "failed"
    assert "这个文件读不了" in shown
    assert row.batch.findings.count() == 1
    said = row.batch.findings.get()
    assert said.value in shown.replace("&quot;", '"')
    # Named as its sender called it, never by our own name for it.
    assert row.file.removeprefix("sent/") not in shown
    worker.cookies["django_language"] = "en"
    assert said.other.split("“")[0] in page(worker, row)
    # Nothing was lost: it can be read again or thrown away.
    worker.post(reverse("places:osm", args=[row.batch_id]), {"act": "again"})
    assert Work.objects.filter(state="queued").count() == 1


def test_without_the_extra_the_page_says_what_to_install(worker, world, monkeypatch):
    monkeypatch.setattr(adapter, "NEEDED", ("numpy", "no_such_package"))
    answer = send(worker, world)
    assert answer.status_code == 422
    assert "wugeyi[planning]" in answer.content.decode()
    with pytest.raises(CommandError, match="planning"):
        call_command("places", "network", "x.osm", unit=world.community.code)


def test_the_web_process_needs_no_part_of_the_extra(world):
    import subprocess
    import sys

    words = (
        "import django; django.setup(); import sys, wugeyi.urls;"
        "print(sorted({'numba', 'osmium', 'highspy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_streets_are_given_for_maps(worker, world, client):
    accept(worker, read(worker, world))
    network = Network.objects.get()
    url = reverse("places:ground", args=[network.pk])
    answer = client.get(url)
    assert answer.content[:4] == b"WGG1"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    gateway.network_path(network).unlink()
    assert client.get(url).status_code == 404


def test_the_pages_of_a_network(worker, world, django_assert_max_num_queries):
    accept(worker, read(worker, world))
    network = Network.objects.get()
    with django_assert_max_num_queries(16):
        shown = worker.get(reverse("places:network", args=[network.pk]))
    assert "OpenStreetMap" in shown.content.decode()
    listed = reverse("places:networks", args=[world.community.code])
    assert network.name in worker.get(listed).content.decode()
    unit = reverse("places:unit", args=[world.community.code])
    assert network.name in worker.get(unit).content.decode()
    # A unit below walks on the network above it.
    bring_network(
        organisation=world.county,
        naming=Naming("县的路网", "测试"),
        facts=adapter.NetworkFacts(
            **{
                name: getattr(network, name)
                for name in (
                    *("digest", "file", "size_bytes", "nodes", "edges"),
                    *("components", "length_m", "has_rise", "bounds"),
                )
            }
        ),
        by=None,
        at=world.now(),
    )
    today = timezone.localdate()
    assert queries.network_of(world.neighbour, day=today).name == "县的路网"
    assert queries.network_of(world.community, day=today) == network
    assert queries.network_of(world.other_county, day=today) is None


def test_the_command_does_the_same_for_files_of_any_size(world, tmp_path, capsys):
    path = tmp_path / "quarter.osm"
    path.write_bytes(osm_xml())
    words = ["places", "network", str(path), "--unit", world.community.code]
    call_command(*words, "--facilities", "--homes")
    assert "新记 2 处设施，1 处住处" in capsys.readouterr().out
    assert Network.objects.get().organisation == world.community
    path.write_bytes(b"nonsense")
    with pytest.raises(CommandError, match=r"quarter\.osm"):
        call_command(*words)
    with pytest.raises(CommandError, match="没有代码"):
        call_command("places", "network", str(path), unit="nowhere")
