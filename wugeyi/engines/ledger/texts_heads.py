"""Sentences about heads."""

HEADS: dict[str, tuple[str, str]] = {
    "head-unreadable": (
        "“{value}”不是账套的校验码。校验码是账套编号、凭证张数和 64 位字符。",
        "“{value}” is no head. A head is a book's code, a number of vouchers and 64"
        " characters.",
    ),
    "head-foreign": (
        "第 {place} 张凭证 {mark} 不属于账套“{subject}”。",
        "Voucher {mark}, number {place} in order, is not of the book “{subject}”.",
    ),
    "head-voucher": (
        "账套“{subject}”在公布之后被改动：从第 {place} 张凭证（{mark}）起与公布时不同。",
        "The book “{subject}” was changed after its head was published: from voucher"
        " {mark}, number {place} in order, it differs.",
    ),
    "head-short": (
        "账套“{subject}”公布时有 {size} 张凭证，现在从第 {place} 张起没有了。",
        "The book “{subject}” had {size} vouchers when its head was published; from"
        " number {place} on they are missing.",
    ),
    "head-broken": (
        "账套“{subject}”在公布之后被改动：第 {place} 到第 {size} 张凭证里至少有一张与公布时不同。",
        "The book “{subject}” was changed after its head was published: at least one of"
        " the vouchers {place} to {size} in order differs.",
    ),
}
