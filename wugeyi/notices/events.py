"""Messages about messages: confirm an address, prove one, try a way."""

from django.utils.translation import gettext_lazy as _

from wugeyi.notices.registry import Event, register
from wugeyi.notices.rules import CODE, CONFIRM, TRIAL


def register_own() -> None:
    """Register what this app tells itself; nobody chooses these."""
    register(
        Event(
            CONFIRM,
            _("确认邮箱"),
            _("请确认：以后把消息发到这个邮箱"),
            _(
                "有人（但愿是您）请我们把一件诉求的进展发到这个邮箱。同意就打开下面的"
                "网址，按“确认”。不是您，不用理会，48 小时后这个邮箱就从我们这里删掉。"
            ),
            default=True,
            always=True,
        )
    )
    register(
        Event(
            CODE,
            _("验证码"),
            _("五个一验证码 %(code)s"),
            _("验证码 %(code)s，请填在“我的通知”页上，48 小时内有效。不要告诉别人。"),
            default=True,
            always=True,
        )
    )
    register(
        Event(
            TRIAL,
            _("测试"),
            _("五个一测试通知 %(number)s"),
            _("收到这一条，说明这种方式是通的。"),
            default=True,
            always=True,
        )
    )
