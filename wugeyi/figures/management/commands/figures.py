"""wugeyi figures: check definitions, count anew, fold, fill."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wugeyi.figures import actions
from wugeyi.figures.queries.checking import findings


class Command(BaseCommand):
    """Look after figures."""

    help = (
        "数字：检查定义（check）、重新核算（recount）、汇总（fold）、补算（backfill）。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the four acts."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        acts.add_parser("check", help="检查每个应用的指标定义")
        recount = acts.add_parser("recount", help="重新核算全部数字，与现有的比较")
        recount.add_argument("--repair", action="store_true", help="不一致的改正过来")
        acts.add_parser("fold", help="把新的记录计入汇总")
        backfill = acts.add_parser("backfill", help="为以前的记录补算")
        backfill.add_argument("--source", help="只补这个来源")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of them; exit with 1 where something is wrong."""
        getattr(self, f"_{options['act']}")(options)

    def _check(self, options: dict[str, Any]) -> None:
        english = (get_language() or "").startswith("en")
        found = findings()
        for each in found:
            text = each.text_en if english else each.text_zh
            self.stdout.write(f"{each.app} · {each.code}: {text}")
        if found:
            raise CommandError(_("%(n)d 处要改。") % {"n": len(found)})
        self.stdout.write(_("定义没有问题。"))

    def _recount(self, options: dict[str, Any]) -> None:
        row, found = actions.recount(at=timezone.now(), repair=options["repair"])
        for each in found:
            self.stdout.write(
                _("%(code)s：%(facts)d 条事实、%(totals)d 个汇总不一致")
                % {"code": each.code, "facts": each.facts, "totals": each.totals}
            )
        if not found:
            self.stdout.write(_("%(n)d 个指标全部一致。") % {"n": row.measures})
        elif row.repaired:
            self.stdout.write(_("已改正。"))
        else:
            raise CommandError(_("有不一致。加 --repair 可改正。"))

    def _fold(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        moved = actions.follow(at=now)
        self.stdout.write(f"{actions.fold(at=now)} · {moved}")

    def _backfill(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        count = actions.backfill(at=now, source=options["source"])
        actions.follow(at=now)
        self.stdout.write(str(count))
