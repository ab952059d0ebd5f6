"""What the acts, rows and fields of books are called in the audit."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "books.open": _("建账套"),
    "books.edit": _("更改账套"),
    "books.add_sub_account": _("加明细科目"),
    "books.add_item": _("加辅助项"),
    "books.rename_item": _("更正辅助项的名称"),
    "books.write_draft": _("填凭证"),
    "books.change_draft": _("改没记账的凭证"),
    "books.submit_draft": _("把凭证交复核"),
    "books.return_draft": _("退回凭证"),
    "books.drop_draft": _("作废没记账的凭证"),
    "books.ask_to_reverse": _("请复核人冲销凭证"),
    "books.add_paper": _("给凭证附单据"),
    "books.withdraw_paper": _("撤下附的单据"),
    "books.post": _("复核并记账"),
    "books.post_many": _("一次记多张凭证"),
    "books.ask_to_close": _("请复核人结账"),
    "books.ask_to_reopen": _("请复核人反结账"),
    "books.decline_closing": _("不同意结账或反结账"),
    "books.withdraw_closing": _("撤回结账或反结账的请求"),
    "books.close": _("结账"),
    "books.reopen": _("反结账"),
    "books.add_template": _("存凭证模板"),
    "books.change_template": _("改凭证模板"),
    "books.draw_up_disclosure": _("拟公开表"),
    "books.review_disclosure": _("民主理财小组审核公开表"),
    "books.publish_disclosure": _("公开账目"),
    "books.withdraw_disclosure": _("撤下公开表"),
}
SUBJECTS: dict[str, Promise] = {
    "books.book": _("账套"),
    "books.subaccount": _("明细科目"),
    "books.item": _("辅助项"),
    "books.draft": _("没记账的凭证"),
    "books.voucher": _("凭证"),
    "books.paper": _("凭证附的单据"),
    "books.closing": _("结账"),
    "books.closingrequest": _("结账的请求"),
    "books.template": _("凭证模板"),
    "books.head": _("链头"),
    "books.bookfile": _("导入的文件"),
    "books.bankline": _("银行收支"),
    "books.disclosure": _("公开表"),
}
FIELDS: dict[str, Promise] = {
    "keeper": _("谁的账"),
    "regime": _("会计制度"),
    "begins_on": _("从哪天起记账"),
    "rhythm": _("多久公开一次"),
    "large_fen": _("重大事项从多少分起"),
    "leaf": _("凭证指纹"),
    "reviewed_by": _("复核人"),
    "lines": _("分录行数"),
    "debit_fen": _("借方合计（分）"),
    "vouchers": _("几张凭证"),
    "first": _("第一张"),
    "last": _("最后一张"),
    "remark": _("复核意见"),
    "decision": _("依据的决定"),
    "draft": _("没记账的凭证"),
    "first_month": _("从哪个月"),
    "last_month": _("到哪个月"),
    "head": _("链头"),
    "reviewed_on": _("审核日期"),
}


def values() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield fields that tell of a row, each with the names of its codes."""
    from wugeyi.books.models import Keeper, Regime, Rhythm

    for field, choices in (("keeper", Keeper), ("regime", Regime), ("rhythm", Rhythm)):
        yield field, {each.value: each.label for each in choices}
