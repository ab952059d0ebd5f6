"""What a verification found, in words."""

from django.utils.translation import gettext as _

from wugeyi.books.rules.breaks import Break, Flaw


def explain(found: Break) -> str:
    """Say in words what was found and where."""
    texts = {
        Flaw.CHANGED: _(
            "账套 %(book)s 的凭证 %(mark)s（第 %(first)d 张）与记账时的指纹不符：被改动过。"
        ),
        Flaw.MISSING: _("账套 %(book)s 的第 %(first)d 到 %(last)d 张凭证不见了。"),
        Flaw.NUMBER_GAP: _("账套 %(book)s 的凭证 %(mark)s 之前缺号，或号码重复。"),
        Flaw.NO_LINES: _("账套 %(book)s 的凭证 %(mark)s 没有分录。"),
        Flaw.UNBALANCED: _(
            "账套 %(book)s 的凭证 %(mark)s 借贷不平，或有不属于这套账的分录。"
        ),
        Flaw.BACKDATED: _("账套 %(book)s 的凭证 %(mark)s 记进了当时已经结账的月份。"),
        Flaw.CLOSING_ORDER: _("账套 %(book)s 的 %(what)s 结账或反结账不合顺序。"),
        Flaw.CLOSING_SUMS: _("账套 %(book)s 的 %(what)s 结账时留下的合计与凭证不符。"),
        Flaw.LOOSE_LINES: _("账套 %(book)s 有 %(what)s 行分录没有凭证。"),
        Flaw.OTHER_HISTORY: _(
            "账套 %(book)s 与公布过的校验码“%(what)s”不符："
            "第 %(first)d 到 %(last)d 张凭证里有被改动、删除或插入的，之后重新算过指纹。"
        ),
        Flaw.CUT_SHORT: _(
            "账套 %(book)s 公布校验码“%(what)s”时有 %(last)d 张凭证，"
            "现在从第 %(first)d 张起没有了：被截掉过。"
        ),
        Flaw.NO_BOOK: _("公布过校验码“%(what)s”的账套 %(book)s 不见了。"),
        Flaw.UNGUARDED: _("数据库的防改规则 %(what)s 不见了、被停用或被换过。"),
    }
    return texts[found.flaw] % {
        "book": found.book,
        "mark": found.mark,
        "first": found.first,
        "last": found.last,
        "what": found.what,
    }
