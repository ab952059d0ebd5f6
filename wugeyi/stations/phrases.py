"""What the acts, rows and fields of stations are called in the audit."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "stations.add": _("登记驿站"),
    "stations.edit": _("更正驿站"),
    "stations.set_hours": _("改驿站开放时间"),
    "stations.set_days_off": _("改驿站休息日"),
    "stations.check": _("核对驿站设施"),
    "stations.close": _("驿站临时关闭"),
    "stations.reopen": _("驿站重新开放"),
    "stations.end": _("撤站"),
    "stations.report_broken": _("驿站报坏"),
    "stations.mended": _("驿站设施修好"),
    "stations.broken_again": _("驿站设施又坏了"),
    "stations.tap": _("驿站点数"),
    "stations.count_days": _("记驿站人次"),
    "stations.install_defaults": _("放进附带的驿站字典"),
    "stations.save_stationkind": _("改驿站类型"),
    "stations.save_item": _("改驿站设施字典"),
    "stations.save_checklist": _("改驿站清单的名称"),
    "stations.change_list": _("改驿站清单"),
    "stations.keep_table": _("上传驿站表格"),
    "stations.import_table": _("导入驿站表格"),
    "stations.export": _("导出驿站"),
    "stations.take_facilities": _("从设施取取送点"),
    "stations.drop_points": _("不再算一批取送点"),
    "stations.search_gaps": _("找驿站空白"),
    "stations.answer_gaps": _("驿站空白算完"),
}
SUBJECTS: dict[str, Promise] = {
    "stations.station": _("驿站"),
    "stations.breakage": _("驿站报坏"),
    "stations.visitday": _("驿站人次"),
    "stations.stationkind": _("驿站类型"),
    "stations.item": _("驿站设施"),
    "stations.checklist": _("驿站清单"),
    "stations.gapsearch": _("驿站空白"),
}
FIELDS: dict[str, Promise] = {
    "run_by": _("谁办的"),
    "address": _("地址"),
    "keeper": _("负责人"),
    "keeper_name": _("负责人姓名"),
    "keeper_phone": _("负责人电话"),
    "hours": _("开放时间"),
    "opens_on": _("启用日期"),
    "closes_on": _("关闭日期"),
    "until": _("到哪天"),
    "why": _("原因"),
    "ended_on": _("撤站日期"),
    "days_off": _("休息日"),
    "items": _("设施"),
    "item": _("设施"),
    "hour": _("钟点"),
    "many": _("人次"),
    "with_keepers": _("带负责人姓名的"),
    "stations": _("驿站个数"),
    "least": _("几处以上算聚集"),
    "pace": _("怎么去"),
    "weekday": _("星期几"),
    "clusters": _("聚集处"),
    "sites": _("建议位置"),
    "derived": _("从哪里知道"),
    "breaks": _("会坏"),
    "asked": _("可以按它找"),
    "lists": _("清单"),
    "data_on": _("数据日期"),
    "dropped": _("不再算的"),
    "cases": _("诉求"),
}


def values() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield fields that tell of a row, each with the names of its codes."""
    from wugeyi.stations.models import RunBy

    yield "run_by", {str(code): name for code, name in RunBy.choices}
