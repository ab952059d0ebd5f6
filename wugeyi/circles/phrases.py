"""What the acts, rows and fields of circles are called in the audit."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "circles.create": _("建生活圈"),
    "circles.change": _("更改生活圈"),
    "circles.use_network": _("换用路网"),
    "circles.publish": _("公开生活圈"),
    "circles.unpublish": _("撤下公开的生活圈"),
    "circles.close": _("停用生活圈"),
    "circles.assess": _("评估生活圈"),
    "circles.save": _("保存方案"),
    "circles.compute": _("重新计算方案"),
    "circles.mark_built": _("记下方案建成日期"),
    "circles.withdraw": _("撤回方案"),
    "circles.attach": _("附上方案"),
    "circles.detach": _("取下方案"),
    "circles.ask_for_sites": _("请求选址"),
    "circles.answer_sites": _("选址算好"),
}
SUBJECTS: dict[str, Promise] = {
    "circles.circle": _("生活圈"),
    "circles.scenario": _("改善方案"),
    "circles.siting": _("选址"),
    "circles.assessment": _("生活圈评估"),
}
FIELDS: dict[str, Promise] = {
    "network": _("路网"),
    "template": _("设施清单"),
    "minutes": _("多少分钟"),
    "adult_mm_s": _("成年人步速（毫米每秒）"),
    "elder_mm_s": _("老年人步速（毫米每秒）"),
    "planners_mm_s": _("规划步速（毫米每秒）"),
    "slope": _("算上坡度"),
    "counts": _("计入统计"),
    "closed_on": _("停用日期"),
    "paces": _("步速"),
    "pace": _("步速"),
    "residents": _("居民"),
    "homes": _("住处"),
    "changes": _("改动"),
    "built_on": _("建成日期"),
    "project": _("项目"),
    "sites": _("几处"),
    "whom": _("为了谁"),
    "capacity": _("能容纳多少人"),
    "prove": _("要不要证明"),
    "gained": _("新增圈内人数"),
    "bound": _("最多能增加"),
    "digest": _("数据指纹"),
}


def values() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield fields that tell of a row, each with the names of its codes."""
    from wugeyi.circles.models import Siting
    from wugeyi.circles.models.circles import PACE_NAMES

    yield "pace", {pace.value: name for pace, name in PACE_NAMES.items()}
    yield "whom", {str(code): name for code, name in Siting.For.choices}
