"""What the acts, rows and fields of this app are called in the audit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "accounts.sign_in": _("登录"),
    "accounts.sign_out": _("退出登录"),
    "accounts.sign_in_failed": _("登录没有成功"),
    "accounts.lock": _("输错太多次，锁定"),
    "accounts.unlock": _("解锁"),
    "accounts.create_user": _("建账号"),
    "accounts.change_user": _("改姓名或邮箱"),
    "accounts.deactivate": _("停用账号"),
    "accounts.reactivate": _("恢复账号"),
    "accounts.set_password": _("设新密码"),
    "accounts.request_reset": _("申请重设密码"),
    "accounts.make_reset_link": _("打印重设密码的单子"),
    "accounts.end_sessions": _("退出所有设备"),
    "accounts.enrol_codes": _("开始设登录验证码"),
    "accounts.confirm_codes": _("开启登录验证码"),
    "accounts.renew_backup_codes": _("换备用码"),
    "accounts.use_backup_code": _("用备用码登录"),
    "accounts.disable_codes": _("关闭登录验证码"),
}
SUBJECTS: dict[str, Promise] = {"accounts.user": _("账号")}
FIELDS: dict[str, Promise] = {
    "username": _("登录名"),
    "email": _("电子邮箱"),
    "is_active": _("可登录"),
    "locked_until": _("锁定到"),
    "backup_codes": _("备用码"),
    "left": _("还剩"),
    "factors": _("凭什么登录"),
    "through": _("途径"),
    "reason": _("原因"),
    "tried": _("输入的登录名"),
    "address": _("网络地址"),
    "expires_at": _("有效到"),
}
