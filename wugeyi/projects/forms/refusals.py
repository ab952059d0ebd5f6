"""Why an act was refused, in a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.projects.rules.refusals import Why

SENTENCES: dict[Why, Promise] = {
    Why.CHANGED: _(
        "您打开这一页以后，这个项目有了新的变化。您写的内容都还在，"
        "请看一下现在的情况，再提交一次。"
    ),
    Why.NOT_NOW: _("项目现在的状态不能走这一步。请看一下它现在的状态。"),
    Why.NEEDS_REASON: _("请写明原因。停止、未成功、撤回和改期都要说为什么。"),
    Why.COLLECTIVE_GUARANTEE: _(
        "不能记：农村集体经济组织不得以集体财产为他人提供担保"
        "（《农村集体经济组织法》第三十五条、财务制度第二十三条）。"
        "如果只是支部或村里答应帮忙，请选“承诺（不是担保）”。"
    ),
    Why.WITHDRAWN: _("这一条已经撤回，不能再改。"),
    Why.ALREADY_DONE: _("这一步已经完成，不用改期。日期记错了，请改完成日期。"),
    Why.SAME_DAY: _("新的日期和原来一样。"),
    Why.NOTHING_MEASURED: _(
        "系统里还没有这段时间的记录，或者太少，算不出结果。"
        "请换一段时间，或者改用现场测量。"
    ),
    Why.NEEDS_TEXT: _("请写明内容，不能只有空格。"),
    Why.NOT_YOURS: _("这一条不属于这个项目。"),
    Why.NOT_NEGATIVE: _("出资不能是负数。"),
    Why.NOT_PREVIEWED: _("这个文件已经处理过了。"),
    Why.TAKEN: _("这个代码已经有了。请换一个。"),
}


def explain(why: Why) -> str:
    """Return the sentence for a refusal in the reader's language."""
    return str(SENTENCES[why])
