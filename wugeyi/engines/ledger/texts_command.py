"""What the command says: Chinese and English."""

COMMAND: dict[str, tuple[str, str]] = {
    "about": (
        "村集体账套：检查、余额、报表、结账、分配、导出。",
        "The books of a village.",
    ),
    "folder-help": (
        "账套文件夹：book.toml、vouchers.csv，可有 accounts.csv、members.csv",
        "a book's folder: book.toml, vouchers.csv, perhaps accounts.csv, members.csv",
    ),
    "check-help": ("看有什么不对", "what is wrong with it"),
    "balance-help": ("科目余额表", "trial balance"),
    "statements-help": (
        "资产负债表、收益及收益分配表、权益变动",
        "balance sheet, income and distribution, changes in equity",
    ),
    "close-help": ("结一个月的账", "close a month"),
    "distribute-help": ("年终分配", "distribute a year's income"),
    "export-help": ("导出给其他程序", "give the book to another program"),
    "from-help": ("第一天，如 2024-01-01", "first day, such as 2024-01-01"),
    "until-help": ("最后一天", "last day"),
    "month-help": (
        "月份，如 2024-03；不写则是下一个",
        "such as 2024-03; else the next",
    ),
    "year-help": ("年度", "year"),
    "members-help": (
        "向成员分配的总额（元）；不写则全部分完",
        "what members get together, in yuan; all that is left if not told",
    ),
    "reserve-help": (
        "用公积公益金弥补亏损的数额（元）",
        "what of the reserve makes up losses, in yuan",
    ),
    "other-help": ("其他分配，如 奖励=500.00", "another part, such as award=500.00"),
    "as-help": ("格式", "format"),
    "out-help": ("结果写到这个文件夹", "write the book with it to this folder"),
    "is-error": ("错误", "error"),
    "is-warning": ("注意", "warning"),
    "is-note": ("说明", "note"),
    "no-file": ("文件“{file}”打不开：{detail}。", "Cannot open “{file}”: {detail}."),
    "sound": (
        "账套“{book}”：{vouchers} 张凭证，没有错误。校验码：",
        "The book “{book}”: {vouchers} vouchers, no errors. Its head:",
    ),
    "recalled": (
        "报表算式凭记忆录入，未与制度原文核对。",
        "Formulas of statements are recalled, not compared with the printed system.",
    ),
    "entries-recalled": (
        "分录和明细科目凭记忆录入，未与制度原文核对。",
        "Entries and sub-accounts are recalled, not compared with the printed system.",
    ),
    "charter-missing": (
        'book.toml 没有写章程规定的提取比例 reserve_share，如 reserve_share = "0.3"。',
        'book.toml lacks the charter\'s share for the reserve: reserve_share = "0.3".',
    ),
    "closed": (
        "已结 {month}，新增 {many} 张凭证。",
        "{month} is closed; {many} vouchers.",
    ),
    "bad-day": ("不是日期：{value}", "no day: {value}"),
    "titles-balance": (
        "科目\t名称\t期初\t借方\t贷方\t期末",
        "account\tname\topening\tdebit\tcredit\tclosing",
    ),
    "titles-members": (
        "成员\t户\t份额\t整分\t舍去\t补\t金额",
        "member\thousehold\tshares\twhole\trest\textra\tamount",
    ),
    "balance_sheet": ("资产负债表\t期末\t年初", "balance sheet\tend\tyear's beginning"),
    "income_statement": (
        "收益及收益分配表\t本期\t本年",
        "income and distribution\tperiod\tyear",
    ),
    "equity": (
        "权益变动（管理用）\t资本\t公积公益金\t未分配收益\t合计",
        "changes in equity (for management)\tcapital\treserve\tundistributed\ttotal",
    ),
    "losses": ("弥补亏损", "losses made up"),
    "reserve": ("提取公积公益金", "to the reserve"),
    "members": ("向成员分配", "to members"),
    "kept": ("未分配", "undistributed"),
    "total": ("合计", "total"),
}
