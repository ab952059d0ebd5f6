"""Findings in words."""

from django.utils.translation import gettext as _

from wugeyi.audit import rules


def explain(finding: rules.Finding) -> str:
    """Say in words what a finding means and where it is."""
    kind = rules.FindingKind
    texts = {
        kind.CHANGED: _(
            "第 %(position)s 位(事件 %(event)s)与封签不符:事件或封签被改动过。"
        ),
        kind.MISSING_EVENT: _("第 %(position)s 位的事件 %(event)s 不见了。"),
        kind.MISSING_SEALS: _("第 %(position)s 到 %(last)s 位的封签不见了。"),
        kind.INSERTED_SEAL: _(
            "第 %(position)s 位是多出来的封签(事件 %(event)s):位置只能从 1 起。"
        ),
        kind.OTHER_HISTORY: _(
            "与公布过的链头 %(last)s:%(expected)s 不符:第 %(position)s 到 %(last)s 位"
            "之间有事件被改动、删除或插入,之后重新算过封签。"
        ),
        kind.CUT_SHORT: _(
            "公布过的链头 %(last)s:%(expected)s 在链的末尾之后:"
            "第 %(position)s 到 %(last)s 位被截掉了。"
        ),
        kind.SKIPPED_EVENT: _(
            "事件 %(event)s 排在已封存的事件之间却没有封签:"
            "是事后插入的,或者封签被删了。"
        ),
        kind.UNGUARDED: _("表 %(found)s 的防改触发器不见了或被停用。"),
    }
    return texts[finding.kind] % {
        "position": finding.position,
        "last": finding.last_position,
        "event": finding.event_id,
        "expected": finding.expected,
        "found": finding.found,
    }
