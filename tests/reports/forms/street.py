"""街道服务群众工作季报: held out. Laid out before the matcher was written, not tuned on.

Sections as full-width bands, two pairs of label and value a row, a cross table by
quarter, and words that look like others but mean something else.
"""

from tests.reports.forms.sheet import Laid, Truth

FIRST = {
    "title": "街道服务群众工作情况季报",
    "name": "街道名称",
    "received": "群众诉求受理件数",
    "closed": "已办结诉求件数",
    "visits": "窗口接待人次",
    "once": "一次办结率（%）",
    "income": "村集体经营性收入（万元）",
    "sales": "农产品销售额（万元）",
    "suggestions": "支部提出的意见建议条数",
    "residents": "居民提出的意见建议条数",
    "talents": "返乡人才数",
    "posts": "党员先锋岗",
    "satisfied": "满意率",
    "survey": "群众满意度测评得分",
}
AGAIN = FIRST | {
    "title": "2026年一季度基层服务情况统计",
    "name": "填报单位",
    "received": "受理诉求数",
    "closed": "办结诉求数",
    "visits": "一站式窗口办事人次",
    "once": "一次性办结率",
    "income": "集体经营性收入",
    "sales": "农副产品产值",
    "suggestions": "支部意见建议数",
    "residents": "群众意见建议数",
    "talents": "四乡人才（名）",
    "posts": "设立先锋岗（个）",
    "satisfied": "诉求满意率（%）",
    "survey": "民意调查满意率（%）",
}
PAIRS: list[tuple[str, Truth]] = [
    ("visits", ("visits", "this")),
    ("once", ("first_visit_rate", "this")),
    ("suggestions", ("suggestions_made", "this")),
    ("residents", None),
    ("talents", ("talents", "this")),
    ("posts", ("vanguard_posts", "this")),
    ("satisfied", ("satisfaction_rate", "this")),
    ("survey", None),
]
CROSS: list[tuple[str, Truth]] = [
    ("received", ("cases_received", "")),
    ("closed", ("cases_closed", "")),
    ("income", ("collective_income", "")),
    ("sales", None),
]


def street(words: dict[str, str], *, again: bool = False) -> Laid:
    """The form; `again`: other words, rows in another order."""
    laid = Laid("街道服务群众工作季报" + ("（改）" if again else ""))
    laid.put("A1:F1", words["title"], style="title")
    if not again:
        laid.put("A2:F2", "（2026年第1季度）", style="note")
    laid.put("A3:B3", words["name"])
    laid.blank("C3:F3", ("@organisation", ""))
    laid.put("A4:F4", "一、服务情况", style="head")
    pairs = list(reversed(PAIRS)) if again else PAIRS
    for number, (key, truth) in enumerate(pairs):
        line = 5 + number // 2
        where, blank = (
            (f"A{line}:B{line}", f"C{line}")
            if number % 2 == 0
            else (f"D{line}:E{line}", f"F{line}")
        )
        laid.put(where, words[key])
        laid.blank(blank, truth)
    laid.put("A9:F9", "二、办理与收入", style="head")
    laid.put("A10:B10", "指标名称", style="head")
    laid.put("C10", "本季度", style="head")
    laid.put("D10", "上季度", style="head")
    laid.put("E10", "上年同期", style="head")
    laid.put("F10", "同比增减（%）", style="head")
    rows = list(reversed(CROSS)) if again else CROSS
    for line, (key, truth) in enumerate(rows, start=11):
        laid.put(f"A{line}:B{line}", words[key])
        for column, when in (("C", "this"), ("D", "previous"), ("E", "same")):
            laid.blank(f"{column}{line}", None if truth is None else (truth[0], when))
        laid.formula(f"F{line}", f'=IF(E{line}=0,"",(C{line}-E{line})/E{line}*100)')
    laid.put("A15:F15", "审核人：　　　　　填表人：　　　　　填表时间：", style="note")
    laid.widths(12, 14, 14, 14, 14, 16)
    return laid
