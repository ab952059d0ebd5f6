"""党支部建设情况统计表: label and value side by side, sections, notes, a totals row."""

from tests.reports.forms.sheet import Laid, Truth

FIRST = {
    "title": "公立医院党支部建设情况统计表",
    "name": "单位名称",
    "code": "统一代码",
    "secretary": "党支部书记姓名",
    "branches": "党支部数（个）",
    "backbone": "支书由业务骨干担任比例（%）",
    "trained": "支书外出培训（人次）",
    "promoted": "提拔支书（名）",
    "admitted": "发展党员（名）",
    "applied": "收到入党申请书（份）",
    "vanguard": "党员先锋岗（个）",
    "demonstration": "党员示范岗（个）",
    "decisions": "参与科室重大问题决策（次）",
    "suggestions": "提出意见建议（条）",
    "technology": "开展新技术（项）",
    "grants": "科研立项（项）",
    "now": "本年",
    "before": "上年",
}
AGAIN = FIRST | {
    "title": "医院基层党组织工作情况报表",
    "name": "填报单位名称",
    "code": "单位代码",
    "secretary": "书记姓名",
    "branches": "支部个数",
    "backbone": "业务骨干担任支部书记占比",
    "trained": "支部书记外出培训人次",
    "promoted": "支书提拔人数",
    "admitted": "发展党员数",
    "applied": "入党申请人数",
    "vanguard": "先锋岗数量",
    "demonstration": "示范岗数量",
    "decisions": "科室重大决策次数",
    "suggestions": "意见建议条数",
    "technology": "新技术项数",
    "grants": "立项项目数",
    "now": "本年度",
    "before": "上年度",
}
ROWS: list[tuple[str, str, Truth]] = [
    ("二、队伍建设", "backbone", ("secretaries_professional", "")),
    ("二、队伍建设", "trained", ("secretaries_trained", "")),
    ("二、队伍建设", "promoted", ("secretaries_promoted", "")),
    ("二、队伍建设", "admitted", ("members_admitted", "")),
    ("二、队伍建设", "applied", None),
    ("三、作用发挥", "vanguard", ("vanguard_posts", "")),
    ("三、作用发挥", "demonstration", ("demonstration_posts", "")),
    ("三、作用发挥", "decisions", ("decisions_joined", "")),
    ("三、作用发挥", "suggestions", ("suggestions_made", "")),
    ("三、作用发挥", "technology", ("new_technologies", "")),
    ("三、作用发挥", "grants", ("grants", "")),
]


def hospital(words: dict[str, str], *, again: bool = False) -> Laid:
    """The form; `again`: other words, rows and columns in another order."""
    laid = Laid("党支部建设情况统计表" + ("（改）" if again else ""))
    laid.put("A1:F1", words["title"], style="title")
    laid.put("A2:F2", "（2024年度）", style="note")
    laid.put("A3:A4", "一、基本情况", style="head")
    pairs: list[tuple[str, Truth]] = [
        ("name", ("@organisation", "")),
        ("code", ("@code", "")),
        ("secretary", ("@secretary", "")),
        ("branches", ("branches", "this")),
    ]
    if again:
        pairs.reverse()
    spots = [("B3", "C3"), ("D3", "E3:F3"), ("B4", "C4"), ("D4", "E4:F4")]
    for (key, truth), (where, blank) in zip(pairs, spots, strict=True):
        laid.put(where, words[key])
        laid.blank(blank, truth)
    laid.put("A5:C6", "指标", style="head")
    laid.put("D5:E5", "数量", style="head")
    laid.put("F5:F6", "说明", style="head")
    order = ("before", "now") if again else ("now", "before")
    laid.put("D6", words[order[0]], style="head")
    laid.put("E6", words[order[1]], style="head")
    periods = {"now": "this", "before": "last"}
    rows = list(reversed(ROWS)) if again else ROWS
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for line, (section, key, truth) in enumerate(rows, start=7):
        first.setdefault(section, line)
        last[section] = line
        laid.put(f"B{line}:C{line}", words[key])
        for column, when in zip("DE", order, strict=True):
            laid.blank(
                f"{column}{line}", None if truth is None else (truth[0], periods[when])
            )
        laid.blank(f"F{line}", None)
    for section, line in first.items():
        laid.put(f"A{line}:A{last[section]}", section, style="head")
    posts = [n for n, row in enumerate(rows, start=7) if row[1].endswith("tion")]
    base = 7 + len(rows)
    laid.put(f"A{base}:C{base}", "岗位合计")
    a = next(n for n, row in enumerate(rows, start=7) if row[1] == "vanguard")
    b = next(n for n, row in enumerate(rows, start=7) if row[1] == "demonstration")
    assert posts
    laid.formula(f"D{base}", f"=D{a}+D{b}")
    laid.formula(f"E{base}", f"=E{a}+E{b}")
    laid.blank(f"F{base}", None)
    laid.put(
        f"A{base + 1}:F{base + 1}",
        "说明：只填数，不填党员个人信息；比例的分母为临床医技科室支书总数。",
        style="note",
    )
    laid.put(f"A{base + 2}:F{base + 2}", "填报人：        联系电话：", style="note")
    laid.widths(12, 16, 14, 12, 12, 20)
    return laid
