"""What the acts, rows and fields of this app are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "places.add_facility": _("登记设施"),
    "places.correct_facility": _("更正设施"),
    "places.close_facility": _("设施停用"),
    "places.reopen_facility": _("设施恢复"),
    "places.add_home": _("登记住处"),
    "places.correct_home": _("更正住处"),
    "places.close_home": _("住处停用"),
    "places.reopen_home": _("住处恢复"),
    "places.install_templates": _("放入设施类别"),
    "places.keep_osm": _("上传地图文件"),
    "places.import_osm": _("导入地图文件"),
    "places.accept_network": _("启用路网"),
    "places.keep_table": _("上传设施或住处表"),
    "places.import_table": _("导入设施或住处表"),
}
SUBJECTS: dict[str, Promise] = {
    "places.facility": _("设施"),
    "places.home": _("住处"),
    "places.network": _("路网"),
    "places.template": _("设施模板"),
}
FIELDS: dict[str, Promise] = {
    "lon": _("经度"),
    "lat": _("纬度"),
    "capacity": _("能容纳多少人"),
    "opening_hours": _("开放时间"),
    "close_reason": _("停用原因"),
    "households": _("户数"),
    "residents": _("居民"),
    "elderly": _("老人(60 岁以上)"),
    "version": _("版本"),
    "digest": _("指纹"),
    "replaces": _("代替"),
    "facilities": _("设施"),
    "homes": _("住处"),
    "file": _("文件"),
    "sha256": _("文件指纹"),
}
