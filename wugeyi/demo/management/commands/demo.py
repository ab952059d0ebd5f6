"""``wugeyi demo``: prepare the invented city once, then say how to look at it."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rich.console import Console
from rich.progress import Progress

from wugeyi.casework.models import Case
from wugeyi.casework.rules.receipts import display
from wugeyi.demo import preparing
from wugeyi.demo.city import PASSWORD, sign_ins
from wugeyi.demo.volunteering import RIDER
from wugeyi.organisations.models import Organisation, Post

STEPS = {
    "register": "读入贵阳市区划（真实） · reading the register",
    "grounds": "绘制示意辖区 · drawing schematic grounds",
    "people": "安排部门和人员(虚构) · departments and people",
    "year": "过完这一年(虚构) · living through the year",
    "work": "支部、医院、项目和窗口(虚构) · branches, hospital, projects and windows",
}


class Command(BaseCommand):
    """Prepare the demo if it is not there, and print its sign-ins."""

    help = "Prepare the demo city (once) and print the demo sign-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--cases", type=int, default=preparing.CASES)
        parser.add_argument(
            "--until", help="ISO date-time the year ends at (default: now)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then tell."""
        call_command("migrate", verbosity=0)
        if not preparing.is_prepared():
            if not preparing.is_empty():
                raise CommandError(
                    "这个数据库里已有正式数据，演示不会写入。请换一个数据目录(WUGEYI_DATA_DIR)。"
                    " / This database holds real data; the demo will not touch it."
                    " Choose another folder with WUGEYI_DATA_DIR."
                )
            self._prepare(until=_until(options["until"]), cases=options["cases"])
        self._tell()

    def _prepare(self, *, until: datetime, cases: int) -> None:
        console = Console(stderr=True)
        with Progress(console=console, transient=not console.is_terminal) as bar:
            tasks: dict[str, Any] = {}

            def show(step: str, share: float) -> None:
                if step not in tasks:
                    for earlier in tasks.values():
                        bar.update(earlier, completed=1)
                    tasks[step] = bar.add_task(STEPS[step], total=1)
                bar.update(tasks[step], completed=share)

            preparing.prepare(until=until, cases=cases, progress=show)

    def _tell(self) -> None:
        names = dict(Post.ROLES)
        self.stdout.write("\n演示数据(虚构):人物和诉求都是编的,区划名称和代码是真的。")
        self.stdout.write("登录密码都是 / the password of all: " + PASSWORD + "\n")
        units = dict(Organisation.objects.values_list("code", "name"))
        for name, role, code in sign_ins():
            self.stdout.write(f"  {name:<10} {names[role.value]} · {units[code]}")
        self.stdout.write(
            f"  {RIDER:<10} 骑手，没有岗位：打开 /volunteering/ · a rider without a post"
        )
        case = Case.objects.filter(state="answered", channel="web").last()
        if case is not None:
            self.stdout.write(
                f"\n居民查询码 / a resident's receipt: {display(case.receipt)}"
            )


def _until(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    moment = parse_datetime(text)
    if moment is None or moment.tzinfo is None:
        raise CommandError(
            "--until 要写成 2026-11-22T10:00+08:00 这样 / such as 2026-11-22T10:00+08:00"
        )
    return moment
