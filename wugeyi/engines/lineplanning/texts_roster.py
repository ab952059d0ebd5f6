"""Sentences about drivers, duties, rosters and fares."""

ROSTER: dict[str, tuple[str, str]] = {
    "roster-driver-unknown": (
        "“{subject}”：司机表里没有“{driver}”。",
        "“{subject}”: there is no driver “{driver}”.",
    ),
    "roster-duty-unknown": (
        "“{subject}”：班次表里没有“{duty}”。",
        "“{subject}”: there is no duty “{duty}”.",
    ),
    "roster-day-outside": (
        "“{subject}”不在排班的日子里。",
        "“{subject}” is not among the days of the roster.",
    ),
    "roster-duty-not-then": (
        "“{subject}”：这天没有这个班。",
        "“{subject}”: the duty does not run on that day.",
    ),
    "roster-duty-undriven": (
        "“{subject}”没有人开。",
        "Nobody drives “{subject}”.",
    ),
    "roster-duty-twice": (
        "“{subject}”排了 {many} 个人。",
        "“{subject}” has {many} drivers.",
    ),
    "roster-no-break": (
        "班“{subject}”连续驾驶 {minutes} 分钟没有休息，最多 {limit} 分钟。",
        "Duty “{subject}” drives {minutes} minutes without a break, the limit is"
        " {limit}.",
    ),
    "roster-no-break-night": (
        "班“{subject}”夜间连续驾驶 {minutes} 分钟没有休息，最多 {limit} 分钟。",
        "Duty “{subject}” drives {minutes} minutes of the night without a break, the"
        " limit is {limit}.",
    ),
    "roster-driver-absent": (
        "“{subject}”：司机这天不在。",
        "“{subject}”: the driver is absent.",
    ),
    "roster-licence-too-new": (
        "“{subject}”：驾龄 {years} 年，要求 {needs} 年。",
        "“{subject}”: licensed for {years} years, {needs} are needed.",
    ),
    "roster-stars-too-few": (
        "司机“{subject}”是 {stars} 星，要求 {needs} 星。",
        "Driver “{subject}” has {stars} stars, {needs} are needed.",
    ),
    "roster-two-at-once": (
        "司机“{subject}”的“{one}”和“{other}”时间重叠。",
        "“{one}” and “{other}” of driver “{subject}” overlap.",
    ),
    "roster-rest-short": (
        "司机“{subject}”在“{one}”和“{other}”之间只休息 {rest} 分钟，至少 {needs} 分钟。",
        "Driver “{subject}” rests {rest} minutes between “{one}” and “{other}”, {needs}"
        " are needed.",
    ),
    "roster-no-rest-day": (
        "司机“{subject}”到 {day} 为止的七天里上班 {many} 天，最多 {limit} 天。",
        "Driver “{subject}” works {many} of the seven days to {day}, the limit is"
        " {limit}.",
    ),
    "roster-24h-exceeded": (
        "司机“{subject}”在 24 小时内驾驶 {minutes} 分钟，最多 {limit} 分钟。",
        "Driver “{subject}” drives {minutes} minutes within 24 hours, the limit is"
        " {limit}.",
    ),
    "roster-7d-exceeded": (
        "司机“{subject}”到 {day} 为止的七天里驾驶 {minutes} 分钟，最多 {limit} 分钟。",
        "Driver “{subject}” drives {minutes} minutes in the seven days to {day}, the"
        " limit is {limit}.",
    ),
    "roster-share-duties": (
        "司机“{subject}”上 {many} 个班，公平的数目是 {low} 到 {high}。",
        "Driver “{subject}” has {many} duties, a fair share is {low} to {high}.",
    ),
    "roster-share-early": (
        "司机“{subject}”上 {many} 个早班，公平的数目是 {low} 到 {high}。",
        "Driver “{subject}” has {many} early duties, a fair share is {low} to {high}.",
    ),
    "roster-share-weekends": (
        "司机“{subject}”周末上 {many} 个班，公平的数目是 {low} 到 {high}。",
        "Driver “{subject}” has {many} duties at weekends, a fair share is {low} to"
        " {high}.",
    ),
    "roster-working-wrong": (
        "单独一天上班的次数写的是 {told}，应为 {right}。",
        "The single working days are said to be {told}, they are {right}.",
    ),
    "roster-rest-wrong": (
        "单独一天休息的次数写的是 {told}，应为 {right}。",
        "The single rest days are said to be {told}, they are {right}.",
    ),
    "roster-changes-wrong": (
        "换车次数写的是 {told}，应为 {right}。",
        "The changes of bus are said to be {told}, they are {right}.",
    ),
    "roster-bound-wrong": (
        "下限 {bound} 比这份排班还高，不可能成立。",
        "The bound {bound} is above this very roster and cannot hold.",
    ),
}

