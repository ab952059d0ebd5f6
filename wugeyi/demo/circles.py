"""A life circle in the demo: real streets of Beijing, invented residents, one footbridge.

No free extract of Guiyang's streets could be had, so a community of the demo walks on
streets of Haidian, Beijing, as OpenStreetMap knew them in 2017, and every page says so.
Streets, buildings and most facilities are real; how many live in a building, a few
facilities and the footbridge are invented.

It is computed after the first start, by the worker that does long work: preparing the
demo would have to wait for machine code otherwise.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.circles import actions
from wugeyi.circles.actions.circles import Plan as CirclePlan
from wugeyi.circles.actions.siting import Question
from wugeyi.circles.models import Circle, Scenario
from wugeyi.circles.rules.changes import Change, Link, Plan, What
from wugeyi.circles.rules.paces import Pace
from wugeyi.demo import clock
from wugeyi.jobs import registry
from wugeyi.jobs.actions import ask
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task
from wugeyi.organisations.models import Organisation
from wugeyi.places import adapter
from wugeyi.places.actions.facilities import FacilityEntry, add_facility
from wugeyi.places.actions.homes import HomeEntry, add_home
from wugeyi.places.actions.kinds import install_templates
from wugeyi.places.actions.networks import Naming, bring_network
from wugeyi.places.actions.writing import Origin
from wugeyi.places.gateway import data_folder
from wugeyi.places.models import FacilityKind, Template
from wugeyi.projects.models import Project

FILE = Path(__file__).parent / "data" / "haidian.osm.pbf"
WORK = "demo.circles"
PLACE = "520115007005"  # 金元社区
WORKER = "jinyuan"
TEMPLATE = "guiyang"
SEED = 1515
DATA_ON = date(2017, 1, 1)
# Where the community's buildings are taken from: west, south, east, north.
AROUND = (116.3125, 39.9905, 116.3235, 39.9990)
# Both banks of the Wanquan river, where no bridge stands.
BRIDGE = ((116.3137414, 39.9960628), (116.3151661, 39.9961045))
PROJECT = "便民通道连心桥"
HOUSEHOLDS = (18, 24, 30, 36, 48, 60)
OPENED = "通行"
NEED = "卫生服务站"
# Before the branch decided to build the bridge, see ``hospital.projects``.
BEGUN = timedelta(days=265)
# Kinds OpenStreetMap knows little of: invented, and marked so.
INVENTED = (
    ("elderly", "老年食堂（虚构）", 116.3190, 39.9960, 420),
    ("elderly", "日间照料中心（虚构）", 116.3136, 39.9948, 260),
    ("employment", "就业服务点（虚构）", 116.3213, 39.9952, None),
    ("health", "社区卫生服务站（虚构）", 116.3132, 39.9964, None),
    ("food", "便民菜店（虚构）", 116.3129, 39.9957, None),
)
NOTE = (
    "演示用的虚构方案：河上并没有这座桥。路网是北京市海淀区 2017 年的开放街图数据，"
    "因为找不到可以自由使用的贵阳路网；楼房是真的，住户人数是编的。"
)


def register() -> None:
    """Let the queue know how the demo's circle is made."""
    registry.work(WORK, make, label=_("准备演示用的生活圈"))


def plan(*, at: datetime) -> Work | None:
    """Ask for the circle, if what it is computed with is installed."""
    if adapter.lacking():
        return None
    unit = Organisation.objects.get(code=PLACE)
    return ask(kind=WORK, subject=unit.pk, organisation_id=unit.pk, by=None, at=at)


def make(task: Task) -> None:
    """Make all of it, or nothing; a second time finds it there."""
    if Circle.objects.filter(client_id=_key("circle")).exists():
        return
    unit = Organisation.objects.get(pk=int(task.subject))
    with transaction.atomic():
        _make(unit, User.objects.get(username=WORKER), task.work.asked_at)


def _make(unit: Organisation, by: User, until: datetime) -> None:
    at = clock.office(until - BEGUN, 1)
    first = at.astimezone(clock.ZONE).date()
    install_templates(by=None, at=at)
    template = Template.objects.get(code=TEMPLATE)
    reading = adapter.read_osm(FILE, TEMPLATE, data_folder(), FILE.name)
    network = bring_network(
        organisation=unit,
        naming=Naming(
            name="示例路网：北京市海淀区一角（2017 年）",
            source="OpenStreetMap 2017, Haidian, Beijing",
            data_on=DATA_ON,
        ),
        facts=reading.network,
        findings=reading.findings,
        by=by,
        at=at,
    )
    _facilities(unit, template, reading, by, at)
    _homes(unit, reading, by, at)
    circle = actions.create(
        plan=CirclePlan(
            client_id=_key("circle"),
            organisation=unit,
            name="金元社区生活圈（示例：北京海淀的路网，虚构的住户）",
            network=network,
            template=template,
            begun_on=first,
        ),
        by=by,
        at=at,
    ).circle
    actions.assess(circle=circle, on=first, by=by, at=at)
    scenario = _bridge(circle, first, by, at)
    _attach(scenario, by, until)
    actions.publish(circle=circle, by=by, at=until)
    _ask(circle, template, by, until)


