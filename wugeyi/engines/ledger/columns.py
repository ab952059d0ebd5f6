"""Columns of the tables of a book: Chinese and English titles."""

VOUCHERS: dict[str, tuple[str, str]] = {
    "year": ("年度", "year"),
    "number": ("凭证号", "number"),
    "day": ("日期", "day"),
    "kind": ("种类", "kind"),
    "reverses": ("冲销", "reverses"),
    "attachments": ("附件", "attachments"),
    "summary": ("摘要", "summary"),
    "account": ("科目编码", "account"),
    "account_name": ("科目名称", "account_name"),
    "debit": ("借方", "debit"),
    "credit": ("贷方", "credit"),
}
NEEDED = ("number", "day", "account", "debit", "credit")

DIMENSIONS: dict[str, tuple[str, str]] = {
    "asset": ("资产", "asset"),
    "counterparty": ("往来单位", "counterparty"),
    "household": ("户", "household"),
    "member": ("成员", "member"),
    "project": ("项目", "project"),
}
OTHER_DIMENSION = "辅助:"
"""Begins the title of a dimension that is none of those."""

KINDS: dict[str, tuple[str, str]] = {
    "ordinary": ("记账", "ordinary"),
    "opening": ("期初", "opening"),
    "closing": ("结转", "closing"),
    "reversal": ("冲销", "reversal"),
}
ACCOUNTS: dict[str, tuple[str, str]] = {
    "code": ("科目编码", "code"),
    "name": ("科目名称", "name"),
}
MEMBERS: dict[str, tuple[str, str]] = {
    "member": ("成员", "member"),
    "household": ("户", "household"),
    "shares": ("份额", "shares"),
}
CARRIED: dict[str, tuple[str, str]] = {
    "old": ("原科目编码", "old"),
    "old_name": ("原科目名称", "old_name"),
    "balance": ("余额（借方为正）", "balance"),
    "choice": ("可选的新科目", "choice"),
    "warning": ("同一编码意思不同", "warning"),
    "remark": ("说明（未核对）", "remark"),
    "new": ("新科目编码", "new"),
    "confirmed": ("确认（填是）", "confirmed"),
}
