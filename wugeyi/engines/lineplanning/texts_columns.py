"""What every column and rule of the tables takes: Chinese, English, an example."""

NOTES: dict[str, tuple[str, str, str]] = {
    "code": (
        "自己定的编号，在所有表里指同一个地方、车或需求，不能重复。",
        "A code of your own; it means the same place, bus or request in every table.",
        "v12",
    ),
    "name": ("大家平时的叫法。", "As people say it.", "青山村口（虚构）"),
    "lat": (
        "纬度，WGS-84，小数；规划只用行车时间，画地图和导出 GTFS 要用。",
        "Latitude in degrees, WGS 84; for maps and feeds.",
        "26.6477",
    ),
    "lon": (
        "经度，WGS-84，小数。",
        "Longitude in degrees, WGS 84.",
        "106.6302",
    ),
    "longest_cm": (
        "这条路能走多长的车，厘米；不限就空着。",
        "The longest bus the road takes, in centimetres; empty for any.",
        "1000",
    ),
    "hard_minutes": (
        "在这里与常规车相差不到这么多分钟就不许停；空着按规则表。",
        "No call here nearer to a regular bus than so many minutes; empty for the rule.",
        "4",
    ),
    "soft_minutes": (
        "与常规车相差不到这么多分钟就要付代价；空着按规则表。",
        "A call here nearer to a regular bus than this is paid for; empty for the rule.",
        "8",
    ),
    "price_fen": (
        "每近一分钟的代价，分。",
        "Paid for each minute nearer than that, in fen.",
        "50",
    ),
    "opens_minute": (
        "市场最早让车进的时间。",
        "The first minute at which buses may arrive.",
        "05:00",
    ),
    "closes_minute": (
        "市场最晚让车进的时间。",
        "The last minute at which buses may arrive.",
        "08:30",
    ),
    "here": ("从哪里：站点、市场或车场的编号。", "From: the code of a place.", "v12"),
    "there": ("到哪里：站点、市场或车场的编号。", "To: the code of a place.", "m1"),
    "minutes": (
        "公交车要开多少分钟，整数；去和回各填一行。没有填的按不通车。",
        "Minutes a bus takes; a row for each direction. What is not given is no road.",
        "18",
    ),
    "metres": ("路有多长，米。", "The length of the way, in metres.", "9200"),
    "depot": ("车停在哪个车场：车场的编号。", "The depot it stays at: its code.", "d1"),
    "count": ("这种车本线能用几辆。", "How many of them the line may use.", "4"),
    "seats": (
        "最多载几个人；行驶证准许站人的，包括站位。",
        "Persons it may carry, standing places included where its certificate allows.",
        "42",
    ),
    "basket_places": ("最多放几个筐。", "Baskets it may carry.", "70"),
    "length_cm": ("车长，厘米；11.4 米写 1140。", "Its length in centimetres.", "1140"),
    "cost_fen_per_km": (
        "每开一公里的成本，分；空驶也算。",
        "Fen for each kilometre, empty runs included.",
        "260",
    ),
    "fixed_fen": (
        "出一次车的固定成本，分。",
        "Fen for each bus that goes out.",
        "6000",
    ),
    "floor_dm2": (
        "人和筐共用的地板，平方分米；不共用写 0。",
        "Floor persons and baskets share, in dm²; 0 where neither takes from the other.",
        "1800",
    ),
    "from_minute": ("最早几点能离开车场。", "It leaves its depot no earlier.", "04:30"),
    "until_minute": (
        "最晚几点要回到车场。",
        "It is back at its depot by then.",
        "10:00",
    ),
    "vehicle": (
        "跑这个常规班的车：车辆表里的编号。",
        "The bus that drives it: its code among the vehicles.",
        "large",
    ),
    "regular_duties.number": (
        "这种车里的第几辆；只有一辆就写 1 或空着。",
        "Which of the buses of that type: 1, 2, …; empty for the first.",
        "1",
    ),
    "starts_minute": (
        "常规班几点开始，车要在起点。",
        "When it starts; the bus is there by then.",
        "06:50",
    ),
    "starts_at": (
        "常规班从哪里开始：站点、市场或车场的编号。",
        "Where it starts: the code of a place.",
        "m1",
    ),
    "ends_minute": (
        "常规班几点结束，车可以再用；到站停的时间算在里面。",
        "When it ends and the bus is free; what it stands at the end is part of it.",
        "08:10",
    ),
    "ends_at": (
        "常规班在哪里结束：站点、市场或车场的编号。",
        "Where it ends: the code of a place.",
        "d1",
    ),
    "same_driver": (
        "专线的驾驶员留在车上跑这个常规班就写“是”；由别的驾驶员跑写“否”或空着。",
        "Whether the line's driver stays on the bus for it; empty for another driver.",
        "否",
    ),
    "stop": ("在哪个站上车（回程是下车）：站点的编号。", "The stop: its code.", "v12"),
    "market": (
        "去哪个市场（回程是从哪个市场）：市场的编号。",
        "The market: its code.",
        "m1",
    ),
    "persons": ("一起走的人数。", "Persons who travel together.", "6"),
    "baskets": ("一共几个筐。", "Their baskets, all together.", "10"),
    "earliest_minute": (
        "最早几点到市场；回程是最早几点离开。",
        "They are at the market no earlier; home, they leave it no earlier.",
        "05:45",
    ),
    "latest_minute": (
        "最晚几点到市场；回程是最晚几点离开。",
        "They are at the market by then; home, they leave it by then.",
        "07:00",
    ),
    "home": (
        "是回程（从市场回村）就写“是”，去市场写“否”或空着。",
        "Whether they ride home from the market; empty for no.",
        "否",
    ),
    "place": ("常规车停在哪里：站点或市场的编号。", "Where it calls: a code.", "v12"),
    "minute": ("常规车几点从这里开。", "When a regular bus leaves here.", "06:20"),
    "line": ("常规车的线路，只作说明。", "The regular line, to know it by.", "252"),
    "rule": (
        "规则的名称，从列表里选。",
        "The name of the rule, from the list.",
        "每班最多停站",
    ),
    "number": ("规则的数值，整数。", "Its number, a whole one.", "6"),
    "valid_from": (
        "从哪天起用这一行；一直有效就空着。",
        "The first day on which the row holds; empty for ever.",
        "2026-03-01",
    ),
    "valid_until": (
        "从哪天起不再用这一行（当天已不用）；一直有效就空着。",
        "The first day on which the row holds no more; empty for ever.",
        "2026-09-01",
    ),
}
"""By column; a name means the same in every table."""