ROSTER_INPUTS: dict[str, tuple[str, str]] = {
    "roster-no-duties": ("没有班次可排。", "There are no duties."),
    "roster-no-drivers": ("没有司机。", "There are no drivers."),
    "duty-too-late": (
        "班“{subject}”到 {until} 才结束，与次日最早的班重叠（{limit}）。请拆成两班。",
        "Duty “{subject}” ends at {until}, after the next day's first begins ({limit})."
        " Cut it in two.",
    ),
    "driving-outside": (
        "班“{subject}”的驾驶时段 {first}–{last} 不在班内，或与前一段重叠。",
        "Driving from {first} to {last} is outside duty “{subject}”, or overlaps what"
        " is before.",
    ),
    "duty-never": (
        "班“{subject}”一周里哪天都不开。",
        "Duty “{subject}” runs on no day of the week.",
    ),
    "duty-breaks-rule": (
        "班“{subject}”（驾驶 {minutes} 分钟）谁开都违反规则“{rule}”（{limit}）。请拆开或加休息。",
        "Duty “{subject}” ({minutes} minutes driven) breaks the rule “{rule}” ({limit})"
        " whoever drives it. Cut it, or add a break.",
    ),
    "block-uncuttable": (
        "车“{subject}”一天驾驶 {minutes} 分钟，违反规则“{rule}”（{limit}），等候的地方也不够换人。",
        "Bus “{subject}” is driven {minutes} minutes, which breaks the rule “{rule}”"
        " ({limit}), and it does not wait where drivers could change.",
    ),
    "roster-impossible": (
        "排不出来：{drivers} 名司机，{days} 这些天的 {duties} 个班，加上规则 {rules}，不能同时满足。"
        "少了其中任何一项就看不出矛盾。",
        "There is no roster: {drivers} drivers, {duties} duties on {days}, and the rules"
        " {rules} cannot all be kept. Without any one of them nothing is known to be at"
        " odds.",
    ),
    "roster-not-found": (
        "没有找到遵守全部规则的排班（最好的还差 {broken} 处），也没有证明排不出来。请放宽一条规则，或"
        "增加计算量。",
        "No roster that keeps all rules was found (the best breaks them {broken}"
        " times), nor was it shown that there is none. Loosen a rule, or allow more"
        " work.",
    ),
    "roster-rule-unknown": (
        "“{subject}”：没有规则“{value}”，未使用。",
        "“{subject}”: there is no rule “{value}”; it is not used.",
    ),
    "cell-times": (
        "“{subject}”的“{column}”不是时段：{value}（例：06:00-08:30 09:00-11:00）。",
        "“{column}” of “{subject}” holds no times: {value} (example: 06:00-08:30"
        " 09:00-11:00).",
    ),
    "cell-weekdays": (
        "“{subject}”的“{column}”应写成 1 到 7（1 是星期一），例如 12345：{value}。",
        "“{column}” of “{subject}” should be figures from 1 (Monday) to 7, such as"
        " 12345: {value}.",
    ),
    "fare-caps-differ": (
        "“{subject}”里写了 {many} 个不同的封顶价，只能有一个。",
        "“{subject}” gives {many} caps; there may be one.",
    ),
    "fare-base-missing": (
        "票价表缺少“0 筐起”的一行。",
        "The fare table lacks the row of 0 baskets.",
    ),
}

