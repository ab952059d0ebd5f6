"""Sentences about changing over to the system of 2023."""

TRANSITION: dict[str, tuple[str, str]] = {
    "transition-regime": (
        "账套“{subject}”不是按 2004 年制度记的，不需要衔接。",
        "The book “{subject}” is not kept by the system of 2004; it needs no change.",
    ),
    "transition-unclosed": (
        "科目 {code} {subject} 还有余额 {amount_fen}，请先把本年收益结转完再衔接。",
        "{code} {subject} still has a balance of {amount_fen}. Carry the year's income"
        " over before changing to the new system.",
    ),
    "transition-unconfirmed": (
        "科目 {subject} 这一行还没有人确认。对照表没有和衔接规定原文核对过，要一行一行确认。",
        "Nobody has confirmed the row of {subject}. The table was not compared with the"
        " rules of transition, so a person confirms each row.",
    ),
    "transition-target": (
        "科目 {subject} 这一行的新科目“{code}”不在 2023 年制度的资产、负债、权益和成本科目里。",
        "In the row of {subject}, “{code}” is no account of assets, liabilities, equity"
        " or cost in the system of 2023.",
    ),
    "transition-differs": (
        "科目 {subject} {about} 原账余额 {kept_fen}，表里各行合计 {told_fen}。",
        "{subject} {about}: the old book has {kept_fen}, the rows come to {told_fen}.",
    ),
}
