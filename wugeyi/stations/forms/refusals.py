"""Why an act was refused, in a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.stations.rules.refusals import Refused, Why

SENTENCES: dict[Why, Promise] = {
    Why.CHANGED: _(
        "您打开这一页以后，有人改过它。您写的内容都还在，请看一下现在的情况，再提交一次。"
    ),
    Why.ENDED: _("这个驿站已经撤了，不能再改。"),
    Why.BAD_VALUE: _("有一项写得不对，请核对后再试。"),
    Why.BAD_DAYS: _("日期不对，请核对。"),
    Why.IN_WORK: _("“%(item)s”报了坏，诉求还在办。诉求确认解决以后，这里会自动恢复。"),
    Why.CODE_TAKEN: _("编号“%(code)s”已经用了，请换一个，或空着让系统编。"),
    Why.TWIN: _("附近已经有“%(name)s”。"),
    Why.FULL: _("一下子点得太多了，请过一会儿再来。"),
}
ABOUT: dict[tuple[Why, str], Promise] = {
    (Why.BAD_VALUE, "text"): _("请选是什么坏了；不在里面的，写一句话。"),
    (Why.BAD_VALUE, "item"): _("这一项不会坏，请选别的。"),
    (Why.BAD_VALUE, "why"): _("请写原因，骑手会看到。"),
    (Why.BAD_VALUE, "closed"): _("那一天它本来就关着。"),
    (Why.BAD_VALUE, "open"): _("它现在开着，不用再开。"),
    (Why.BAD_VALUE, "written"): _("今天的人次已经写了总数，不再点数。"),
    (Why.BAD_VALUE, "none"): _("这个钟头还没有数，减不了。"),
    (Why.BAD_VALUE, "many"): _("一天最多记 20000 人次，请核对。"),
    (Why.BAD_DAYS, "until"): _("“关到哪天”不能比“从哪天起”还早。"),
    (Why.BAD_DAYS, "future"): _("这里记的是已经发生的事，日期不能在以后。"),
    (Why.BAD_DAYS, "before"): _("撤站不能早于启用的日子。请核对。"),
    (Why.BAD_DAYS, "days"): _("过去的日子不能再改成休息。"),
    (Why.BAD_DAYS, "on"): _("%(day)s 已经记过别的情况，请写那一天或以后。"),
    (Why.BAD_DAYS, "opens_on"): _("启用日期最多写到一年以后。"),
}


def explain(refused: Refused) -> str:
    """Return the sentence for a refusal in the reader's language."""
    field = str(refused.values.get("field", ""))
    sentence = str(ABOUT.get((refused.why, field)) or SENTENCES[refused.why])
    return sentence % refused.values if "%(" in sentence else sentence
