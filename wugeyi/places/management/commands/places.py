"""``wugeyi places …``: templates, networks, facilities and homes from files on disk."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wugeyi.imports.messages import explain
from wugeyi.imports.rules import Severity
from wugeyi.imports.tables import read_table
from wugeyi.jobs import actions as jobs
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import perform
from wugeyi.organisations.models import Organisation
from wugeyi.places import adapter, gateway, queries
from wugeyi.places.actions.kinds import install_templates
from wugeyi.places.actions.osm import Sent, Wanted, accept_osm, keep_osm
from wugeyi.places.actions.tables import accept_table, keep_table
from wugeyi.places.forms.imports import SENTENCES
from wugeyi.places.models import NetworkFinding, OsmFile, Template
from wugeyi.places.queries import files
from wugeyi.places.queries.tables import plan
from wugeyi.places.rules.files import READ_OSM
from wugeyi.places.rules.tables import SORTS

SHOWN = 20
CHUNK = 1024 * 1024


class Command(BaseCommand):
    """The same as the pages of imports, for files of any size."""

    help = "放入设施类别；导入路网（OSM）、设施表、住处表"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the doors."""
        doors = parser.add_subparsers(dest="door", required=True)
        doors.add_parser("templates", help="放入随软件提供的设施类别（十个字等）")
        osm = doors.add_parser("network", help="读一个 OSM 文件，启用为单位的路网")
        osm.add_argument("file", type=Path, metavar="FILE")
        osm.add_argument("--unit", required=True, help="哪个单位的，写代码")
        osm.add_argument("--source", default="OpenStreetMap", help="来源")
        osm.add_argument("--on", type=date.fromisoformat, help="数据日期 YYYY-MM-DD")
        osm.add_argument("--template", default="", help="设施模板的代码")
        osm.add_argument("--facilities", action="store_true", help="也取设施")
        osm.add_argument("--homes", action="store_true", help="也取标明是住宅的房屋")
        osm.add_argument(
            "--buildings", action="store_true", help="也取没有标明用途的房屋"
        )
        for sort, told in zip(SORTS, ("导入设施表", "导入住处表"), strict=True):
            table = doors.add_parser(sort, help=told)
            table.add_argument("file", type=Path, metavar="FILE")
            table.add_argument("--unit", required=True, help="哪个单位的，写代码")
            table.add_argument(
                "--system", default="wgs84", choices=("wgs84", "gcj02", "bd09")
            )
            table.add_argument("--accept", action="store_true", help="检查后直接导入")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one door; problems are sentences, not tracebacks."""
        door = options["door"]
        try:
            if door == "templates":
                self._templates()
            elif door == "network":
                self._network(options)
            else:
                self._table(door, options)
        except OSError as problem:
            raise CommandError(str(problem)) from problem

    def _templates(self) -> None:
        new = install_templates(by=None, at=timezone.now())
        names = "、".join(str(template) for template in new)
        said = _("放入了：%(names)s") % {"names": names} if new else _("已经都有了。")
        self.stdout.write(said)

    def _network(self, options: dict[str, Any]) -> None:
        absent = adapter.lacking()
        if absent:
            raise CommandError(
                _("还缺 %(names)s。请先安装：pip install 'wugeyi[planning]'")
                % {"names": "、".join(absent)}
            )
        unit = _unit(options["unit"])
        install_templates(by=None, at=timezone.now())
        template = _template(options["template"])
        path: Path = options["file"]
        with path.open("rb") as file:
            name, sha256, _size = gateway.keep(iter(lambda: file.read(CHUNK), b""), "")
        row = keep_osm(
            sent=Sent(name, sha256, path.name),
            organisation=unit,
            template=template,
            source=options["source"],
            data_on=options["on"],
            by=None,
            at=timezone.now(),
        )
        self._read(row)
        found = files.osm_file(row.batch_id)
        if found is None or found.network is None:
            raise CommandError(_refusal(row))
        self._tell(found)
        wanted = Wanted(
            facilities=options["facilities"],
            homes=options["homes"],
            buildings=options["buildings"],
        )
        taken = accept_osm(osm_file=found, wanted=wanted, by=None, at=timezone.now())
        if taken is not None:
            self.stdout.write(
                _("路网已启用。新记 %(facilities)s 处设施，%(homes)s 处住处。")
                % {"facilities": taken.facilities, "homes": taken.homes}
            )

    def _read(self, row: OsmFile) -> None:
        """Read at once, unless the server's worker was quicker to take it."""
        work = Work.objects.get(
            kind=READ_OSM, subject=str(row.batch_id), state=Work.State.QUEUED
        )
        if jobs.take_this(work=work, at=timezone.now()):
            perform(work)

    def _tell(self, found: OsmFile) -> None:
        network = found.network
        if network is None:
            return
        self.stdout.write(
            _("%(km)s 公里路，%(nodes)s 个路口和拐点，%(facilities)s 处设施。")
            % {
                "km": network.kilometres,
                "nodes": network.nodes,
                "facilities": found.facilities_found,
            }
        )
        rows = NetworkFinding.objects.filter(network=network).order_by("pk")
        for finding in rows[:SHOWN]:
            self.stdout.write(f"  {finding}")

    def _table(self, sort: str, options: dict[str, Any]) -> None:
        unit = _unit(options["unit"])
        content = options["file"].read_bytes()
        table = read_table(content)
        made = plan(
            sort,
            table,
            unit=unit,
            system=options["system"],
            kinds=[k for each in queries.templates() for k in queries.kinds_of(each)],
            network=queries.network_of(unit, day=timezone.localdate()),
        )
        for finding in made.findings[:SHOWN]:
            where = _("第 %(line)s 行") % {"line": finding.line} if finding.line else ""
            self.stdout.write("  " + " ".join([where, *explain(finding, SENTENCES)]))
        errors = sum(each.severity is Severity.ERROR for each in made.findings)
        self.stdout.write(
            _("新记 %(fresh)s，更正 %(changed)s，已有 %(same)s，有错 %(errors)s。")
            % {
                "fresh": len(made.fresh),
                "changed": len(made.changed),
                "same": made.same,
                "errors": errors,
            }
        )
        if not options["accept"]:
            self.stdout.write(_("什么也没有写入；确认无误后加上 --accept。"))
            return
        at = timezone.now()
        batch = keep_table(
            sort=sort,
            filename=options["file"].name,
            content=b"",
            rows=len(table.rows),
            organisation=unit,
            system=options["system"],
            by=None,
            at=at,
        )
        accept_table(batch=batch, plan=made, by=None, at=at)
        self.stdout.write(_("已写入。"))


def _unit(code: str) -> Organisation:
    found = Organisation.objects.filter(code=code, valid_to=None).first()
    if found is None:
        raise CommandError(_("名册里没有代码是“%(code)s”的单位。") % {"code": code})
    return found


def _template(code: str) -> Template:
    rows = Template.objects.filter(active=True)
    found = rows.filter(code=code).first() if code else rows.first()
    if found is None:
        raise CommandError(_("没有叫“%(code)s”的设施模板。") % {"code": code})
    return found


def _refusal(row: OsmFile) -> str:
    finding = row.batch.findings.first()
    if finding is None:
        return _("文件没有读成。")
    return finding.other if get_language() == "en" else finding.value
