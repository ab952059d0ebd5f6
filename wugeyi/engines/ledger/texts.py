"""The sentences of findings, Chinese and English, by code; ``{gaps}`` are values."""

from wugeyi.engines.ledger.texts_heads import HEADS
from wugeyi.engines.ledger.texts_transition import TRANSITION

REGIMES: dict[str, tuple[str, str]] = {
    "regime-missing": (
        "没有说明账套按哪一年的会计制度：请填写 2023（财会〔2023〕14 号）或 2004。同一编码在两套制"
        "度里意思不同，不能只凭编码判断。",
        "It is not said which accounting system the books follow: enter 2023 or 2004."
        " The same code means different things in the two, so it is never guessed.",
    ),
    "regime-unknown": (
        "不认识会计制度“{subject}”，只能是 2023 或 2004。",
        "There is no accounting system “{subject}”; it is 2023 or 2004.",
    ),
    "regime-names": (
        "{subject}：科目 {code} 在 {regime} 年制度里是“{name}”，填的是“{told}”；在 {other} 年制"
        "度里 {code} 是“{meaning}”。请核对账套用的是哪套制度。",
        "{subject}: account {code} is “{name}” in the system of {regime}, but “{told}”"
        " is written; in the system of {other} {code} is “{meaning}”. Check which"
        " system the books follow.",
    ),
    "account-other-regime": (
        "{subject}：{regime} 年制度里没有科目 {code}；它在 {other} 年制度里是“{meaning}”。",
        "{subject}: the system of {regime} has no account {code}; in that of {other} it"
        " is “{meaning}”.",
    ),
    "account-unknown": (
        "{subject}：没有科目 {code}。请从科目表里选。",
        "{subject}: there is no account {code}. Choose one of the chart.",
    ),
    "account-digits": (
        "{subject}：科目 {code} 的位数不对，一级 3 位，明细 5 位或 7 位。",
        "{subject}: the code {code} should have 3 digits, or 5 or 7 for sub-accounts.",
    ),
}

VOUCHERS: dict[str, tuple[str, str]] = {
    "voucher-empty": (
        "{subject}：凭证没有分录。",
        "{subject}: the voucher has no lines.",
    ),
    "voucher-unbalanced": (
        "{subject}：借贷不平，借方 {debit_fen}，贷方 {credit_fen}，相差 {gap_fen} 元。",
        "{subject}: debit {debit_fen} and credit {credit_fen} differ by {gap_fen} yuan.",
    ),
    "voucher-number": (
        "{subject}：凭证号应从 1 起。",
        "{subject}: numbers of vouchers start at 1.",
    ),
    "voucher-kind": (
        "{subject}：不认识凭证种类“{kind}”。",
        "{subject}: there is no kind of voucher “{kind}”.",
    ),
    "voucher-attachments": (
        "{subject}：附件张数不能是 {many}。",
        "{subject}: there cannot be {many} attachments.",
    ),
    "voucher-year": (
        "{subject}：日期 {day} 不在 {year} 年。",
        "{subject}: {day} is not in {year}.",
    ),
    "period-closed": (
        "{subject}：{month} 已结账（已结到 {closed}），不能再记。请记入未结账的月份，更正用冲销。",
        "{subject}: {month} is closed (all to {closed} is). Post into an open month;"
        " correct by a reversal.",
    ),
    "posting-both-sides": (
        "{subject}：第 {line} 行借贷两方都有数。请分成两行。",
        "{subject}: line {line} has amounts on both sides. Make two lines of it.",
    ),
    "posting-no-amount": (
        "{subject}：第 {line} 行没有金额。",
        "{subject}: line {line} has no amount.",
    ),
    "posting-negative": (
        "{subject}：第 {line} 行是负数 {amount_fen}。请把金额记到另一方；更正已记账的凭证用冲销。",
        "{subject}: line {line} is negative, {amount_fen}. Enter it on the other side;"
        " posted vouchers are corrected by a reversal.",
    ),
    "posting-not-fen": (
        "{subject}：第 {line} 行的金额不是整数分。",
        "{subject}: the amount of line {line} is no whole number of fen.",
    ),
    "summary-missing": (
        "{subject}：第 {line} 行没有摘要。",
        "{subject}: line {line} says nothing about what it is for.",
    ),
    "text-control": (
        "{subject}：第 {line} 行的文字里有换行或看不见的字符，请删去。",
        "{subject}: the text of line {line} has a line break or invisible characters;"
        " delete them.",
    ),
    "dimension-twice": (
        "{subject}：第 {line} 行的“{name}”写了两次。",
        "{subject}: line {line} has “{name}” twice.",
    ),
    "reversal-unnamed": (
        "{subject}：冲销凭证没有写明冲销哪一张。",
        "{subject}: this reversal does not say which voucher it reverses.",
    ),
    "reversal-kind": (
        "{subject}：写了冲销 {reversed}，凭证种类却不是冲销。",
        "{subject}: it names {reversed} as reversed, but is no reversal.",
    ),
}

