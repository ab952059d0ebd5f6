"""Why an act was refused, in a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.buslines.rules.refusals import Refused, Why

SENTENCES: dict[Why, Promise] = {
    Why.CHANGED: gettext_lazy(
        "您打开这一页以后，有人改过它。您写的内容都还在，请看一下现在的情况，再提交一次。"
    ),
    Why.CLOSED: gettext_lazy("它已经停用，不能再改。"),
    Why.NEEDS_TEXT: gettext_lazy("请把这一项写上，不能只有空格。"),
    Why.BAD_VALUE: gettext_lazy("有一项写得不对，请核对后再试。"),
    Why.BAD_DAYS: gettext_lazy("日期不对：结束要在开始之后。请核对日期。"),
    Why.CODE_TAKEN: gettext_lazy("编号“%(code)s”已经用了，请换一个。"),
    Why.IN_USE: gettext_lazy(
        "还有别的记录用着它。请先改用着它的需求、车辆、方案或公告，再来停用。"
    ),
    Why.NEEDS_PLANNING: gettext_lazy(
        "这台服务器没有装规划用的组件。请让管理员安装 wugeyi[planning]。"
    ),
    Why.NO_INPUTS: gettext_lazy(
        "还缺站点、行车时间或车辆，没法排班。请先在线路页上补齐。"
    ),
    Why.NOT_READY: gettext_lazy("方案还没有算完。请等算完再做这一步。"),
    Why.HAS_BREACHES: gettext_lazy(
        "核对没有通过，有的地方违反了规则。请先按列出的改好。"
    ),
    Why.NOT_NOTICED: gettext_lazy(
        "还没有公示，或公示不够 %(days)s 天。请先公示，或把执行的日子往后推。"
    ),
    Why.NOT_FILED: gettext_lazy("还没有报备。请先写上报备的日期和单位。"),
    Why.NO_FARES: gettext_lazy("还没有票价。请先在线路的“票价”里写上。"),
    Why.NO_SUCH_DAY: gettext_lazy("这一天没有这班车。请换一天。"),
    Why.TOO_LATE: gettext_lazy("这班车已经开过了。请看看下一班。"),
    Why.TOO_EARLY: gettext_lazy("最多提前 %(days)s 天订。请晚些再来。"),
    Why.FULL: gettext_lazy(
        "坐不下了：这班车还能订 %(persons)s 人、%(baskets)s 筐。请少订一些，或换一班。"
    ),
    Why.TOO_MANY: gettext_lazy("一次太多了。请少一些，分几次来。"),
    Why.TOO_LARGE: gettext_lazy("文件太大了。请分成几个，或让管理员用命令行导入。"),
    Why.UNREADABLE: gettext_lazy("这个文件读不了。请核对是不是选对了文件。"),
}
FIELDS: dict[str, Promise] = {
    "code": gettext_lazy("编号最长 20 个字，中间不能有空格，定下来就不改。"),
    "number": gettext_lazy("请写一个合理的数。"),
    "latest_minute": gettext_lazy("“最晚”不能比“最早”还早。"),
    "closes_minute": gettext_lazy("“停止进车”不能比“开始进车”还早。"),
    "until_minute": gettext_lazy("“最晚回场”不能比“最早出场”还早。"),
    "end_minute": gettext_lazy("“退勤”不能比“出勤”还早。"),
    "stop": gettext_lazy("请选一个那天在用的站点。"),
    "market": gettext_lazy("请选一个那天在用的市场。"),
    "depot": gettext_lazy("请选一个那天在用的车场。"),
    "driving": gettext_lazy("驾驶时段请写成 06:00-08:10 08:30-10:00，前后不重叠。"),
    "weekdays": gettext_lazy("请至少选一天。"),
    "lat": gettext_lazy("经度和纬度要么都写，要么都不写。"),
    "cap_fen": gettext_lazy("封顶不能比人票还低。"),
    "from_baskets": gettext_lazy("每一档的筐数只能写一次，从 1 筐起。"),
    "source": gettext_lazy("核对过的请写明依据。"),
    "ways": gettext_lazy("行车时间表不完整：每两个地点之间都要有。"),
    "name": gettext_lazy("请核对名称。"),
}

ABOUT: dict[tuple[Why, str], Promise] = {
    (Why.BAD_DAYS, "valid_from"): gettext_lazy(
        "“从哪天起执行”已经过去了。请选今天或以后。"
    ),
    (Why.BAD_DAYS, "past"): gettext_lazy(
        "“从哪天起执行”已经过去了。请先改日期，再发布。"
    ),
    (Why.BAD_DAYS, "future"): gettext_lazy("这里记的是已经做了的事，日期不能在以后。"),
    (Why.BAD_DAYS, "noticed_on"): gettext_lazy("公示要在执行之前。请核对日期。"),
    (Why.BAD_DAYS, "same_day"): gettext_lazy(
        "那一天已经有另一版时刻表开始执行。请换一天，或先撤回那一版。"
    ),
    (Why.CLOSED, "run"): gettext_lazy("这班车已经记为不开，或已到终点，不能再记。"),
    (Why.IN_USE, "edition"): gettext_lazy(
        "这一版已经在执行，不能撤回。请另拟一版来代替，或停运这条线。"
    ),
    (Why.NO_SUCH_DAY, "cancelled"): gettext_lazy(
        "这班车这一天不开了。请换一班，或换一天。"
    ),
    (Why.TOO_EARLY, "run"): gettext_lazy("还没到这一天，不能先记。"),
    (Why.TOO_LATE, "run"): gettext_lazy("日子过去太久，不能再补记。"),
    (Why.TOO_LATE, "cancel"): gettext_lazy("车已经开了，退不了了。"),
    (Why.TOO_MANY, "booking"): gettext_lazy(
        "一次最多订 %(persons)s 人、%(baskets)s 筐。人多请打电话问。"
    ),
    (Why.BAD_VALUE, "baskets"): gettext_lazy(
        "总筐数和人数对不上：带一筐的算一筐，带两筐以上的每人至少两筐。"
    ),
    (Why.BAD_VALUE, "booking"): gettext_lazy("至少一个人；筐数不能小于零。"),
    (Why.BAD_VALUE, "fares"): gettext_lazy("请选这条线的一张票价表。"),
}


def explain(refused: Refused) -> str:
    """Return the sentence for a refusal in the reader's language."""
    field = str(refused.values.get("field", ""))
    if refused.why is Why.BAD_VALUE and "least" in refused.values:
        return _("这个数要在 %(least)s 到 %(most)s 之间。") % refused.values
    if refused.why is Why.BAD_VALUE and field in FIELDS:
        return str(FIELDS[field])
    sentence = str(ABOUT.get((refused.why, field)) or SENTENCES[refused.why])
    return (
        sentence % {"code": "", "days": "", **refused.values}
        if "%(" in sentence
        else sentence
    )
