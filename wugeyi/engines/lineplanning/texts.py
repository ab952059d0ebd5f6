"""The sentences of findings, Chinese and English, by code; ``{gaps}`` are values."""

from wugeyi.engines.lineplanning.texts_files import FILES
from wugeyi.engines.lineplanning.texts_gtfs import GTFS
from wugeyi.engines.lineplanning.texts_plans import LEFT_OUT, PLANS
from wugeyi.engines.lineplanning.texts_regular import REGULAR
from wugeyi.engines.lineplanning.texts_roads import ROADS
from wugeyi.engines.lineplanning.texts_roster import FARES, ROSTER, ROSTER_INPUTS
from wugeyi.engines.lineplanning.texts_workbook import UNITS, WORKBOOK

INPUTS: dict[str, tuple[str, str]] = {
    "trips-too-many": (
        "“{subject}”的可行班次超过 {most} 个，无法逐一比较。请缩短最长乘车时间、减少每班停靠"
        "站数，或把同一地点的小需求合并。",
        "There are more than {most} possible trips of “{subject}”, too many to compare."
        " Shorten the ride limit, allow fewer stops a trip, or put small requests of one"
        " place together.",
    ),
    "code-twice": (
        "编号“{subject}”出现了 {many} 次，每个编号只能用一次。",
        "The code “{subject}” is used {many} times; each may be used once.",
    ),
    "code-empty": ("“{subject}”里有空的编号。", "“{subject}” has an empty code."),
    "no-buses": (
        "没有可用的车：请填写至少一种车和辆数。",
        "There is no bus: enter at least one type and how many there are.",
    ),
    "no-requests": ("没有出行需求，无从规划。", "There are no requests to plan for."),
    "stop-missing": (
        "“{subject}”的站点“{place}”不在站点表里。",
        "The stop “{place}” of “{subject}” is not among the stops.",
    ),
    "market-missing": (
        "“{subject}”的市场“{place}”不在市场表里。",
        "The market “{place}” of “{subject}” is not among the markets.",
    ),
    "depot-missing": (
        "“{subject}”的车场“{place}”不在车场表里。",
        "The depot “{place}” of “{subject}” is not among the depots.",
    ),
    "departure-elsewhere": (
        "常规车经过“{place}”，那里不是本线的站点，不影响规划。",
        "Regular buses pass “{place}”, which is no place of this line; nothing depends"
        " on it.",
    ),
    "ways-ragged": (
        "“{subject}”不完整：应为 {size} 行 {size} 列。",
        "“{subject}” is not whole: it should have {size} rows and {size} columns.",
    ),
    "ways-missing": (
        "行车时间表里没有“{subject}”。",
        "The table of driving times lacks “{subject}”.",
    ),
    "way-half": (
        "“{subject}”的分钟（{minutes}）和米数（{metres}）要么都填，要么都写 -1（不通车）。",
        "“{subject}”: give both minutes ({minutes}) and metres ({metres}), or -1 for"
        " both where no bus gets there.",
    ),
    "way-absurd": (
        "“{subject}”不可信：{minutes} 分钟、{metres} 米。",
        "“{subject}” cannot be right: {minutes} minutes, {metres} metres.",
    ),
    "way-too-fast": (
        "“{subject}”：{minutes} 分钟开 {metres} 米，超过每小时 120 公里，请核对。",
        "“{subject}”: {metres} metres in {minutes} minutes is more than 120 km/h; please"
        " check.",
    ),
    "number-absurd": (
        "“{subject}”的 {field} 是 {number}，应在 {least} 到 {most} 之间。",
        "{field} of “{subject}” is {number}; it should be between {least} and {most}.",
    ),
    "times-turned": (
        "“{subject}”的时间前后颠倒：{first} 晚于 {last}。",
        "The times of “{subject}” are turned round: {first} is later than {last}.",
    ),
    "position-half": (
        "“{subject}”的纬度和经度要么都填，要么都空着。",
        "“{subject}” has a latitude or a longitude only; give both or neither.",
    ),
    "price-never-paid": (
        "“{subject}”：{hard} 分钟以内已经禁止，{soft} 分钟以内的收费永远用不上。",
        "“{subject}”: nearer than {hard} minutes is forbidden, so the price for nearer"
        " than {soft} minutes is never paid.",
    ),
    "floor-too-small": (
        "“{subject}”的地板 {floor} 平方分米，站不下一个人（{person} 平方分米）。",
        "The floor of “{subject}”, {floor} dm², has no room for one person ({person}"
        " dm²).",
    ),
    "stop-unwanted": (
        "站点“{name}”没有人要上下车。",
        "Nobody wants the stop “{name}”.",
    ),
    "request-impossible": (
        "需求“{name}”哪辆车都接不了：{because}。",
        "No bus can take the request “{name}”: {because}.",
    ),
    "rule-road": (
        "从车场经“{stop}”到“{market}”再回车场的路不通",
        "there is no road from a depot by “{stop}” and “{market}” back to it",
    ),
    "rule-road-home": (
        "从车场经“{market}”到“{stop}”再回车场的路不通",
        "there is no road from a depot by “{market}” and “{stop}” back to it",
    ),
    "rule-length": (
        "到“{stop}”的路只能走 {longest} 厘米以内的车，最短的车是 {has} 厘米",
        "the road to “{stop}” takes buses up to {longest} cm, the shortest is {has} cm",
    ),
    "rule-seats": (
        "一起有 {many} 人，最大的车坐 {has} 人",
        "they are {many} persons, the largest bus takes {has}",
    ),
    "rule-baskets": (
        "一起有 {many} 筐，最多的车装 {has} 筐",
        "they have {many} baskets, the roomiest bus takes {has}",
    ),
    "rule-floor": (
        "人和筐合起来占的地板超过最大的 {has} 平方分米",
        "persons and baskets together need more floor than the largest, {has} dm²",
    ),
    "rule-ride": (
        "从“{stop}”直达“{market}”要 {ride} 分钟，最长乘车时间是 {limit} 分钟",
        "“{stop}” to “{market}” takes {ride} minutes without a stop, the ride limit is"
        " {limit}",
    ),
    "rule-ride-home": (
        "从“{market}”直达“{stop}”要 {ride} 分钟，最长乘车时间是 {limit} 分钟",
        "“{market}” to “{stop}” takes {ride} minutes without a stop, the ride limit is"
        " {limit}",
    ),
    "rule-window": (
        "他们要在 {earliest} 到 {latest} 之间到“{market}”",
        "they want to be at “{market}” from {earliest} to {latest}",
    ),
    "rule-window-home": (
        "他们要在 {earliest} 到 {latest} 之间离开“{market}”",
        "they want to leave “{market}” from {earliest} to {latest}",
    ),
    "rule-hours": (
        "“{market}”只在 {opens} 到 {closes} 之间进出车",
        "“{market}” takes buses from {opens} to {closes}",
    ),
    "rule-apart-stop": (
        "在“{stop}”要与常规车错开 {hard} 分钟",
        "at “{stop}” they keep {hard} minutes from regular buses",
    ),
    "rule-apart-market": (
        "在“{market}”要与常规车错开 {hard} 分钟",
        "at “{market}” they keep {hard} minutes from regular buses",
    ),
    "rule-regular": (
        "能用的车那时要跑固定的常规班，前后都赶不过来",
        "the buses that could are on their regular duties then, and too far before"
        " and after",
    ),
    "rule-early": ("车最早 {from} 出场", "no bus leaves its depot before {from}"),
    "rule-late": (
        "车最晚 {until} 要回场",
        "every bus is back at its depot by {until}",
    ),
}

TEXTS: dict[str, tuple[str, str]] = {
    **INPUTS,
    **REGULAR,
    **PLANS,
    **LEFT_OUT,
    **FILES,
    **GTFS,
    **ROADS,
    **ROSTER,
    **ROSTER_INPUTS,
    **FARES,
    **UNITS,
    **WORKBOOK,
}
