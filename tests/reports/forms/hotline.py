"""12345办理情况月报表: communities as rows, three rates, nested headers, a total."""

from tests.reports.forms.sheet import Laid

FIRST = {
    "title": "12345热线诉求办理情况月报表",
    "sub": "（2026年3月）",
    "unit": "社区名称",
    "received": "受理数",
    "closed": "办结数",
    "overdue": "超期数",
    "rates": "三率（%）",
    "response": "响应率",
    "solved": "解决率",
    "satisfied": "满意率",
    "calls": "来电总量",
    "group": "办理情况（件）",
}
AGAIN = FIRST | {
    "title": "接诉即办“三率”通报附表",
    "sub": "统计时间：2026年3月",
    "unit": "村（社区）",
    "received": "受理诉求件数",
    "closed": "办结件",
    "overdue": "超期件",
    "rates": "“三率”情况",
    "response": "响应率（%）",
    "solved": "解决率（%）",
    "satisfied": "满意率（%）",
    "calls": "接听电话量",
    "group": "诉求件",
}
CODES = {
    "received": "cases_received",
    "closed": "cases_closed",
    "overdue": "cases_overdue",
    "response": "response_rate",
    "solved": "resolution_rate",
    "satisfied": "satisfaction_rate",
    "calls": None,
}
UNITS = ["金桥社区", "银桥社区", "铜桥社区", "铁桥社区"]


def hotline(words: dict[str, str], *, again: bool = False) -> Laid:
    """The form; `again`: other words, columns in another order, no names printed."""
    laid = Laid("12345办理情况月报表" + ("（改）" if again else ""))
    laid.put("A1:I1", words["title"], style="title")
    laid.put("A2:I2", words["sub"], style="note")
    laid.put("A3:A5", "序号", style="head")
    laid.put("B3:B5", words["unit"], style="head")
    groups = [
        ("group", ["received", "closed", "overdue", "calls"]),
        ("rates", ["response", "solved", "satisfied"]),
    ]
    if again:
        groups = [(name, list(reversed(keys))) for name, keys in reversed(groups)]
    column = 3
    keys: dict[str, str] = {}
    for name, inner in groups:
        letters = [chr(64 + column + n) for n in range(len(inner))]
        laid.put(f"{letters[0]}3:{letters[-1]}3", words[name], style="head")
        for letter, key in zip(letters, inner, strict=True):
            laid.put(f"{letter}4", words[key], style="head")
            laid.put(f"{letter}5", ord(letter) - 66, style="head")
            keys[letter] = key
        column += len(inner)
    for number, unit in enumerate(UNITS, start=1):
        line = 5 + number
        laid.put(f"A{line}", number)
        if again:
            laid.blank(f"B{line}", ("@row", unit))
        else:
            laid.put(f"B{line}", unit)
        for letter, key in keys.items():
            code = CODES[key]
            laid.blank(f"{letter}{line}", None if code is None else (code, unit))
    laid.put("A10:B10", "合计")
    for letter, key in keys.items():
        if key in {"received", "closed", "overdue", "calls"}:
            laid.formula(f"{letter}10", f"=SUM({letter}6:{letter}9)")
        else:
            code = CODES[key]
            assert code is not None
            laid.blank(f"{letter}10", (code, "总"))
    laid.put(
        "A11:I11", "备注：三率为区间内回访数据，四舍五入保留一位小数。", style="note"
    )
    laid.widths(6, 14, 10, 10, 10, 10, 10, 10, 10)
    return laid