BOOKS: dict[str, tuple[str, str]] = {
    "voucher-foreign": (
        "{subject}：这张凭证属于账套“{told}”，不属于“{book}”。",
        "{subject}: this voucher belongs to the book “{told}”, not “{book}”.",
    ),
    "number-gap": (
        "{subject}：凭证号不连续，前一张应是 {expected}。",
        "{subject}: numbers have a gap; {expected} was expected here.",
    ),
    "number-twice": (
        "{subject}：这个凭证号用了两次。",
        "{subject}: this number is used twice.",
    ),
    "voucher-same": (
        "{subject}：与 {other} 的日期、科目、金额和摘要完全相同，请看是否重复记账。",
        "{subject}: day, accounts, amounts and words are those of {other}; was it"
        " posted twice?",
    ),
    "opening-late": (
        "{subject}：期初余额应在所有其他凭证之前。",
        "{subject}: opening balances come before all other vouchers.",
    ),
    "reversal-of-nothing": (
        "{subject}：要冲销的 {reversed} 不在它之前的凭证里。",
        "{subject}: {reversed}, which it reverses, is not among the vouchers before it.",
    ),
    "reversal-of-reversal": (
        "{subject}：{reversed} 本身是冲销凭证，不能再冲销。请重新记一张。",
        "{subject}: {reversed} is a reversal itself. Post the voucher anew instead.",
    ),
    "reversed-twice": (
        "{subject}：{reversed} 已由 {other} 冲销过，一张凭证只能冲销一次。",
        "{subject}: {reversed} is reversed by {other} already; it may be only once.",
    ),
    "reversal-differs": (
        "{subject}：与所冲销的 {reversed} 不是逐行相反。",
        "{subject}: it does not mirror {reversed} line by line.",
    ),
    "reversal-early": (
        "{subject}：冲销日期早于 {reversed} 的日期。",
        "{subject}: it is dated before {reversed}, which it reverses.",
    ),
    "period-turned": (
        "期间的最后一天 {last} 早于第一天 {first}。",
        "The period ends ({last}) before it begins ({first}).",
    ),
    "period-none": (
        "没有说明要哪些期间。",
        "It is not said for which periods.",
    ),
    "balance-wrong-side": (
        "科目 {code} {name} 的余额 {amount_fen} 在相反一方，请核对。",
        "The balance of {code} {name}, {amount_fen}, is on the wrong side. Please check.",
    ),
    "balance-left": (
        "科目 {code} {name} 期末一般应无余额，现有 {amount_fen}。（此规则凭记忆，未核对原文）",
        "{code} {name} should have no balance left; it has {amount_fen}. (Recalled,"
        " not compared with the printed system.)",
    ),
}

REPORTS: dict[str, tuple[str, str]] = {
    "reopening-nothing": (
        "没有已结账的月份，不需要反结账。",
        "No month is closed, so none can be opened again.",
    ),
    "reopening-undecided": (
        "{subject} 反结账要写明谁、何时、为什么决定。",
        "To open {subject} again, tell who decided it, when and why.",
    ),
    "closing-order": (
        "{subject} 还不能结账：应先结 {expected}。",
        "{subject} cannot be closed yet: {expected} comes first.",
    ),
}

