"""Why an act on books was refused, in a sentence that says what to do."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.books.adapter.findings import BadVoucher, sentences
from wugeyi.books.forms.large import refused_words
from wugeyi.books.rules.refusals import Refused, Why

SENTENCES: dict[Why, Promise] = {
    Why.BAD_VOUCHER: gettext_lazy("这张凭证还不能记账，请按列出的改好。"),
    Why.GUARD: gettext_lazy("数据库没有收下，什么也没有写入。请核对后再试。"),
    Why.CHANGED: gettext_lazy(
        "您打开这一页以后，有人改过它。您写的内容都还在，请看一下现在的情况，再提交一次。"
    ),
    Why.CLOSED: gettext_lazy("这套账已经不再记了，只能查看。"),
    Why.SAME_PERSON: gettext_lazy(
        "制单和复核要是两个人。请让另一位有复核岗位的人来做。"
    ),
    Why.CODE_TAKEN: gettext_lazy("代码“%(code)s”已经用了，请换一个。"),
    Why.BAD_CODE: gettext_lazy("代码“%(code)s”不合规则，请按说明写。"),
    Why.BAD_DAY: gettext_lazy("日期不对，请核对。记账要从某个月的 1 日开始。"),
    Why.NEEDS_TEXT: gettext_lazy("请把理由或意见写上，不能只有空格。"),
    Why.NOT_NEXT: gettext_lazy("要按顺序结账，现在轮到 %(expected)s。请先结那个月。"),
    Why.NOTHING_CLOSED: gettext_lazy("还没有结过账的月份，没有什么可以反结账。"),
    Why.DRAFTS_OPEN: gettext_lazy(
        "还有 %(many)s 张凭证没有记账。请先复核记账，或作废，再结账。"
    ),
    Why.NO_VOUCHERS: gettext_lazy("还没有记过账，没有什么可以公布。"),
    Why.ALREADY_REVERSED: gettext_lazy("%(number)s 号凭证已经冲销过，不能再冲销一次。"),
    Why.NOT_WAITING: gettext_lazy("它现在不在等复核。请看一下它现在的情况。"),
    Why.NOT_DECIDED: gettext_lazy(
        "这是重大事项，要先有通过了的决定。请先走民主程序，再写上依据的决定。"
    ),
    Why.TWICE: gettext_lazy("这件事已经做过了，没有再做一遍。"),
    Why.TOO_MANY: gettext_lazy("一次太多了，请分成几次来。"),
    Why.TOO_LARGE: gettext_lazy("文件太大了，请分成几个，或让管理员用命令行导入。"),
    Why.UNREADABLE: gettext_lazy("这个文件读不了。请核对是不是选对了文件。"),
    Why.NOT_REVIEWED: gettext_lazy("公开以前，要先由民主理财小组审核。"),
    Why.STALE: gettext_lazy(
        "这张表拟好以后，这几个月又记了账。请撤下它重新拟，再请民主理财小组审核。"
    ),
    Why.NOT_CLOSED: gettext_lazy("还有月份没有结账。请先结账，再来做这一步。"),
}

# The words by which guards of the database refuse (migrations/guards).
WORDS: dict[str, Promise] = {
    "account": gettext_lazy(
        "这套账里没有科目 %(code)s。请从科目表里选，或先加这个明细科目。"
    ),
    "item": gettext_lazy("这套账里没有辅助项 %(code)s。请先加上它，再来填。"),
    "added-only": gettext_lazy("已经记账的不能改，也不能删。要更正，请用冲销。"),
    "begins-first": gettext_lazy(
        "记账要从某个月的 1 日开始，并且要说明用哪一套会计制度。"
    ),
    "closed": gettext_lazy("这个月已经结账，不能再记。请记到没有结账的月份。"),
    "closing-order": gettext_lazy(
        "结账要一个月接一个月，反结账只能从最后一个月开始。请刷新页面看一下现在结到了哪里。"
    ),
    "day": gettext_lazy("日期不对，请核对。"),
    "fixed": gettext_lazy("账套是谁的、用什么制度、从哪天起，定下来就不能改。"),
    "head": gettext_lazy("链头和已经记的账对不上，没有公布。请告诉管理员。"),
    "kind": gettext_lazy("凭证的种类不对，请核对。"),
    "leaf": gettext_lazy("凭证的指纹和内容对不上，没有记账。请告诉管理员。"),
    "mirror": gettext_lazy(
        "冲销要和原来那张凭证的每一行相反。请从原凭证上点“冲销”重新做。"
    ),
    "no-book": gettext_lazy("没有这套账。请刷新页面再试。"),
    "no-reason": gettext_lazy("反结账要写明理由。"),
    "not-carried": gettext_lazy(
        "结转凭证只能结转收益，不能动余额要留着的科目。请核对科目。"
    ),
    "not-this-draft": gettext_lazy(
        "凭证和填的内容对不上，没有记账。请重新填这张凭证。"
    ),
    "opening-late": gettext_lazy(
        "期初余额只能记在开始记账的那个月。请把日期改到那个月。"
    ),
    "posted": gettext_lazy("已经记账的不能再改。要更正，请用冲销。"),
    "number": gettext_lazy("凭证号不连续，没有记账。请再提交一次。"),
    "other-book": gettext_lazy("有一行属于另一套账，没有记账。请重新填这张凭证。"),
    "places": gettext_lazy("分录的行号不连续，没有记账。请重新填这张凭证。"),
    "position": gettext_lazy("有人同时在记账，这一次没有写入。请再提交一次。"),
    "reversal": gettext_lazy(
        "冲销的日期不能早于原凭证，冲销凭证本身也不能再冲销。请核对。"
    ),
    "same-person": gettext_lazy("制单和复核要是两个人。请让另一位有复核岗位的人来做。"),
    "sealed": gettext_lazy("已经记账的不能再加行。要更正，请用冲销。"),
    "sums": gettext_lazy("月份的合计和凭证对不上，没有结账。请再提交一次。"),
    "there-already": gettext_lazy("它已经在账里了，没有再写一遍。"),
    "too-few-lines": gettext_lazy("一张凭证至少要有两行：一借一贷。"),
    "unbalanced": gettext_lazy("借方和贷方不相等，没有记账。请核对金额。"),
    "vouchers": gettext_lazy("结账的时候有人记了账，这一次没有结。请再提交一次。"),
    "whole-fen": gettext_lazy("金额太大，或不是整数分。请核对金额。"),
    "year": gettext_lazy("日期不在凭证号的那一年，没有记账。请核对日期。"),
}


def explain(refused: Refused) -> str:
    """Return the sentence for a refusal in the reader's language."""
    return " ".join(explain_all(refused))


