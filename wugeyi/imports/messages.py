"""The sentences of findings: what was noticed, and what to do about it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.imports.models import BatchFinding
from wugeyi.imports.rules import Finding, Severity

MOST = 200
TONES = {Severity.ERROR: "urgent", Severity.WARNING: "warn", Severity.INFO: "info"}


class Sentence(NamedTuple):
    """What was noticed, and what to do (may be empty)."""

    said: str | Promise
    advice: str | Promise = ""


READING: dict[str, Sentence] = {
    "empty_file": Sentence(
        _("文件是空的。"), _("请确认选对了文件，表里要有表头和至少一行内容。")
    ),
    "only_header": Sentence(
        _("只有表头，没有内容。"), _("请把内容填在表头下面再上传。")
    ),
    "too_large": Sentence(
        _("文件有 %(value)s MB，网页最多收 %(other)s MB。"),
        _("请分成几个文件，或请管理员用命令行导入。"),
    ),
    "too_large_unpacked": Sentence(
        _("压缩文件解开后太大。"), _("请分成几个文件再上传。")
    ),
    "old_xls": Sentence(
        _("这是旧版 Excel(.xls)文件，读不了。"),
        _("请在 Excel 或 WPS 里打开，另存为 .xlsx 再上传。"),
    ),
    "password": Sentence(
        _("表格设了密码，读不了。"), _("请取消密码保护，另存一份再上传。")
    ),
    "not_a_table": Sentence(_("这不是表格文件。"), _("请上传 .xlsx 或 .csv 文件。")),
    "unknown_encoding": Sentence(
        _("认不出文件的文字编码。"), _("请另存为“CSV UTF-8”或 .xlsx 再上传。")
    ),
    "broken_quotes": Sentence(
        _("这一行的引号没有配对，后面的内容读不了。"), _("请改好引号再上传。")
    ),
    "no_such_sheet": Sentence(
        _("没有叫“%(value)s”的工作表。"), _("文件里有：%(other)s。")
    ),
    "sheet_read": Sentence(
        _("文件有 %(other)s 张工作表，读的是“%(value)s”。"),
        _("要读别的表，请把它移到最前面。"),
    ),
    "merged_header": Sentence(
        _("表头里有合并的单元格，可能认错列。"),
        _("请取消合并，让每一列有自己的表头。"),
    ),
    "title_skipped": Sentence(_("第一行“%(value)s”当作标题，没有导入。")),
    "empty_rows": Sentence(_("跳过了 %(value)s 个空行。")),
    "missing_column": Sentence(
        _("找不到“%(value)s”这一列。"), _("认得的表头有：%(other)s。")
    ),
    "formula": Sentence(
        _("“%(value)s”像公式，不能当作内容。"), _("请把它改成普通文字。")
    ),
    "already_imported": Sentence(
        _("同一个文件已经导入过（%(value)s）。"), _("再导入一次也不会改变什么。")
    ),
}


def explain(
    finding: Finding | BatchFinding, sentences: Mapping[str, Sentence] = READING
) -> tuple[str, str]:
    """Return the finding's sentence and advice in the reader's language."""
    sentence = sentences.get(finding.code) or READING.get(finding.code)
    if sentence is None:
        return finding.code, ""
    values = {
        "value": finding.value,
        "other": finding.other,
        "other_line": finding.other_line,
    }
    return str(sentence.said) % values, str(sentence.advice) % values


def explained(
    findings: Iterable[Finding], sentences: Mapping[str, Sentence] = READING
) -> list[dict[str, Any]]:
    """Return what a page shows of findings, the worst first, 200 at most.

    Each has its ``line``, what was ``said``, the ``advice`` and the ``tone``.
    """
    order = list(TONES)
    ranked = sorted(findings, key=lambda each: order.index(each.severity))
    shown = []
    for finding in ranked[:MOST]:
        said, advice = explain(finding, sentences)
        tone = TONES[finding.severity]
        shown.append(
            {"line": finding.line, "said": said, "advice": advice, "tone": tone}
        )
    return shown
