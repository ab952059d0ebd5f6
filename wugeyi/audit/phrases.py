"""Findings, acts and rows in words.

The audit knows no app above it; each names its own acts, rows and fields when the
program starts (``AppConfig.ready``). What has no name is shown by its code.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wugeyi.audit import rules

Names = Mapping[str, Promise]
_acts: dict[str, Promise] = {}
_subjects: dict[str, Promise] = {}
_fields: dict[str, Promise] = {}
_values: dict[str, dict[str, object]] = {}


def name_acts(names: Names) -> None:
    """Name acts by their code (``app.verb``), in the order in which they are offered."""
    _acts.update(names)


def name_subjects(names: Names) -> None:
    """Name tables by ``app.model``."""
    _subjects.update(names)


def name_fields(names: Names) -> None:
    """Name the fields of ``before`` and ``after``; one name serves every table."""
    _fields.update(names)


def name_values(field: str, names: Mapping[str, object]) -> None:
    """Name the codes a field holds that is not a column of the event's row."""
    _values.setdefault(field, {}).update(names)


def act_name(action: str) -> str:
    """Return what an act is called."""
    return str(_acts.get(action, action))


def subject_name(label: str) -> str:
    """Return what a table's rows are called."""
    return str(_subjects.get(label, label))


def field_name(field: str) -> str:
    """Return what a field is called."""
    return str(_fields.get(field, field))


def value_name(field: str, value: str) -> str:
    """Return what a code is called."""
    return str(_values.get(field, {}).get(value, value))


def acts() -> dict[str, str]:
    """Return every act that was named, by code."""
    return {code: str(name) for code, name in _acts.items()}


def explain(finding: rules.Finding) -> str:
    """Say in words what a finding means and where it is."""
    kind = rules.FindingKind
    texts = {
        kind.CHANGED: _(
            "第 %(position)s 位（事件 %(event)s）与封签不符：事件或封签被改动过。"
        ),
        kind.MISSING_EVENT: _("第 %(position)s 位的事件 %(event)s 不见了。"),
        kind.MISSING_SEALS: _("第 %(position)s 到 %(last)s 位的封签不见了。"),
        kind.INSERTED_SEAL: _(
            "第 %(position)s 位是多出来的封签（事件 %(event)s）：位置只能从 1 起。"
        ),
        kind.OTHER_HISTORY: _(
            "与公布过的链头 %(last)s:%(expected)s 不符：第 %(position)s 到 %(last)s 位"
            "之间有事件被改动、删除或插入，之后重新算过封签。"
        ),
        kind.CUT_SHORT: _(
            "公布过的链头 %(last)s:%(expected)s 在链的末尾之后："
            "第 %(position)s 到 %(last)s 位被截掉了。"
        ),
        kind.SKIPPED_EVENT: _(
            "事件 %(event)s 排在已封存的事件之间却没有封签："
            "是事后插入的，或者封签被删了。"
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
