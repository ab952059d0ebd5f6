"""Why an act was refused, in a sentence that says what to do."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.ui.templatetags.ui import day

SENTENCES: dict[Why, Promise] = {
    Why.CHANGED: _(
        "您打开这一页以后，这里有了新的变化。您写的内容都还在，"
        "请看一下现在的情况，再提交一次。"
    ),
    Why.NOT_NOW: _("现在的状态不能走这一步。请看一下它现在的状态。"),
    Why.BAD_VALUE: _("有的内容空着，或者不合适。请看看每一项再提交。"),
    Why.TAKEN: _("这个代码已经有了。请换一个。"),
    Why.ENDED: _("它已经不再共享了。请看看别的。"),
    Why.BACKWARDS: _("结束要在开始以后。请重新选时间。"),
    Why.PAST: _("这个时间已经过了。请选以后的时间。"),
    Why.TOO_FAR: _("太远了，最多提前 %(days)s 天约。请选近一些的日子。"),
    Why.TOO_LONG: _("一次约得太久了。请约短一些，或者分几次约。"),
    Why.CLOSED: _("这个时间不开放。请对照开放时间重新选。"),
    Why.FULL: _("这个时间刚好被约走了，或者剩下的不够。请换个时间，或者少约几件。"),
    Why.TOO_EARLY: _("还没有到时候，现在不能记。"),
    Why.NOT_FOR: _("这一项只给“%(who)s”约。请选合适的身份，或者看看别的。"),
    Why.HELD: _("要减掉的那几件已经约到 %(day)s。请等用完再减。"),
}


def explain(refusal: Refused) -> str:
    """Return the sentence for a refusal in the reader's language."""
    sentence = str(SENTENCES[refusal.why])
    told = {name: _shown(value) for name, value in refusal.values.items()}
    return sentence % told if told else sentence


def _shown(value: object) -> object:
    return day(value) if isinstance(value, date) else value
