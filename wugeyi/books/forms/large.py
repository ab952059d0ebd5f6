"""Large matters in words: what is large, who decides it, what is still missing."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.books.queries.large import Judged
from wugeyi.books.rules.large import Kind, Large, Unfit, Who
from wugeyi.books.rules.refusals import Refused
from wugeyi.branchwork.wording import lack_words
from wugeyi.ui import phrases

KINDS: dict[Kind, Promise] = {
    Kind.EXPENSE: gettext_lazy("大额支出"),
    Kind.INVESTMENT: gettext_lazy("对外投资"),
    Kind.ASSET: gettext_lazy("购建资产"),
    Kind.LOAN: gettext_lazy("借款"),
    Kind.DISTRIBUTION: gettext_lazy("收益分配"),
}
WHO: dict[Who, Promise] = {
    Who.EITHER: gettext_lazy("四议两公开，或成员大会、成员代表大会"),
    Who.VILLAGE: gettext_lazy("四议两公开"),
    Who.COLLECTIVE: gettext_lazy("成员大会或成员代表大会"),
}
UNFIT: dict[Unfit, Promise] = {
    Unfit.NO_DECISION: gettext_lazy("还没有写上依据的决定。"),
    Unfit.OTHER_VILLAGE: gettext_lazy("写上的决定是别的单位的。"),
    Unfit.NOT_DECIDED: gettext_lazy("写上的决定还没有通过。"),
    Unfit.WRONG_BODY: gettext_lazy("写上的决定不是该定这件事的会定的。"),
    Unfit.WRONG_MATTER: gettext_lazy("写上的决定定的不是这类事项。"),
    Unfit.LATER: gettext_lazy("写上的决定是在这张凭证的日期以后才通过的。"),
}


def large_words(found: Large) -> str:
    """Say what is large and who decides it, with the article."""
    told = {
        "kind": KINDS[found.kind],
        "yuan": phrases.number(found.amount_fen // 100),
        "who": WHO[found.rule.who],
        "source": found.rule.source,
    }
    return (
        _("%(kind)s %(yuan)s 元到了重大事项的数额，由%(who)s决定（%(source)s）。")
        % told
    )


def refused_words(refused: Refused) -> list[str]:
    """Say what was large in an entry that was refused, and what stood against it."""
    values = refused.values
    told = {
        "kind": KINDS[Kind(str(values["kind"]))],
        "yuan": phrases.number(int(values["amount_fen"]) // 100),
        "source": values["source"],
    }
    large = _("%(kind)s %(yuan)s 元到了重大事项的数额（%(source)s）。") % told
    return [large, str(UNFIT[Unfit(str(values["reason"]))])]


def judged_words(judged: Judged) -> list[str]:
    """Say all that stands against posting; nothing if nothing does."""
    said: list[str] = []
    for matter, why in judged.found:
        if why is None:
            continue
        said += [large_words(matter), str(UNFIT[why])]
        if why is Unfit.NOT_DECIDED and judged.standing is not None:
            said += [lack_words(each) for each in judged.standing.missing]
    return list(dict.fromkeys(said))
