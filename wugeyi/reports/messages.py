"""The sentences of findings and of reasons: what was noticed, why a cell is as it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.reports import adapter
from wugeyi.reports.adapter import Finding
from wugeyi.reports.models import Cell, LayoutFinding
from wugeyi.ui import phrases

Sentence = tuple[str | Promise, str | Promise]

FINDINGS: dict[str, Sentence] = {
    "empty_file": (_("文件是空的。"), _("请确认选对了文件。")),
    "too_large": (
        _("文件有 %(value)s MB，最多 %(other)s MB。"),
        _("请删掉图片再上传。"),
    ),
    "too_large_unpacked": (
        _("压缩的内容解开后太大，没有打开。"),
        _("请在 Excel 或 WPS 里另存为 .xlsx 再上传。"),
    ),
    "password": (_("表格设了密码，读不了。"), _("请取消密码保护，另存一份再上传。")),
    "old_xls": (
        _("这是旧版 Excel(.xls)文件，读不了。"),
        _("请在 Excel 或 WPS 里打开，另存为 .xlsx 再上传。"),
    ),
    "macros": (
        _("表格带有宏，没有打开。"),
        _("请在 Excel 或 WPS 里另存为不带宏的 .xlsx 再上传。"),
    ),
    "not_a_workbook": (_("这不是能读的 .xlsx 表格。"), _("请上传 .xlsx 文件。")),
    "too_many_rows": (
        _("有内容的行超过 %(value)s 行：这是一份明细清单，不是要填的表。"),
        _("明细请用导入；报表请只传要填的那一张。"),
    ),
    "too_many_cells": (
        _("格子超过 %(value)s 个，没有读。"),
        _("请删掉多余的空行空列再上传。"),
    ),
    "too_many_columns": (_("超过 %(value)s 列，没有读。"), _("请只留要填的那一张。")),
    "too_many_sheets": (
        _("有 %(value)s 张能看见的工作表，最多 %(other)s 张。"),
        _("请只留要填的几张。"),
    ),
    "hidden_sheet": (
        _("工作表“%(value)s”是隐藏的，没有读，原样保留。"),
        _("要填它，请先取消隐藏。"),
    ),
    "long_name": (
        _("工作表名“%(value)s”超过 %(other)s 个字，有的软件打不开。"),
        _("请改短。"),
    ),
    "external_links": (
        _("表里有指向别的文件的链接，没有打开，原样保留。"),
        _("收表的人打开时可能会被问要不要更新。"),
    ),
    "merged_overlap": (
        _("合并的区域互相重叠。"),
        _("请在表格软件里取消合并、重新合并后再上传。"),
    ),
    "merged_over_value": (
        _("这一格有内容，却被合并区域 %(value)s 盖住了。"),
        _("内容会原样保留，但看不见；请核对表样。"),
    ),
    "circular": (
        _("公式绕了一圈，算不出来。"),
        _("这一格会原样保留；请告诉发表的单位改公式。"),
    ),
    "nothing_to_fill": (
        _("没有找到要填的空格。"),
        _("空格要有边框，旁边或上面要有文字。"),
    ),
}

REASONS: dict[str, str | Promise] = {
    "same_name": _("名称相同：“%(value)s”。"),
    "synonym": _("同义词：就是“%(value)s”。"),
    "other_order": _("词序不同，意思相同：“%(value)s”。"),
    "joined": _("行和列合起来就是“%(value)s”。"),
    "learned": _("以前有人确认过。"),
    "row_name": _("这一行的单位名称。"),
    "similar": _("看着像“%(value)s”，口径要您确认。"),
    "near_meaning": _("意思和“%(value)s”接近，口径要您确认。"),
    "several": _("有 %(value)s 个指标都叫这个名字。"),
    "other_words": _("还有没弄懂的字：“%(value)s”。"),
    "extra_words": _("括号里的“%(value)s”可能改变了口径。"),
    "heading": _("上面的标题“%(value)s”可能缩小了范围。"),
    "narrowing": _("“%(value)s”两个字可能缩小了范围。"),
    "not_same": _("看着像“%(value)s”，其实不是：%(other)s。"),
    "unit_differs": _("单位不同：表里是“%(value)s”，记录里是“%(other)s”。"),
    "two_units": _("写了两个单位：“%(value)s”和“%(other)s”。"),
    "no_unit": _("表里没写是元还是万元。"),
    "two_periods": _("写了两个时间：%(value)s。"),
    "unknown_place": _("“%(value)s”对不上下面的一个单位。"),
    "no_label": _("旁边和上面没有能看懂的文字。"),
    "nothing_like_it": _("系统里没有这项数。"),
    "no_record": _("有这个指标，但这段时间没有记录。没有记录不等于 0。"),
    "few": _("分母太小，不算百分比。"),
    "no_unit_for_line": _("下面没有这么多单位，这一行空着。"),
}


TITLES: dict[str, str | Promise] = {
    "@organisation": _("单位名称"),
    "@code": _("单位代码"),
    "@secretary": _("党支部书记姓名"),
    "@filler": _("填表人"),
    "@fill_date": _("填表日期"),
    "@period": _("所属时期"),
    adapter.ROW: _("这一行的单位"),
}


def title(code: str) -> str:
    """Return what stands behind a code, in the reader's language."""
    if code in TITLES:
        return str(TITLES[code])
    return adapter.name_of(code, english=phrases.is_english())


def explain(finding: Finding | LayoutFinding) -> tuple[str, str]:
    """Return a finding's sentence and advice in the reader's language."""
    sentence = FINDINGS.get(finding.code)
    if sentence is None:
        return finding.code, ""
    values = {"value": finding.value, "other": finding.other}
    return str(sentence[0]) % values, str(sentence[1]) % values


def reason(cell: Cell) -> str:
    """Return why a cell is as it is."""
    sentence = REASONS.get(cell.why)
    if sentence is None:
        return ""
    return str(sentence) % {"value": cell.why_value, "other": cell.why_other}
