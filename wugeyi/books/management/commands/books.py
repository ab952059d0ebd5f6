"""wugeyi books: verify, heads, prove, check."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.books.actions.heads import heads_file, publish_new
from wugeyi.books.adapter.heads import Head, Unreadable
from wugeyi.books.forms.breaks import explain
from wugeyi.books.models import Voucher
from wugeyi.books.queries import proofs, verification
from wugeyi.books.rules.proofs import NoProof, parse
from wugeyi.ui.terminal import bar

INTERRUPTED = 130


class Command(BaseCommand):
    """One door for everything about the integrity of village books."""

    # They load every page and take longer than the command itself.
    requires_system_checks = ()
    help = "村账防改：verify 核验，heads 公布校验码，prove 给一张凭证出证明，check 验证明。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the subcommands."""
        doors = parser.add_subparsers(dest="door", required=True)
        verify = doors.add_parser("verify", help="核验；发现问题时退出码为 1")
        verify.add_argument(
            "--book", action="append", default=[], metavar="CODE", help="只核验这套账"
        )
        verify.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="'CODE SIZE ROOT'",
            help="您另外保存的校验码，可以写多个",
        )
        verify.add_argument(
            "--heads-file",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="您另外保存的校验码文件，可以写多个",
        )
        verify.add_argument("--json", action="store_true", help="输出 JSON")
        doors.add_parser("heads", help="公布有新凭证的账套的校验码，写进文件")
        prove = doors.add_parser("prove", help="给一张凭证出证明，不牵出别的凭证")
        prove.add_argument("voucher", help="账套代码和凭证号，例如 XK:2024-5")
        prove.add_argument(
            "--head", metavar="'CODE SIZE ROOT'", help="证到哪个公布过的校验码"
        )
        check = doors.add_parser("check", help="验一份证明")
        check.add_argument("file", type=Path, help="证明文件；- 表示从标准输入读")

    def handle(self, *args: Any, door: str, **options: Any) -> None:
        """Run one subcommand; Ctrl-C loses nothing."""
        doors: dict[str, Callable[..., None]] = {
            "verify": self.verify,
            "heads": self.publish,
            "prove": self.prove,
            "check": self.check_proof,
        }
        try:
            doors[door](**options)
        except KeyboardInterrupt:
            self.stderr.write(_("已停下。"))
            sys.exit(INTERRUPTED)

    def publish(self, **options: Any) -> None:
        """Publish what is new."""
        many = publish_new(timezone.now())
        self.stdout.write(
            _("公布了 %(many)d 套账的校验码。请把文件 %(file)s 存到本机以外的地方。")
            % {"many": many, "file": heads_file()}
        )

    def verify(self, **options: Any) -> None:
        """Verify, say what was found first, exit 1 if anything was."""
        codes = options["book"]
        for code in sorted(verification.missing_codes(codes)):
            raise CommandError(_("没有代码是 %(code)s 的账套。") % {"code": code})
        heads = list(self.given_heads(options["head"], options["heads_file"]))
        with bar(_("核验"), verification.count(codes)) as progress:
            report = verification.verify(codes=codes, heads=heads, progress=progress)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(report), ensure_ascii=False, indent=2))
        else:
            self.tell(report)
        if report.break_count:
            sys.exit(1)

    def given_heads(self, texts: list[str], files: list[Path]) -> Iterator[Head]:
        """Read the heads given as arguments and files, and the data folder's file."""
        for text in texts:
            yield parse_head(text)
        own = heads_file()
        for path in [*files, *([own] if own.exists() else [])]:
            try:
                lines = path.read_text(encoding="utf-8-sig").splitlines()
            except (OSError, ValueError) as error:
                raise CommandError(
                    _("校验码文件 %(file)s 读不了：%(error)s")
                    % {"file": path, "error": error}
                ) from error
            for line in lines:
                words = line.partition("#")[0].split()
                if words:
                    yield parse_head(" ".join(words[:3]))

    def tell(self, report: verification.Report) -> None:
        """Write the report for people."""
        self.stdout.write(
            _(
                "核验了 %(books)d 套账 %(vouchers)d 张凭证，对照了 %(heads)d 个公布过的校验码。"
            )
            % {
                "books": report.books,
                "vouchers": report.vouchers,
                "heads": report.heads,
            }
        )
        if not report.break_count:
            self.stdout.write(self.style.SUCCESS(_("没有发现改动或缺失。")))
            return
        self.stdout.write(self.style.ERROR(explain(report.breaks[0])))
        if report.break_count > 1:
            self.stdout.write(
                _("这是第一处，一共 %(many)d 处；加 --json 看更多。")
                % {"many": report.break_count}
            )
        self.stdout.write(
            _("请保留现在的数据库文件作为证据，再从备份恢复另一份来比对。")
        )

    def prove(self, **options: Any) -> None:
        """Write a proof to the standard output."""
        code, _colon, mark = options["voucher"].partition(":")
        year, _dash, number = mark.partition("-")
        if not (year.isdigit() and number.isdigit()):
            raise CommandError(_("凭证要写成“账套:年-号”，例如 XK:2024-5。"))
        voucher = Voucher.objects.filter(
            book__code=code, year=int(year), number=int(number)
        ).first()
        if voucher is None:
            raise CommandError(
                _("没有凭证 %(voucher)s。") % {"voucher": options["voucher"]}
            )
        head = parse_head(options["head"]) if options["head"] else None
        try:
            proof = proofs.prove(voucher, head)
        except proofs.NotCovered as error:
            raise CommandError(
                _(
                    "没有盖住这张凭证的校验码：先运行 wugeyi books heads，或换一个校验码。"
                )
            ) from error
        self.stdout.write(str(proof))

    def check_proof(self, **options: Any) -> None:
        """Check a proof, exit 1 if it does not hold."""
        path: Path = options["file"]
        try:
            text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
            proof = parse(text)
        except (OSError, ValueError, NoProof) as error:
            raise CommandError(_("这不是一份凭证证明，或者没有复制完整。")) from error
        verdict = proofs.check(proof)
        self.stdout.write(proofs.say(verdict))
        if verdict != proofs.Verdict.HOLDS:
            sys.exit(1)


def parse_head(text: str) -> Head:
    """Read a head.

    Raises
    ------
    CommandError
        It is none.
    """
    try:
        return Head.parse(text)
    except Unreadable as error:
        raise CommandError(
            _("校验码要写成“账套代码 凭证张数 64 位字符”：%(text)s") % {"text": text}
        ) from error


def as_json(report: verification.Report) -> dict[str, object]:
    """Return the report as plain data; names are stable."""
    return {
        "ok": not report.break_count,
        "books": report.books,
        "vouchers": report.vouchers,
        "heads_compared": report.heads,
        "heads_now": [str(each) for each in report.roots.values()],
        "break_count": report.break_count,
        "breaks": [
            {
                "flaw": each.flaw.value,
                "book": each.book,
                "first": each.first,
                "last": each.last,
                "voucher": each.mark,
                "what": each.what,
                "text": explain(each),
            }
            for each in report.breaks
        ],
    }
