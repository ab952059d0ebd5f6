"""The sentences of what is found in files of books: what is wrong, and what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.imports.messages import Sentence, explain
from wugeyi.imports.models import BatchFinding
from wugeyi.imports.rules import Finding

FIELDS: dict[str, Promise] = {
    "day": _("日期"),
    "month": _("月"),
    "day_of_month": _("日"),
    "word": _("凭证字"),
    "number": _("凭证号"),
    "summary": _("摘要"),
    "account": _("科目编码"),
    "account_name": _("科目名称"),
    "sub_name": _("明细科目名称"),
    "debit": _("借方金额"),
    "credit": _("贷方金额"),
    "direction": _("方向（借或贷、收或支）"),
    "amount": _("金额（只有一列时）"),
    "papers": _("附件张数"),
    "kind": _("凭证种类"),
    "reverses": _("冲销的凭证"),
    "counterparty": _("往来单位或个人"),
    "project": _("项目"),
    "household": _("成员户"),
    "asset": _("资产或资源"),
    "items": _("辅助核算（几样写在一格）"),
    "out": _("支出（银行写的借方）"),
    "came": _("收入（银行写的贷方）"),
    "balance": _("余额"),
    "memo": _("摘要或用途"),
    "reference": _("流水号"),
}

CELLS: dict[str, Sentence] = {
    "cell_amount": Sentence(
        _("%(other)s“%(value)s”不是金额。"),
        _("请只写数字，如 1,234.50，不要写文字、万元或公式。"),
    ),
    "cell_decimals": Sentence(
        _("%(other)s“%(value)s”超过两位小数。"),
        _("账只记到分，请按原始单据改成两位小数。"),
    ),
    "cell_large": Sentence(
        _("%(other)s“%(value)s”大得不像真的。"), _("请核对是不是多写了几位。")
    ),
    "cell_day": Sentence(
        _("%(other)s“%(value)s”不是一个日期。"),
        _("请写成 2024-03-05 或 2024年3月5日。"),
    ),
    "cell_day_missing": Sentence(
        _("%(other)s“%(value)s”只写到月。"), _("请补上是哪一天。")
    ),
    "cell_year_missing": Sentence(
        _("%(other)s“%(value)s”没有写年份。"), _("请在下面“文件是哪一年的”里填年份。")
    ),
    "cell_number": Sentence(
        _("%(other)s“%(value)s”认不出是几号。"), _("请写成 记-12 或 12。")
    ),
    "cell_side": Sentence(_("%(other)s“%(value)s”看不懂。"), _("请写“借”或“贷”。")),
    "cell_whole": Sentence(_("%(other)s“%(value)s”不是张数。"), _("请只写整数。")),
    "columns_wanting": Sentence(
        _("还不知道哪一列是“%(value)s”。"),
        _("请在下面“哪一列是什么”里选好，再读一遍；表里没有就补一列再上传。"),
    ),
    "totals_skipped": Sentence(_("%(value)s 行合计没有当作分录。")),
    "no_amount": Sentence(_("这一行没有金额，没有读进来。"), _("请看是不是漏填了。")),
    "both_sides": Sentence(_("这一行借贷两方都有数。"), _("请分成两行。")),
    "side_missing": Sentence(_("有金额，没有写借还是贷。"), _("请补上方向。")),
    "future": Sentence(_("日期 %(value)s 还没有到。"), _("请核对日期。")),
}
ACCOUNTS: dict[str, Sentence] = {
    "regime_differs": Sentence(
        _("文件按 %(value)s 年的会计制度，这套账按 %(other)s 年的。"),
        _(
            "同一编码在两套制度里意思不同，不能直接导入。请先把文件衔接到这套账的制度；"
            "如果是选错了，请在下面改过来。"
        ),
    ),
    "regimes_mixed": Sentence(
        _("有 %(value)s 处的科目是另一套会计制度的。"),
        _("文件里混了两套制度，或整个文件是另一套制度的。请改成这套账的科目再上传。"),
    ),
    "account_missing": Sentence(_("没有科目。"), _("请补上科目编码或名称。")),
    "account_digits": Sentence(
        _("科目编码“%(value)s”的位数不对。"),
        _("一级 3 位，明细 5 位或 7 位。请改成这套账的编码，或只留科目名称。"),
    ),
    "account_unknown": Sentence(
        _("没有科目 %(value)s。"), _("请改成科目表里有的编码。")
    ),
    "account_other_regime": Sentence(
        _("这套账的制度里没有科目 %(value)s，另一套里有（%(other)s）。"),
        _("请改成这套账里意思相同的科目。"),
    ),
    "account_regime_name": Sentence(
        _("“%(value)s”是另一套制度的叫法（本账 / 另一套：%(other)s）。"),
        _("编码相同、意思不同。请改成这套账里意思相同的科目。"),
    ),
    "account_contradicts": Sentence(
        _("名称“%(value)s”和编码对不上：编码是 %(other)s。"),
        _("这个名称在这套账里是另一个科目。请核对后改编码或名称。"),
    ),
    "account_name": Sentence(
        _("名称写的是“%(value)s”，编码在这套账里是 %(other)s。"),
        _("按编码读。请核对是不是同一个科目。"),
    ),
    "account_code_only": Sentence(
        _("科目 %(value)s 只写了编码；它在两套制度里意思不同（%(other)s）。"),
        _("按这套账的制度读。请核对，最好让文件带上科目名称。"),
    ),
    "account_ambiguous": Sentence(
        _("叫“%(value)s”的科目有几个：%(other)s。"), _("请写上科目编码。")
    ),
    "account_other_name": Sentence(
        _("“%(value)s”是另一套制度的科目（%(other)s）。"),
        _("请改成这套账里意思相同的科目。"),
    ),
    "account_no_name": Sentence(
        _("没有叫“%(value)s”的科目。"), _("请改成科目表里的名称，或写上编码。")
    ),
    "sub_account_new": Sentence(
        _("这套账还没有明细科目 %(value)s %(other)s。"), _("确认时会一并加上。")
    ),
    "sub_account_unnamed": Sentence(
        _("这套账没有明细科目 %(value)s，文件里也没有写名称。"),
        _("请在文件里补上名称，或先在账套里加上它。"),
    ),
    "item_new": Sentence(
        _("“%(value)s”还没有登记，代码会是 %(other)s。"),
        _("确认时会一并加上；像个人名字的，公开时会遮住。"),
    ),
    "item_ambiguous": Sentence(
        _("叫“%(value)s”的有几个：%(other)s。"), _("请在文件里写代码。")
    ),
    "item_long": Sentence(_("“%(value)s”太长。"), _("请缩短到 80 个字以内。")),
    "items_unread": Sentence(
        _("辅助核算“%(value)s”没有读进来。"),
        _("写成“往来单位：某某；项目：某某”就能读。"),
    ),
}
VOUCHERS: dict[str, Sentence] = {
    "red_debit": Sentence(
        _("借方是红字 -%(value)s，记到贷方 %(value)s。"),
        _("余额不变，借贷两方的发生额都会多这一笔；要更正已记账的凭证，请用冲销。"),
    ),
    "red_credit": Sentence(
        _("贷方是红字 -%(value)s，记到借方 %(value)s。"),
        _("余额不变，借贷两方的发生额都会多这一笔；要更正已记账的凭证，请用冲销。"),
    ),
    "kind": Sentence(
        _("凭证种类“%(value)s”看不懂。"), _("可以写：记账、期初、结转、冲销。")
    ),
    "summary_cut": Sentence(
        _("摘要超过 %(other)s 个字，后面的没有读。"), _("要紧的话请先缩短。")
    ),
    "summary_missing": Sentence(
        _("这张凭证没有摘要。"), _("公开时村民看不出是什么事，请补上。")
    ),
    "number_missing": Sentence(
        _("这一行没有凭证号，也接不上前一张。"), _("请补上凭证号。")
    ),
    "day_none": Sentence(_("这张凭证没有日期。"), _("请补上日期。")),
    "days_differ": Sentence(
        _("同一张凭证有两个日期：%(value)s 和 %(other)s。"), _("请核对日期或凭证号。")
    ),
    "kinds_differ": Sentence(_("同一张凭证的种类前后不一样。"), _("请改成一样。")),
    "voucher_twice": Sentence(
        _("凭证 %(value)s 和第 %(other_line)s 行起的那张完全一样。"),
        _("文件可能接了两遍，请删去一张。"),
    ),
    "voucher_doubled": Sentence(
        _("凭证 %(value)s 的几行重复了一遍。"),
        _("请看是不是粘贴了两次；确实是两笔就不用改。"),
    ),
    "number_twice": Sentence(
        _("凭证号 %(value)s 用了两次，第 %(other_line)s 行起已有一张。"),
        _("请改其中一张的凭证号。"),
    ),
    "rows_scattered": Sentence(
        _("凭证 %(value)s 的行没有放在一起，和第 %(other_line)s 行起的并成一张。"),
        _("请看是不是同一张。"),
    ),
    "unbalanced": Sentence(
        _("凭证 %(value)s 借贷不平：%(other)s。"), _("请核对金额，或看是不是少了行。")
    ),
    "too_few_lines": Sentence(
        _("凭证 %(value)s 不到两行。"), _("一张凭证至少一借一贷，请补齐。")
    ),
    "too_many_lines": Sentence(
        _("凭证 %(value)s 超过 %(other)s 行。"), _("请分成几张。")
    ),
    "other_year": Sentence(
        _("日期 %(value)s 不在 %(other)s 年。"),
        _("请核对日期；文件有几年的账，就把“文件是哪一年的”空着。"),
    ),
    "odd_year": Sentence(
        _("日期 %(value)s 和文件里别的凭证不是同一年。"), _("请核对年份。")
    ),
    "before_books": Sentence(
        _("日期 %(value)s 在这套账开始（%(other)s）之前。"),
        _("以前的账请记成期初余额。"),
    ),
    "month_closed": Sentence(
        _("%(value)s 所在的月份已经结账（结到 %(other)s）。"),
        _("请改到没结账的月份，或先按规定反结账。"),
    ),
    "voucher_same": Sentence(
        _("凭证 %(value)s 和第 %(other_line)s 行的 %(other)s 日期、科目、金额都相同。"),
        _("请看是不是重复记了。"),
    ),
    "posted_left_out": Sentence(
        _("凭证 %(value)s 已经记过账，这次不再记。"),
        _("如果确实是另一笔，请去掉“已经记过的不再记”再读一遍。"),
    ),
    "posted_before": Sentence(
        _("凭证 %(value)s 和已记账的一张日期、科目、金额都相同。"),
        _("请看是不是重复，重复的请从文件里删去。"),
    ),
    "large_undecided": Sentence(
        _("凭证 %(value)s 是重大事项（从 %(other)s 元起），要写明依据的决定。"),
        _("请把它从文件里删去，在凭证页单独填，写上决定。"),
    ),
    "file_posted": Sentence(
        _("同一个文件 %(value)s 记过账。"),
        _("勾上“已经记过的不再记”，就只记还没有的。"),
    ),
    "nothing_new": Sentence(
        _("没有要记的凭证。"), _("都已经记过，或表里没有金额。这个文件可以放弃。")
    ),
    "reversal_as_lines": Sentence(
        _("冲销凭证 %(value)s 按它的分录记（原来冲销的是 %(other)s）。"),
        _("凭证号会重排，所以不再标明冲销哪一张。"),
    ),
}
OPENING: dict[str, Sentence] = {
    "opening_empty": Sentence(_("没有读到余额。"), _("请在借方或贷方一列填上余额。")),
    "opening_unbalanced": Sentence(
        _("借贷不平，相差 %(value)s（借 / 贷：%(other)s）。"),
        _("请核对每个科目的余额和方向，平了才能导入。"),
    ),
    "opening_income": Sentence(
        _("科目 %(value)s 是收入或支出，期初一般没有余额。"),
        _("请从年初开账；年中开账的，把本年收支记成凭证，或先转入本年收益。"),
    ),
    "opening_sum": Sentence(_("%(value)s 的余额是下面各行的合计，没有再算一次。")),
    "opening_sum_differs": Sentence(
        _("%(value)s 的余额和下面各行的合计不一样：%(other)s。"),
        _("请改成一样，或只留明细。"),
    ),
    "opening_twice": Sentence(
        _("科目 %(value)s 在第 %(other_line)s 行已经有余额。"), _("请合成一行。")
    ),
    "opening_there": Sentence(
        _("这套账已经记过期初余额。"),
        _("要改，请先冲销原来那张期初凭证。"),
    ),
    "opening_late": Sentence(
        _("这套账已经记了日常凭证，期初余额要在它们之前。"),
        _("请把差额记成一张说明清楚的日常凭证，或另开一套账。"),
    ),
}
BANK: dict[str, Sentence] = {
    "bank_too_many": Sentence(
        _("对账单有 %(value)s 行，一次最多 %(other)s 行。"), _("请按月分成几个文件。")
    ),
    "bank_empty": Sentence(_("没有读到一笔收支。"), _("请看列选得对不对。")),
    "bank_no_day": Sentence(_("这一行没有交易日期。"), _("请补上日期。")),
    "bank_side": Sentence(
        _("“%(value)s”看不出是收还是支。"), _("请写“收”或“支”，“贷”或“借”。")
    ),
    "bank_newest_first": Sentence(_("对账单最新的在前，已经按时间排好。")),
    "bank_balance": Sentence(
        _("余额接不上：从第 %(other_line)s 行算应是 %(other)s，写的是 %(value)s。"),
        _("可能少了几行，请到银行重新打一份完整的。"),
    ),
    "bank_gap": Sentence(
        _("这份对账单从 %(value)s 开始，上一份到 %(other)s 为止。"),
        _("中间可能缺了几天，请补上那几天的对账单。"),
    ),
    "bank_twice": Sentence(
        _("和第 %(other_line)s 行完全一样。"), _("请核对是不是印重了。")
    ),
    "bank_known": Sentence(_("%(value)s 的这一笔以前的对账单里有，不再收。")),
    "bank_nothing_new": Sentence(
        _("这些收支以前的对账单里都有。"), _("这个文件可以放弃。")
    ),
}
SENTENCES: dict[str, Sentence] = {**CELLS, **ACCOUNTS, **VOUCHERS, **OPENING, **BANK}


def told(
    finding: Finding | BatchFinding, fields: Mapping[str, Promise] = FIELDS
) -> tuple[str, str]:
    """Return a finding's sentence and advice; columns are named as on the page."""
    value, other = finding.value, finding.other
    if finding.code == "columns_wanting":
        value = " / ".join(str(fields[name]) for name in value.split("/"))
    elif finding.code.startswith("cell_"):
        other = str(fields.get(other, other))
    if (value, other) == (finding.value, finding.other):
        return explain(finding, SENTENCES)
    named = Finding(
        severity=finding.severity,  # type: ignore[arg-type]
        line=finding.line,
        code=finding.code,
        value=value,
        other=other,
        other_line=finding.other_line,
    )
    return explain(named, SENTENCES)