RULES: dict[str, tuple[str, str]] = {
    "ride_limit_minutes": (
        "从上车站开车到市场，最多坐多少分钟。",
        "Minutes from a stop's departure to the market, at most.",
    ),
    "stops_limit": (
        "一班车最多停几站，市场不算。",
        "Stops a trip calls at, the market not counted.",
    ),
    "call_minutes": (
        "每批人上车要停几分钟，装筐另算。",
        "Minutes a call takes for each request, without the baskets.",
    ),
    "baskets_per_minute": ("一分钟能装几个筐。", "Baskets loaded in a minute."),
    "turnaround_minutes": (
        "车到市场后至少停几分钟再走。",
        "Minutes a bus stays at a market before it goes on.",
    ),
    "person_dm2": ("一个人占多少地板，平方分米。", "Floor of one person, in dm²."),
    "basket_dm2": ("一个筐占多少地板，平方分米。", "Floor of one basket, in dm²."),
    "person_fen": (
        "接上一个人的价值，分。",
        "What serving one person is worth, in fen.",
    ),
    "basket_fen": (
        "接上一个筐的价值，分。",
        "What serving one basket is worth, in fen.",
    ),
    "hard_minutes": (
        "与常规车相差不到这么多分钟就不许停；0 为不限。",
        "No call nearer to a regular bus than so many minutes; 0 forbids nothing.",
    ),
    "soft_minutes": (
        "与常规车相差不到这么多分钟就要付代价；0 为不用。",
        "A call nearer to a regular bus than this is paid for; 0 for nothing.",
    ),
    "price_fen": (
        "每近一分钟的代价，分。",
        "Paid for each minute nearer than that, in fen.",
    ),
}

