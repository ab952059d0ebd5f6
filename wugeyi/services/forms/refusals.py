"""Why an act was refused, in a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms import refusals as casework
from wugeyi.casework.rules.refusals import Refused
from wugeyi.services.rules.refusals import DeskRefused, Why

SENTENCES: dict[Why, Promise] = {
    Why.STILL_MISSING: _(
        "还有材料没带来，不能记成当场办好。请把带来的勾上，或改选别的结果。"
    ),
    Why.NOTHING_MISSING: _(
        "材料都齐了，不用再告知。请选“收下，后面接着办”或“当场办好”。"
    ),
    Why.ENDED: _("这件已经办好了。来取结果就选“问进度或取结果”；新的事请另外登记。"),
    Why.NOT_YOURS: _("这个号是别的窗口的。请在取号的窗口办。"),
    Why.GONE: _("这个号已经办过或离开了。请看一下现在的队伍。"),
}


def explain(refusal: DeskRefused | Refused) -> str:
    """Return the sentence for a refusal in the reader's language."""
    if isinstance(refusal, Refused):
        return casework.explain(refusal.why)
    return str(SENTENCES[refusal.why])
