"""Why an act was refused, in a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wugeyi.volunteering.rules.refusals import Refused, Why

SENTENCES: dict[Why, Promise] = {
    Why.TAKEN: gettext_lazy("已经有人先接下了，谢谢您。看看别的吧。"),
    Why.NOT_OPEN: gettext_lazy("这一件已经结束或没有公布，请看看别的。"),
    Why.NOT_YOURS: gettext_lazy("这一件现在不在您手里，请回到列表看看。"),
    Why.NOT_NOW: gettext_lazy("它的情况已经变了，这一步现在做不了。请看看现在的情况。"),
    Why.TOO_MANY: gettext_lazy(
        "手里最多留 %(held)s 件，一天最多接 %(today)s 件。请先把手里的做完或退回。"
    ),
    Why.RECALLED: gettext_lazy("这一件社区已经收回，不能再接。看看别的吧。"),
    Why.NEEDS_NAME: gettext_lazy("请先在“我的信息”里写上称呼和电话，好让人联系您。"),
    Why.NEEDS_INSURANCE: gettext_lazy(
        "可能有人身危险的，要先买好人身意外保险：请写明保险公司，保到活动那天以后。"
    ),
    Why.PAST: gettext_lazy("这个时间已经过了，请换一个。"),
    Why.FUTURE: gettext_lazy("这个时间还没有到，请填已经过去的时间。"),
    Why.TOO_LONG: gettext_lazy("一次最多 24 小时。请分几次写。"),
    Why.BACKWARDS: gettext_lazy("结束要在开始之后。请核对时间。"),
    Why.OVERLAPS: gettext_lazy("这段时间和您记过的另一段重叠了。请核对时间。"),
    Why.MORE_THAN_SPAN: gettext_lazy("确认的不能多于本人写的 %(minutes)s 分钟。"),
    Why.OWN: gettext_lazy("自己的服务时间不能自己确认，请让同事来。"),
    Why.NOTHING: gettext_lazy("这段时间里没有确认过的服务时间，出不了证明。"),
    Why.CLOSED: gettext_lazy("这个队已经结束了。"),
    Why.OTHER_CONTENT: gettext_lazy(
        "这一份刚才用同一个编号送过别的内容。已经换了编号，请看一下，再送一次。"
    ),
    Why.UNSAFE: gettext_lazy("登高、危险或会损坏公物的不要自己清。"),
}


def explain(refused: Refused) -> str:
    """Return the sentence of a refusal."""
    return str(SENTENCES[refused.why]) % refused.values