def _facilities(
    unit: Organisation,
    template: Template,
    reading: adapter.Reading,
    by: User,
    at: datetime,
) -> None:
    kinds = {kind.code: kind for kind in template.kinds.all()}
    for found in reading.facilities:
        add_facility(
            client_id=_key(f"facility {found.osm_id} {found.kind}"),
            organisation=unit,
            entry=FacilityEntry(
                kind=kinds[found.kind],
                name=found.name[:80],
                lon=found.lon,
                lat=found.lat,
                capacity=found.capacity,
                opening_hours=found.opening_hours[:200],
            ),
            origin=Origin(source="osm", osm_id=found.osm_id),
            by=by,
            at=at,
        )
    for number, (code, name, lon, lat, capacity) in enumerate(INVENTED):
        add_facility(
            client_id=_key(f"invented {number}"),
            organisation=unit,
            entry=FacilityEntry(
                kind=kinds[code], name=name, lon=lon, lat=lat, capacity=capacity
            ),
            origin=Origin(invented=True),
            by=by,
            at=at,
        )


def _homes(
    unit: Organisation, reading: adapter.Reading, by: User, at: datetime
) -> None:
    """Let invented people live in real buildings; the same every time."""
    random = Random(SEED)  # noqa: S311 - a story, not a secret
    west, south, east, north = AROUND
    for number, found in enumerate(
        sorted(reading.homes, key=lambda home: home.osm_id), start=1
    ):
        households = random.choice(HOUSEHOLDS)
        residents = round(households * random.uniform(2.1, 3.1))
        elderly = round(residents * random.uniform(0.14, 0.34))
        inside = west <= found.lon <= east and south <= found.lat <= north
        if not (inside and found.lived_in):
            continue
        add_home(
            client_id=_key(f"home {found.osm_id}"),
            organisation=unit,
            entry=HomeEntry(
                name=found.name[:80] or f"{number} 号楼",
                lon=found.lon,
                lat=found.lat,
                households=households,
                residents=residents,
                elderly=elderly,
            ),
            origin=Origin(source="osm", osm_id=found.osm_id, invented=True),
            by=by,
            at=at,
        )


def _bridge(circle: Circle, today: date, by: User, at: datetime) -> Scenario:
    (lon, lat), (to_lon, to_lat) = BRIDGE
    return actions.save(
        circle=circle,
        client_id=_key("bridge"),
        plan=Plan(
            name="河上加一座便民桥（虚构）",
            note=NOTE,
            changes=(
                Change(
                    what=What.OPEN_LINK,
                    link=Link.BRIDGE,
                    lon=lon,
                    lat=lat,
                    to_lon=to_lon,
                    to_lat=to_lat,
                    name="连心桥（虚构）",
                ),
            ),
        ),
        on=today,
        invented=True,
        by=by,
        at=at,
    ).scenario


def _attach(scenario: Scenario, by: User, at: datetime) -> None:
    """Lay the scenario beside the need, the decision and the project it belongs to."""
    project = (
        Project.objects.filter(title=PROJECT)
        .select_related("decision", "organisation")
        .first()
    )
    if project is None or project.decision is None:
        return
    causes = project.decision.causes.select_related("case").order_by("pk")
    cause = causes.filter(case__text__contains=NEED).first() or causes.first()
    if cause is not None:
        actions.attach(scenario=scenario, to=cause.case, by=by, at=at)
    actions.attach(scenario=scenario, to=project.decision, by=by, at=at)
    actions.attach(scenario=scenario, to=project, by=by, at=at)
    opened = project.milestones.filter(name__contains=OPENED, done_on__isnull=False)
    day = opened.values_list("done_on", flat=True).first()
    if day is not None:
        actions.mark_built(scenario=scenario, on=day, by=by, at=at)


def _ask(circle: Circle, template: Template, by: User, at: datetime) -> None:
    kind = FacilityKind.objects.get(template=template, code="elderly")
    actions.ask_for_sites(
        circle=circle,
        question=Question(
            client_id=_key("sites"), kind=kind, sites=3, whom="elderly", pace=Pace.ELDER
        ),
        by=by,
        at=at,
    )


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"wugeyi demo circle {what}")
