"""What the acts, rows and fields of this app are called in the audit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "talents.count": _("登记人才人数"),
    "talents.take_back": _("撤回人数记录"),
    "talents.give": _("写人才名片"),
    "talents.correct": _("更正人才名片"),
    "talents.publish": _("公开或撤下名片"),
    "talents.reveal": _("查看名片联系方式"),
    "talents.withdraw": _("撤回名片"),
    "talents.save_kind": _("修改人才类别"),
    "talents.install_defaults": _("放进附带的人才类别"),
}
SUBJECTS: dict[str, Promise] = {
    "talents.talentkind": _("人才类别"),
    "talents.talentcount": _("人才人数"),
    "talents.talentcard": _("人才名片"),
}
FIELDS: dict[str, Promise] = {
    "people": _("人数"),
    "change": _("来或走"),
    "on": _("日期"),
    "replaces": _("更正的是"),
    "skill": _("会什么"),
    "offer": _("能帮什么"),
    "contact": _("怎么联系"),
    "purpose": _("用来做什么"),
    "agreed_on": _("哪天同意的"),
    "agreed_how": _("怎么同意的"),
    "keep_until": _("留到哪天"),
    "end": _("怎么结束的"),
    "about": _("指哪些人"),
    "active": _("正在使用"),
    "talent_kinds": _("人才类别"),
}