GUIDE: tuple[tuple[str, str], ...] = (
    (
        "每张表填一类事情。表名和第一行的表头不要改；列的先后可以换，带 * 的列必须填。",
        "Each sheet takes one kind of thing. Keep the names of sheets and the titles in"
        " the first row; columns may change places. Those with a star must be filled.",
    ),
    (
        "鼠标停在表头上，会看到这一列填什么；下面的清单里也有，并各有一个例子。例子不用删。",
        "Point at a title to see what the column takes; the list below says it too, with"
        " an example of each. Nothing has to be deleted.",
    ),
    (
        "编号自己定（如 v12），在所有表里指同一个地方、同一种车；名称可以随便改，编号不要改。",
        "Codes are yours to choose, such as v12, and mean the same place or bus in every"
        " sheet. Names may change, codes should not.",
    ),
    (
        "时间写 06:30；过了半夜接着数，零点十分写 24:10。",
        "Times are 06:30; after midnight they go on: ten past is 24:10.",
    ),
    (
        "钱一律用分，距离用米，车长和限长用厘米，都填整数。",
        "Money is in fen, distances in metres, lengths of buses in centimetres; all are"
        " whole numbers.",
    ),
    (
        "站点、时刻、规则有变，不必删旧行：给旧行写上停用日期，另起一行写起用日期。停用日期当天"
        "已不再使用。",
        "When stops, times or rules change, keep the old row: give it an end, and a new"
        " row a beginning. A row no longer holds on the day it ends.",
    ),
    (
        "行车时间去和回各填一行；没有填的路按不通车。也可以用地图数据自动算出。",
        "Driving times take a row for each direction; a way that is not given is no"
        " road. They can also be reckoned from a map.",
    ),
    (
        "填完保存为 XLSX 交回。有问题时，系统会说出哪张表、哪一行、怎么改；已填的不会丢。",
        "Save it as XLSX and hand it in. If something is wrong you are told the sheet,"
        " the row and what to do; nothing you filled in is lost.",
    ),
)

WORDS: dict[str, tuple[str, str]] = {
    "guide-title": (
        "惠农专线数据表：怎么填",
        "The tables of a bus line: how to fill them",
    ),
    "sheet": ("表", "Sheet"),
    "column": ("列", "Column"),
    "needed": ("必填", "Needed"),
    "takes": ("填什么", "What it takes"),
    "example": ("例子", "Example"),
    "rule": ("规则", "Rule"),
    "default": ("不写时", "If absent"),
    "means": ("意思", "What it means"),
    "must": ("必填", "needed"),
    "may": ("可空", "may be empty"),
    "for-example": ("例如：{example}", "For example: {example}"),
    "check-title": ("请核对", "Please check"),
    "check-place": (
        "站点、市场、车场表里没有这个编号。",
        "No stop, market or depot has this code.",
    ),
    "check-code": (
        "“{sheet}”表里没有这个编号。",
        "The sheet “{sheet}” lacks this code.",
    ),
    "check-number": ("这里应是不小于 0 的整数。", "A whole number, 0 or more."),
    "check-time": (
        "这里应是时间，如 06:30 或 24:10。",
        "A time such as 06:30 or 24:10.",
    ),
    "check-date": ("这里应是日期，如 2026-03-01。", "A date such as 2026-03-01."),
    "check-degrees": ("这里应是度数，如 26.6477。", "Degrees, such as 26.6477."),
    "check-list": ("请从列表里选。", "Choose from the list."),
    "page": ("第 &P 页，共 &N 页", "Page &P of &N"),
}
