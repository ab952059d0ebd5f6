"""Long work of books, done by the worker process of ``jobs``."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.actions import imports
from wugeyi.books.actions.heads import publish_new
from wugeyi.books.actions.importreading import read
from wugeyi.books.forms.refusals import explain_numbered
from wugeyi.books.models import BookFile
from wugeyi.books.queries import importing as queries
from wugeyi.books.rules import access
from wugeyi.books.rules.importvouchers import Stopped
from wugeyi.books.rules.refusals import Refused
from wugeyi.jobs import registry
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task, Trouble

TEXTS = {
    "gone": _("文件不在了，请重新上传。"),
    "reading": _("正在读：%(value)s"),
    "posting": _("正在一次写入全部凭证；写完以前别人看不到，中途停下就一张也不记。"),
    "refused": _("没有记账，文件还在等复核：%(value)s"),
}


def register() -> None:
    """Let the queue know what it may be asked, and the clock what to do every day."""
    registry.daily("books.heads", publish_new)
    registry.work(
        queries.READ_WORK,
        read_file,
        label=_("读文件"),
        texts=TEXTS,
        address=_address,
        may=_may,
        sees=_sees,
    )
    registry.work(
        queries.POST_WORK,
        post_file,
        label=_("文件记账"),
        texts=TEXTS,
        address=_address,
        may=_may,
        sees=_sees,
    )


def read_file(task: Task) -> None:
    """Read a large file; stopped, it stays as it was."""
    file = _wanted(task)

    def tell(done: int, of: int) -> bool:
        return task.tell(done, of, "reading", f"{done:,} / {of:,}")

    try:
        read(file=file, at=task.now(), tell=tell)
    except Stopped:
        return


def post_file(task: Task) -> None:
    """Post a large file as a whole; if it is refused it waits for review again."""
    file = _wanted(task)
    if not task.tell(0, 0, "posting"):
        imports.give_up(file=file, at=task.now())
        return
    try:
        imports.post_approved(file=file, at=task.now())
    except Refused as refused:
        imports.give_up(file=file, at=task.now())
        raise Trouble("refused", explain_numbered(refused)[0][:200]) from None


def _wanted(task: Task) -> BookFile:
    file = queries.load(int(task.subject))
    if file is None:
        raise Trouble("gone")
    return file


def _address(work: Work) -> str:
    file = queries.load(int(work.subject))
    return reverse("books:home") if file is None else file.get_absolute_url()


def _may(request: HttpRequest, work: Work) -> bool:
    file = queries.load(int(work.subject))
    reach = request.reach  # type: ignore[attr-defined]
    return file is not None and access.keeps(reach, file.book.organisation.path)


def _sees(request: HttpRequest, work: Work) -> bool:
    file = queries.load(int(work.subject))
    reach = request.reach  # type: ignore[attr-defined]
    return file is not None and access.reads(reach, file.book.organisation.path)
