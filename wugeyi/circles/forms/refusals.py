"""Why an act was refused, in a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.circles.rules.refusals import Refused, Why

SENTENCES: dict[Why, Promise] = {
    Why.CHANGED: gettext_lazy(
        "您打开这一页以后，有人改过它。您写的内容都还在，请看一下现在的情况，再提交一次。"
    ),
    Why.CLOSED: gettext_lazy("它已经停用或撤回，不能再改。"),
    Why.NO_NETWORK: gettext_lazy(
        "这个地方还没有路网。请先导入一份街图（OSM 文件），再来建生活圈。"
    ),
    Why.NETWORK_LOST: gettext_lazy(
        "路网文件不在原来的地方了。请让管理员从备份恢复数据目录，或重新导入街图。"
    ),
    Why.NEEDS_PLANNING: gettext_lazy(
        "这台服务器没有装步行计算的组件。请让管理员安装 wugeyi[planning]。"
    ),
    Why.NO_HOMES: gettext_lazy("这里还没有住房。请先登记楼栋，或导入住房表。"),
    Why.NO_KINDS: gettext_lazy("所选的设施清单是空的。请换一份清单。"),
    Why.OFF_NETWORK: gettext_lazy(
        "这个点离最近的路太远，走不到。请点在路上，或路的旁边。"
    ),
    Why.OUT_OF_BOUNDS: gettext_lazy("这个点不在路网的范围里。请在图上有路的地方点。"),
    Why.SAME_POINT: gettext_lazy("两头落在了同一个点上。请把两头点开一些。"),
    Why.NOTHING_CHANGED: gettext_lazy("还没有画任何改动。请先画一座桥或加一处设施。"),
    Why.TOO_MANY: gettext_lazy(
        "一个方案里的改动太多了。请去掉几处，或分成几个方案再比较。"
    ),
    Why.NO_HEIGHTS: gettext_lazy(
        "这份路网没有高程，算不了坡度。请不算坡度，或重新导入时附上高程文件。"
    ),
    Why.OLD_NETWORK: gettext_lazy("它画在旧的路网上。请按现在的路网重新算一次。"),
    Why.GONE: gettext_lazy("改动里的设施或道路现在已经没有了。请去掉这一处。"),
    Why.NEEDS_TEXT: gettext_lazy("请起个名字，不能只有空格。"),
    Why.NOT_YOURS: gettext_lazy("它不属于这个生活圈。"),
    Why.BAD_VALUE: gettext_lazy("有一项写得不对，请核对后再试。"),
}
FIELDS: dict[str, Promise] = {
    "point": gettext_lazy("请给出两个点：在图上点，或写“经度,纬度”。"),
    "length": gettext_lazy(
        "长度不对：不能比两头的直线距离短，也不能超过两公里。请核对两头的位置。"
    ),
    "seconds": gettext_lazy("用时要在 1 秒到 1 小时之间。"),
    "kind": gettext_lazy("请选要加哪一类设施。"),
    "facility": gettext_lazy("请选要撤哪一处设施。"),
    "capacity": gettext_lazy("容量要写大于 0 的整数；没有上限就空着。"),
    "sites": gettext_lazy("一次可以选 1 到 20 处。"),
}


def explain(refused: Refused) -> str:
    """Return the sentence for a refusal in the reader's language."""
    field = str(refused.values.get("field", ""))
    sentence = str(FIELDS.get(field) or SENTENCES[refused.why])
    position = refused.values.get("position")
    if position is None:
        return sentence
    return _("第 %(position)s 处改动：%(sentence)s") % {
        "position": position,
        "sentence": sentence,
    }
