"""What columns and rules of a roster's sheets take: Chinese, English, an example."""

CREW_NOTES: dict[str, tuple[str, str, str]] = {
    "drivers.code": (
        "工号；排班表用它认人，定下来就不改。",
        "The number of a member of staff; rosters know people by it.",
        "3021",
    ),
    "drivers.name": ("姓名。", "Their name.", "王师傅（虚构）"),
    "duties.code": (
        "自己定的编号，如班次的名字，不能重复。",
        "A code of your own, such as the duty's name.",
        "252早",
    ),
    "roster_rules.rule": (
        "规则的名称，从列表里选。",
        "The name of the rule, from the list.",
        "驾龄至少(年)",
    ),
    "roster_rules.number": (
        "规则的数值，整数；三条“可偏离公平数”写 -1 就是不管。",
        "Its number, a whole one; -1 for a share that need not be kept.",
        "10",
    ),
    "licensed_on": (
        "哪天初次领到准驾这种车的驾驶证；驾龄从这天算。",
        "When the licence for such buses was first given; years count from then.",
        "2010-05-01",
    ),
    "stars": (
        "公司评的星级，0 到 5。",
        "As the company rates its drivers, 0 to 5.",
        "4",
    ),
    "absent": (
        "请假、培训、病休的日子，用空格隔开；连着几天写成 起..止（都算在内）。",
        "Days off, apart by spaces; several in a row as first..last, both included.",
        "2026-03-02..2026-03-04 2026-03-09",
    ),
    "begin_minute": ("几点上班。", "When the duty begins.", "05:10"),
    "end_minute": (
        "几点下班；过了半夜接着数，零点十分写 24:10。",
        "When it ends; after midnight hours go on: ten past is 24:10.",
        "12:00",
    ),
    "driving": (
        "哪几段时间在开车，用空格隔开；一直在开就空着，只值班不开车写“无”。",
        "When the bus is driven, apart by spaces; empty for all the time, none for"
        " never.",
        "05:20-08:00 08:30-11:30",
    ),
    "weekdays": (
        "星期几有这个班：1 是星期一，7 是星期日；天天有就空着。",
        "Days of the week, 1 is Monday; empty for every day.",
        "12345",
    ),
    "bus": (
        "开哪辆车，排班时用来少换车；不计就空着。",
        "The bus, so that changes of it are few; empty where it does not matter.",
        "贵A-001（虚构）",
    ),
    "from_baskets": (
        "一个人带几个筐起收这个价；不带筐的一行写 0，必须有。",
        "The fare holds from so many baskets of one person; a row of 0 must be there.",
        "1",
    ),
    "fen": (
        "这一档每个人一共付多少，分；超过封顶的按封顶收。",
        "What one person pays in all, in fen; never more than the cap.",
        "500",
    ),
    "cap_fen": (
        "一个人最多付多少，分；写在任一行就行，没有封顶就空着。",
        "The most one person pays, in fen, in any of the rows; empty for no cap.",
        "700",
    ),
    "source": (
        "哪个文件、哪一条，或哪次会上定的。",
        "The document and article, or the meeting, it is from.",
        "市发改委批复（虚构）",
    ),
    "verified": (
        "有没有人对照原文核对过；核对过的要写依据。",
        "Whether somebody held it against the text, which then has to be named.",
        "否",
    ),
}
"""By column, or by table and column where a name means something else there."""

CREW_RULES: dict[str, tuple[str, str]] = {
    "years": (
        "领证至少满几年才能开这条线。",
        "Years a driver must have had the licence.",
    ),
    "stars": ("至少几星才能开这条线。", "Stars a driver must have."),
    "day_driving_minutes": (
        "中间不休息，最多连续开多少分钟。",
        "Minutes of driving without a break, at most.",
    ),
    "night_driving_minutes": (
        "夜里不休息，最多连续开多少分钟。",
        "The same for what of it lies in the night.",
    ),
    "night_from_minute": (
        "夜里从几点算起，零点起的分钟：22:00 写 1320。",
        "When the night begins, in minutes from midnight: 1320 for 22:00.",
    ),
    "night_until_minute": (
        "夜里到几点为止，零点起的分钟：6:00 写 360。",
        "When the night ends, in minutes from midnight: 360 for 6:00.",
    ),
    "break_minutes": (
        "停不到这么多分钟，不算休息。",
        "A shorter stop is no break.",
    ),
    "driving_24h_minutes": (
        "任意 24 小时里最多开多少分钟。",
        "Minutes driven in any 24 hours, at most.",
    ),
    "driving_7d_minutes": (
        "任意连续 7 天里最多开多少分钟。",
        "Minutes driven in any 7 days in a row, at most.",
    ),
    "rest_minutes": (
        "下班到再上班，至少隔多少分钟。",
        "Minutes between two duties, at least.",
    ),
    "rest_days_in_7": (
        "任意连续 7 天里至少休息几天。",
        "Days without a duty in any 7 in a row, at least.",
    ),
    "early_before_minute": (
        "几点以前上班算早班，零点起的分钟：6:00 写 360。",
        "A duty that begins sooner is an early one, in minutes from midnight.",
    ),
    "spread_duties": (
        "各人的班数与公平数最多差几个；-1 为不管。",
        "How far a number of duties may be from the fair share; -1 for any.",
    ),
    "spread_early": (
        "各人的早班与公平数最多差几个；-1 为不管。",
        "The same for early duties.",
    ),
    "spread_weekends": (
        "各人的周末班与公平数最多差几个；-1 为不管。",
        "The same for duties on Saturday and Sunday.",
    ),
}