def explain_all(refused: Refused) -> list[str]:
    """Return the sentences for a refusal: for a voucher, one for each finding."""
    if isinstance(refused, BadVoucher) and refused.findings:
        named = [replace(each, subject=_("这张凭证")) for each in refused.findings]
        # The same may be wrong with several lines.
        return list(dict.fromkeys(sentences(named)))
    if refused.why is Why.NOT_DECIDED and "kind" in refused.values:
        return [*refused_words(refused), str(SENTENCES[refused.why])]
    if refused.why is Why.NOT_DECIDED and "reason" in refused.values:
        return refused_words(refused)
    word = str(refused.values.get("word", ""))
    if refused.why is Why.GUARD and word in WORDS:
        return [_filled(str(WORDS[word]), refused)]
    return [_filled(str(SENTENCES[refused.why]), refused)]


def explain_numbered(refused: Refused) -> list[str]:
    """Return the sentences for vouchers of a list, each with its own number."""
    if isinstance(refused, BadVoucher) and refused.findings:
        return list(dict.fromkeys(sentences(refused.findings)))
    return explain_all(refused)


def _filled(sentence: str, refused: Refused) -> str:
    if "%(" not in sentence:
        return sentence
    gaps = {"code": "", "many": "", "number": "", "expected": ""}
    return sentence % {**gaps, **refused.values}
