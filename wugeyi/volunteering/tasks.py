"""What this app does by the clock, and what it keeps until when."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from wugeyi.jobs import keeping, registry
from wugeyi.jobs.keeping import Keeping
from wugeyi.volunteering.actions import deeds, emergencies, helps, people, voices
from wugeyi.volunteering.rules import keeping as rules

GROUP = _("志愿服务")
KEPT = (
    Keeping(
        rules.WORDS,
        GROUP,
        _("志愿者的称呼和电话"),
        _("接下求助后联系、出服务证明；默认只有本人看得到"),
        rules.VOLUNTEER_DAYS,
        _("最后一次使用后 %(days)s 天，本人随时可以全部删除"),
        settable=True,
    ),
    Keeping(
        rules.ASKER,
        GROUP,
        _("求助人的称呼、电话、地址和原话"),
        _("只给接下这件事的志愿者和社区，用来上门和联系"),
        rules.ASKER_DAYS,
        _("求助结束后 %(days)s 天，本人可以提前删除"),
        settable=True,
    ),
    Keeping(
        rules.CALLER,
        GROUP,
        _("闪报人的电话"),
        _("方便值班室回电话"),
        rules.CALLER_DAYS,
        _("处置完 %(days)s 天"),
        settable=True,
    ),
    Keeping(
        rules.PHOTOS,
        GROUP,
        _("闪宣、闪除的照片"),
        _("社区核实做过的事；不公开"),
        rules.PHOTO_DAYS,
        _("收到后 %(days)s 天；撤回这一条或退出时马上删"),
        settable=True,
    ),
)


def go_up(at: datetime) -> int:
    """Tell the next level of emergencies nobody has seen."""
    return emergencies.go_up(at=at)


def end_helps(at: datetime) -> int:
    """End requests nobody took in time."""
    return helps.expire(at=at)


def follow_cases(at: datetime) -> int:
    """Note what reports and needs came to, and tell who sent them."""
    return voices.follow(at=at)


def forget(at: datetime) -> int:
    """Erase what is past its days."""
    return (
        helps.erase(at=at)
        + emergencies.erase(at=at)
        + people.expire(at=at)
        + deeds.forget_photos(at=at)
    )


def register() -> None:
    """Hand these to the clock, and say what is kept until when."""
    registry.always("volunteer-emergencies", go_up)
    registry.always("volunteer-helps", end_helps)
    registry.always("volunteer-cases", follow_cases)
    registry.daily("volunteer-forget", forget)
    keeping.register(*KEPT)
