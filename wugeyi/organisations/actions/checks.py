"""What every change of the register must satisfy, with the sentence that says so."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.imports.rules import looks_like_formula
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import MAX_DEPTH, MAX_PATH, SEGMENT, inside
from wugeyi.organisations.rules.register import MAX_CODE, MAX_NAME


def effective(on: date | None, at: datetime) -> date:
    """Return the day a change counts from: ``on``, or the local day of ``at``.

    Raises
    ------
    ValidationError
        The day has not come yet: the tree of today would be wrong until then.
    """
    today = timezone.localdate(at)
    if on is not None and on > today:
        raise ValidationError(
            _("生效日期 %(on)s 还没到，请到那天再办。"), "future", {"on": on}
        )
    return on or today


def check_name(name: str) -> None:
    """Refuse an empty or overlong name, or one a spreadsheet would compute."""
    if not name.strip():
        raise ValidationError(_("请填写名称。"), "no_name")
    if len(name) > MAX_NAME:
        raise ValidationError(
            _("名称最多 %(most)s 个字。"), "long_name", {"most": MAX_NAME}
        )
    if looks_like_formula(name):
        raise ValidationError(_("名称不能以 = + - @ 开头。"), "formula")


def check_code(code: str) -> None:
    """Refuse a code that is malformed or taken, also by an abolished unit."""
    if not code or len(code) > MAX_CODE or not code.replace("-", "").isalnum():
        raise ValidationError(
            _("代码只能用数字、字母和连字符，最多 %(most)s 位。"),
            "bad_code",
            {"most": MAX_CODE},
        )
    taken = Organisation.objects.filter(code=code).first()
    if taken is not None:
        raise ValidationError(
            _("代码 %(code)s 已经是“%(name)s”的，停用的代码也不再使用。"),
            "code_taken",
            {"code": code, "name": taken.name},
        )


def check_alive(organisation: Organisation) -> None:
    """Refuse to change, or to put anything below, an abolished unit."""
    if organisation.valid_to is not None:
        raise ValidationError(
            _("“%(name)s”已于 %(on)s 停用。"),
            "abolished",
            {"name": organisation.name, "on": organisation.valid_to},
        )


def check_not_inside(path: str, root: str) -> None:
    """Refuse to put a unit under itself or under something below it."""
    if inside(path, root):
        raise ValidationError(_("不能放到它自己或它的下级里面。"), "under_itself")


def check_depth(length: int) -> None:
    """Refuse a path longer than the column; ``length`` counts characters."""
    if length > MAX_PATH:
        raise ValidationError(
            _("层级太深：最多 %(most)s 层，这样会有 %(depth)s 层。"),
            "too_deep",
            {"most": MAX_DEPTH, "depth": length // SEGMENT},
        )


def too_early(on: date, last: date) -> ValidationError:
    """Return the error for a change dated before the last one it builds on."""
    return ValidationError(
        _("生效日期 %(on)s 早于上一次变更 %(last)s，请按先后顺序办理。"),
        "too_early",
        {"on": on, "last": last},
    )