SHARING: dict[str, tuple[str, str]] = {
    "distribution-regime": (
        "{subject} 年制度的分配分录没有收录，请按原制度记账，或先衔接到 2023 年制度。",
        "The entries of distribution of the system of {subject} are not on file. Post"
        " them by that system, or change over to that of 2023 first.",
    ),
    "losses-remain": (
        "还有 {loss_fen} 元亏损没有弥补，不能分配（财农〔2021〕121 号第 28 条）。",
        "Losses of {loss_fen} yuan remain; nothing may be distributed (财农〔2021〕121 号,"
        " article 28).",
    ),
    "distribution-over": (
        "提取公积公益金后剩 {left_fen} 元，要分配的超出 {over_fen} 元。",
        "After the reserve {left_fen} yuan are left; {over_fen} yuan more than that are"
        " to be distributed.",
    ),
    "distribution-negative": (
        "分配的金额不能是负数。",
        "What is distributed cannot be negative.",
    ),
    "reserve-share": (
        "提取公积公益金的比例应在 0 到 1 之间。",
        "The reserve's share is from 0 to 1.",
    ),
    "reserve-short": (
        "用公积公益金弥补亏损 {told_fen} 元不行，最多 {most_fen} 元（不超过亏损，也不超过结存）。",
        "{told_fen} yuan of the reserve cannot make up losses; {most_fen} may, no more"
        " than the losses and no more than there is.",
    ),
    "shares-none": (
        "没有成员份额，无法向成员分配。",
        "There are no shares by which members could get anything.",
    ),
    "share-negative": (
        "成员“{subject}”的份额是负数。",
        "The share of member “{subject}” is negative.",
    ),
    "member-twice": (
        "成员“{subject}”出现了两次。",
        "Member “{subject}” is there twice.",
    ),
}

FILES: dict[str, tuple[str, str]] = {
    "book-code": (
        "{subject} 没有写账套编号 code。同名的村不少，不能只凭名称。",
        "{subject} has no code of the book. Names are not unique.",
    ),
    "batch-format": (
        "“{subject}”不是导出的成批账套，或是更新版本导出的。",
        "“{subject}” are no books exported in a batch, or by a later version.",
    ),
    "book-closed": (
        "{subject}：已结账月份应写成 2024-03，填的是“{value}”。",
        "{subject}: the closed month is written 2024-03; it is “{value}”.",
    ),
    "table-empty": ("“{subject}”是空的。", "“{subject}” is empty."),
    "table-damaged": (
        "“{subject}”读不了：{detail}。",
        "“{subject}” cannot be read: {detail}.",
    ),
    "table-encoding": (
        "“{subject}”不是文本表格。请另存为 CSV（UTF-8）。",
        "“{subject}” is no text. Save it as CSV (UTF-8).",
    ),
    "column-missing": (
        "“{subject}”缺少列“{title}”。",
        "“{subject}” lacks the column “{title}”.",
    ),
    "column-twice": (
        "“{subject}”有两列“{title}”。",
        "“{subject}” has two columns “{title}”.",
    ),
    "cell-empty": ("{subject}：“{title}”没有填。", "{subject}: “{title}” is empty."),
    "cell-amount": (
        "{subject}：“{title}”应是金额，填的是“{value}”。",
        "{subject}: “{title}” should be an amount; it is “{value}”.",
    ),
    "cell-decimals": (
        "{subject}：“{title}”最多两位小数，填的是“{value}”。",
        "{subject}: “{title}” has two decimals at most; it is “{value}”.",
    ),
    "cell-large": (
        "{subject}：“{title}”的数太大：“{value}”。",
        "{subject}: “{title}” is far too large: “{value}”.",
    ),
    "cell-day": (
        "{subject}：“{title}”应是日期，如 2024-03-05，填的是“{value}”。",
        "{subject}: “{title}” should be a day such as 2024-03-05; it is “{value}”.",
    ),
    "cell-number": (
        "{subject}：“{title}”应是数字，填的是“{value}”。",
        "{subject}: “{title}” should be a number; it is “{value}”.",
    ),
    "cell-kind": (
        "{subject}：“{title}”应是记账、期初、结转或冲销，填的是“{value}”。",
        "{subject}: “{title}” is ordinary, opening, closing or reversal; not “{value}”.",
    ),
    "rows-differ": (
        "{subject}：凭证 {mark} 各行的日期、种类、冲销或附件不一致。",
        "{subject}: rows of {mark} differ in day, kind, reversal or attachments.",
    ),
    "rows-scattered": (
        "{subject}：凭证 {mark} 的行没有放在一起，或同一凭证号用了两次。",
        "{subject}: the rows of {mark} are apart, or its number is used twice.",
    ),
    "account-name": (
        "{subject}：科目 {code} 是“{name}”，填的名称是“{told}”，按编码读取。",
        "{subject}: {code} is “{name}”, but “{told}” is written; the code was taken.",
    ),
}

TEXTS: dict[str, tuple[str, str]] = {
    **REGIMES,
    **VOUCHERS,
    **BOOKS,
    **REPORTS,
    **SHARING,
    **FILES,
    **HEADS,
    **TRANSITION,
}
