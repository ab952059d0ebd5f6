"""The tables of a roster: who drives, what else they drive, fares, rules."""

from wugeyi.engines.lineplanning.reading.tables import Column, Table

CREW_TABLES = {
    "drivers": Table(
        "drivers.csv",
        (
            Column("code", "编号"),
            Column("name", "姓名", empty=""),
            Column("licensed_on", "初次领证日期", "date"),
            Column("stars", "星级", "number"),
            Column("absent", "不在的日子", empty=""),
        ),
    ),
    "duties": Table(
        "duties.csv",
        (
            Column("code", "编号"),
            Column("begin_minute", "上班", "time"),
            Column("end_minute", "下班", "time"),
            Column("driving", "驾驶时段", empty=""),
            Column("weekdays", "星期", empty="1234567"),
            Column("bus", "车", empty=""),
        ),
        needed=False,
    ),
    "fares": Table(
        "fares.csv",
        (
            Column("from_baskets", "筐数起", "number"),
            Column("fen", "每人票价(分)", "number"),
            Column("cap_fen", "封顶(分)", "number", None),
            Column("source", "依据", empty=""),
        ),
        needed=False,
    ),
    "roster_rules": Table(
        "roster_rules.csv",
        (
            Column("rule", "规则"),
            Column("number", "数值", "number"),
            Column("source", "依据", empty=""),
            Column("verified", "已核对", "yes", empty=0),
        ),
        needed=False,
    ),
}
CREW_RULE_TITLES = {
    "years": "驾龄至少(年)",
    "stars": "星级至少",
    "day_driving_minutes": "连续驾驶最多分钟",
    "night_driving_minutes": "夜间连续驾驶最多分钟",
    "night_from_minute": "夜间开始(0点起分钟)",
    "night_until_minute": "夜间结束(0点起分钟)",
    "break_minutes": "休息至少分钟",
    "driving_24h_minutes": "24小时驾驶最多分钟",
    "driving_7d_minutes": "7天驾驶最多分钟",
    "rest_minutes": "两班之间至少分钟",
    "rest_days_in_7": "7天里至少休息天数",
    "early_before_minute": "早班是几分钟以前上班(0点起)",
    "spread_duties": "班数可偏离公平数(-1不管)",
    "spread_early": "早班数可偏离公平数(-1不管)",
    "spread_weekends": "周末班数可偏离公平数(-1不管)",
}
