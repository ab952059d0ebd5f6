"""村集体经济情况统计表: nested headers, merged stubs, 万元, totals rows."""

from tests.reports.forms.sheet import Laid, Truth

FIRST = {
    "title": "2025年度村集体经济情况统计表",
    "unit": "单位：万元",
    "now": "本年数",
    "before": "上年数",
    "own": "经营收入",
    "invest": "投资收益",
    "total": "经营性收入",
    "subsidy": "补助收入",
    "all": "集体年收入",
    "value": "综合产值",
    "debt": "负债总额",
    "talents": "“四乡”人才（名）",
    "villages": "村党组织数（个）",
}
AGAIN = FIRST | {
    "title": "村级集体经济收入摸底表（2025年）",
    "unit": "金额单位：元",
    "now": "2025年",
    "before": "2024年",
    "own": "1.经营收入",
    "invest": "2.投资收益",
    "total": "村集体经营性收入合计",
    "subsidy": "财政补助收入",
    "all": "村集体年收入",
    "value": "产业综合产值",
    "debt": "年末负债",
    "talents": "四乡人才数",
    "villages": "村级党组织（个）",
}


def village(words: dict[str, str], *, again: bool = False) -> Laid:
    """The form; `again`: other words, columns and rows in another order."""
    laid = Laid("村集体经济情况统计表" + ("（改）" if again else ""))
    laid.put("A1:F1", words["title"], style="title")
    laid.put("A2:C2", "填报单位：", style="note")
    laid.put("D2:F2", words["unit"], style="note")
    laid.put("A3:C4", "项目", style="head")
    laid.put("D3:E3", "金额", style="head")
    laid.put("F3:F4", "备注", style="head")
    order = ("before", "now") if again else ("now", "before")
    laid.put("D4", words[order[0]], style="head")
    laid.put("E4", words[order[1]], style="head")
    periods = {"now": "this", "before": "last"}
    rows: list[tuple[str, Truth]] = [
        ("own", ("operating_income", "")),
        ("invest", ("investment_income", "")),
        ("subsidy", ("subsidy_income", "")),
    ]
    if again:
        rows = [rows[2], rows[0], rows[1]]
    laid.put("A5:A7", "一、收入", style="label")
    for line, (key, truth) in enumerate(rows, start=5):
        laid.put(f"B{line}:C{line}", words[key])
        for column, when in zip("DE", order, strict=True):
            assert truth is not None
            laid.blank(f"{column}{line}", (truth[0], periods[when]), "#,##0.00")
        laid.blank(f"F{line}", None)
    laid.put("A8:C8", "小计", style="label")
    laid.formula("D8", "=SUM(D5:D7)", "#,##0.00")
    laid.formula("E8", "=SUM(E5:E7)", "#,##0.00")
    laid.blank("F8", None)
    tail: list[tuple[str, Truth]] = [
        ("total", ("collective_income", "")),
        ("all", ("collective_total", "")),
        ("value", ("output_value", "")),
        ("debt", None),
    ]
    if again:
        tail.reverse()
    for line, (key, truth) in enumerate(tail, start=9):
        laid.put(f"A{line}:C{line}", words[key])
        for column, when in zip("DE", order, strict=True):
            laid.blank(
                f"{column}{line}",
                None if truth is None else (truth[0], periods[when]),
                "#,##0.00",
            )
        laid.blank(f"F{line}", None)
    laid.put("A13:C13", words["talents"])
    laid.blank("D13", ("talents", periods[order[0]]), "0")
    laid.blank("E13", ("talents", periods[order[1]]), "0")
    laid.blank("F13", None)
    laid.put("A14:C14", words["villages"])
    laid.blank("D14", None, "0")
    laid.blank("E14", None, "0")
    laid.blank("F14", None)
    laid.put(
        "A15:F15",
        "注：1.经营性收入＝经营收入＋投资收益，不含各级财政补助；2.产值不是收入，不得相加。",
        style="note",
    )
    laid.put("A16:F16", "单位负责人：      填表人：      填表日期：", style="note")
    laid.widths(8, 14, 14, 14, 14, 16)
    return laid
