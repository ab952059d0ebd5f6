"""Why an act was refused, in a sentence that says what to do."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.holdings.rules.refusals import Refused, Why
from wugeyi.projects.templatetags.projects import yuan
from wugeyi.ui.templatetags.ui import day

SENTENCES: dict[Why, Promise] = {
    Why.CHANGED: _(
        "您打开这一页以后，这里有了新的变化。您写的内容都还在，"
        "请看一下现在的情况，再提交一次。"
    ),
    Why.NOT_YOURS: _("这一条不属于这个账套。请重新选。"),
    Why.TAKEN: _("“%(code)s”已经有了。请换一个，或者核对是不是登记过了。"),
    Why.NOT_NOW: _("现在的状态不能走这一步。请看一下它现在的状态。"),
    Why.ENDED: _("它已经结束、处置或撤回了，不能再改。"),
    Why.NEEDS_REASON: _("请写明内容和原因，不能空着。"),
    Why.BAD_DAYS: _(
        "日期的先后不对：结束不能早于开始，改动不能早于上一次，也不能落在一期的中间。"
    ),
    Why.NEGATIVE: _("数额不能是负数；应当有数的地方不能是 0。"),
    Why.NO_VALUE: _("资源只记面积，不记价值。请把金额空着。"),
    Why.NEEDS_AREA: _("请填资源的面积，单位是亩。"),
    Why.NO_WEAR: _("这一类资产不提折旧。请把折旧月数空着。"),
    Why.SALVAGE: _("残值、已提折旧和专项资金不能比原值多。请核对金额。"),
    Why.TOO_LATE: _("那个月或者更晚的月份已经提过折旧，改动要从还没有提的月份开始。"),
    Why.MONTH_DONE: _("%(month)s 的折旧已经提过了，不能提两次。"),
    Why.MONTH_ORDER: _("比 %(month)s 更晚的月份已经提过了；漏掉的会并到下一次里。"),
    Why.NOTHING_TO_CHARGE: _("%(month)s 没有要做的。"),
    Why.NO_FUND: _("卡片上没有记专项资金。请先在卡片上填“其中专项资金”。"),
    Why.FUND_BOOKED: _("这笔专项资金已经做过凭证。"),
    Why.REGIME: _(
        "这个账套按 2004 年的旧制度记账，同一个科目代码意思不同，"
        "不能自动做凭证。请由会计手工填写。"
    ),
    Why.NOT_WRITTEN: _(
        "对外投资、转让、发包、租赁都要签书面合同"
        "（《农村集体经济组织财务制度》第二十三条）。签好以后再登记。"
    ),
    Why.NOT_VALUED: _(
        "不是用钱出资的，要先评估（《农村集体经济组织财务制度》第二十一条）。"
        "请填评估价、谁评估的和评估日期。"
    ),
    Why.GUARANTEE: _(
        "不能记：农村集体经济组织不得以集体财产为他人提供担保"
        "（《农村集体经济组织法》第三十五条、财务制度第二十三条）。"
        "如果只是支部或村里答应帮忙，请选“承诺”，它不入账。"
    ),
    Why.TOO_MANY_DUES: _("这样会有 %(most)s 期以上。请核对日期，或者改成每年一次。"),
    Why.DUES_BOOKED: _(
        "%(day)s 到期的一期已经有凭证或草稿。请先处理它，或者从更晚的一期开始改。"
    ),
    Why.SETTLED: _("这一期已经收齐（付清）了。"),
    Why.NO_PAYMENT: _("这张凭证没有收到（付出）现金或银行存款，对不上这一期。"),
    Why.OVER_VOUCHER: _("这张凭证只剩 %(left)s 元可以对。请核对金额。"),
    Why.DRAFT_WAITS: _("还有它的凭证或草稿。请先把草稿作废，或者冲销凭证。"),
    Why.SHARES_LEFT: _("还有份额没有处理。请先改份额。"),
    Why.NO_MEMBERS: _("这一户那一天没有人有份额，发不了证书。请先登记份额。"),
    Why.ERASED: _("姓名已经删除，不能再改。"),
    Why.STILL_MEMBER: _("还是成员，姓名要留着。不再是成员以后才能删除。"),
    Why.GENERAL_PARTNER: _(
        "不能记：农村集体经济组织不得加入合伙企业成为普通合伙人"
        "（《农村集体经济组织法》第三十五条第七项），只能以出资额为限担责（第六条）。"
    ),
    Why.NO_PAID_IN: _("到那一天还没有人实缴出资，分不了。请先登记实缴。"),
    Why.OVER_SUBSCRIBED: _("实缴不能超过认缴。请核对金额，或者先改认缴。"),
    Why.NO_COLLECTIVE: _("村集体请选它的账套；别的出资方请写名称，不选账套。"),
    Why.OF_YEAR: _("%(year)s 年已经有一个方案。要重新测算，请先把它作废。"),
    Why.NOT_KEPT: _("剩下的账套不由您记账，请它们的会计来做这一步。"),
    Why.LOSSES: _(
        "不能分配：还有没有弥补的亏损（财务制度第二十八条：先弥补以前年度亏损）。%(text)s"
    ),
    Why.ENGINE: _("按账上的数算不成：%(text)s"),
    Why.NO_NOTICE: _("还没有公示。请先公示方案，再开成员大会。"),
    Why.NOTICE_SHORT: _(
        "方案 %(day)s 开始公示，大会 %(held)s 就开了，不到十日"
        "（《农村集体经济组织法》第四十六条）。请核对日期，或者重新表决。"
    ),
    Why.NOT_DECIDED: _(
        "这个决策还没有由集体经济组织成员（代表）大会按规定表决通过收益分配方案"
        "（全体的三分之二以上同意）。请到这个决策的页面补齐程序。"
    ),
    Why.OTHER_BOOK: _("这个决策是别的单位的。请选本村的。"),
}
ARTICLES = {
    18: _(
        "不能记：不得因就学、服役、务工、经商、离婚、丧偶、服刑等原因"
        "丧失成员身份（《农村集体经济组织法》第十八条）。"
    ),
    8: _("不能记：妇女的成员权益不得以婚姻状况侵害（《农村集体经济组织法》第八条）。"),
}


def explain(refusal: Refused) -> str:
    """Return the sentence for a refusal in the reader's language."""
    if refusal.why is Why.ARTICLE:
        return str(ARTICLES[int(str(refusal.values["article"]))])
    sentence = str(SENTENCES[refusal.why])
    told = {name: _shown(value) for name, value in refusal.values.items()}
    if "left_fen" in told:
        told["left"] = yuan(int(str(told["left_fen"])))
    return sentence % told if told else sentence


def _shown(value: object) -> object:
    return day(value) if isinstance(value, date) else value