FARES: dict[str, tuple[str, str]] = {
    "fare-absurd": (
        "票价 {fen} 分不可信，应在 0 到 {most} 分之间。",
        "A fare of {fen} fen cannot be right; it should be between 0 and {most}.",
    ),
    "fare-band-unclear": (
        "票价表里“{baskets} 筐起”出现两次，或是负数。",
        "“From {baskets} baskets” is given twice in the fare table, or is negative.",
    ),
    "fare-falls": (
        "从 {baskets} 筐起反而更便宜，请核对。",
        "From {baskets} baskets riding gets cheaper; please check.",
    ),
    "fare-cap-below-base": (
        "封顶价 {cap} 分低于起步价 {base} 分。",
        "The cap, {cap} fen, is below the fare without baskets, {base} fen.",
    ),
    "fare-trips-wrong": (
        "票款列了 {told} 个班次，与方案的 {right} 个不是同样的班次。",
        "Revenue is given for {told} trips, which are not the {right} of the plan.",
    ),
    "fare-trip-wrong": (
        "“{subject}”的票款写的是 {told} 分，应为 {right} 分。",
        "Revenue of “{subject}” is said to be {told} fen, it is {right}.",
    ),
    "fare-cap-exceeded": (
        "“{subject}”的票款 {told} 分超过封顶价合计 {most} 分。",
        "Revenue of “{subject}”, {told} fen, is above everybody's cap, {most}.",
    ),
    "fare-sum-wrong": (
        "票款合计写的是 {told} 分，应为 {right} 分。",
        "All revenue is said to be {told} fen, it is {right}.",
    ),
    "fare-baskets-wrong": (
        "按筐数统计的人数不对。",
        "The numbers of persons by baskets are wrong.",
    ),
    "subsidy-cost-wrong": (
        "成本写的是 {told} 分，应为 {right} 分。",
        "The cost is said to be {told} fen, it is {right}.",
    ),
    "subsidy-revenue-wrong": (
        "补贴里的票款写的是 {told} 分，应为 {right} 分。",
        "The subsidy's revenue is said to be {told} fen, it is {right}.",
    ),
    "subsidy-subsidy-wrong": (
        "补贴写的是 {told} 分，应为 {right} 分。",
        "The subsidy is said to be {told} fen, it is {right}.",
    ),
}

COMMAND: dict[str, tuple[str, str]] = {
    "roster-help": (
        "排班：谁在哪天开哪个班，说明公平不公平、有没有证明最好。",
        "Make a roster: who drives what on which day, and whether it is proven best.",
    ),
    "from-help": ("第一天（例 2026-03-02）", "first day (such as 2026-03-02)"),
    "roster-on-help": (
        "按哪天的司机、班务、规则和线路排（例 2026-03-02）；不写就是第一天",
        "the day whose drivers, duties, rules and line hold; the first day if absent",
    ),
    "days-help": ("排多少天", "how many days"),
    "roster-out-help": ("把排班写进这个文件夹", "write the roster into this folder"),
    "rule-unverified": (
        "规则“{rule}”（{number}）未经核对：{source}",
        "Rule “{rule}” ({number}) is not verified: {source}",
    ),
    "rostered": (
        "{drivers} 名司机、{days} 天、{many} 个班。单独一天上班或休息 {single} 次（不可能少于"
        " {bound} 次），次日换车 {changes} 次。",
        "{drivers} drivers, {days} days, {many} duties. Single days at work or at rest:"
        " {single} (never fewer than {bound}); another bus the next day: {changes}.",
    ),
}
TITLES = {
    "zh": ("日期", "班次", "司机", "姓名", "上班", "下班"),
    "en": ("day", "duty", "driver", "name", "begins", "ends"),
}
