"""Why an act was refused, in a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.rules.closing import REOPEN_WITHIN, TRIES_NEEDED, TRY_DAYS_NEEDED
from wugeyi.casework.rules.refusals import Why

SENTENCES: dict[Why, Promise] = {
    Why.CHANGED: _(
        "您打开这一页以后，这件诉求有了新的变化。您写的内容都还在，"
        "请看一下现在的情况，再决定是否提交。"
    ),
    Why.NOT_NOW: _("这件诉求现在的状态不能做这一步。请看一下它走到哪里了。"),
    Why.SAME_HANDLER: _("它已经在这个单位手里。请选另一个单位。"),
    Why.DECIDED_BEFORE: _(
        "上一级已经裁定由本单位办理，同一次派单不能再退回。有困难可以请其他单位协办。"
    ),
    Why.ALREADY_PAUSED: _("计时已经暂停，不用再暂停一次。"),
    Why.NOT_PAUSED: _("计时没有暂停，不用恢复。"),
    Why.OWN_CHECK: _("答复的人不能核查自己的答复。请换一位同事到现场核查。"),
    Why.CHECK_NEEDS_TEXT: _("现场核查要写明看到了什么。"),
    Why.TOO_FEW_TRIES: _(
        "还不能按“未联系上”办结：至少要在不同的 %(days)s 天里联系 %(tries)s 次，"
        "每一次都要记下来。"
    ),
    Why.ITSELF: _("不能把一件诉求合并到它自己。"),
    Why.TARGET_ENDED: _("要合并进去的那一件已经办结或已被合并。请选一件还在办的。"),
    Why.TARGET_CHAIN: _(
        "有别的诉求合并在这一件里，不能再把它并走。请把那几件分别合并过去。"
    ),
    Why.NOT_MERGED: _("这件诉求没有合并到别处，不用撤销。"),
    Why.WAITING_EXCLUSION: _("已经有一份剔除申请在等审批，不用再申请。"),
    Why.ALREADY_EXCLUDED: _("这件诉求已经不计入三率，不用再申请。"),
    Why.OWN_REQUEST: _("不能审批自己提出的申请。请换一位督办人员审批。"),
    Why.NEEDS_TEXT: _("请写明内容，不能只有空格。"),
    Why.TOO_LATE: _("已经办结超过 %(reopen)s 天，不能再重新办理。请登记一件新的诉求。"),
    Why.ERASED: _("诉求人已经删除了这项内容。"),
}
VALUES = {
    "days": TRY_DAYS_NEEDED,
    "tries": TRIES_NEEDED,
    "reopen": REOPEN_WITHIN.days,
}


def explain(why: Why) -> str:
    """Return the sentence for a refusal in the reader's language."""
    text = str(SENTENCES[why])
    return text % VALUES if "%(" in text else text
