"""Sentences about GTFS feeds, written and read."""

WRITTEN: dict[str, tuple[str, str]] = {
    "feed-no-position": (
        "这些地点没有经纬度，写不进 GTFS：{places}。请在站点表和市场表里补上。",
        "These places have no position and cannot go into a feed: {places}. Enter their"
        " latitude and longitude.",
    ),
    "feed-position-absurd": (
        "这些地点的经纬度不可信：{places}。请核对，是否经度和纬度填反了。",
        "The positions of these places cannot be right: {places}. Check whether latitude"
        " and longitude are swapped.",
    ),
    "feed-strange": (
        "方案里的这些地点不在表里：{places}。请用同一份资料重新规划。",
        "The plan has places that are not in the tables: {places}. Plan again from the"
        " same tables.",
    ),
    "plan-unread": (
        "“{subject}”不是方案文件。请用本程序写出的 JSON。",
        "“{subject}” holds no plan. Give the JSON this program writes.",
    ),
    "feed-no-trips": (
        "方案里没有班次，没有可写的 GTFS。",
        "The plan has no trips, so there is no feed to write.",
    ),
    "feed-empty": ("写 GTFS 要填“{subject}”。", "A feed needs “{subject}”."),
    "feed-address": (
        "网址“{address}”不对，应像 https://bus.example.org/。",
        "The address “{address}” is none; it should be like https://bus.example.org/.",
    ),
    "feed-contact": (
        "请填写单位的电话或电子邮箱，乘客才找得到人。",
        "Enter the agency's phone number or e-mail address, so that passengers can"
        " reach somebody.",
    ),
    "feed-phone": (
        "电话“{subject}”不对，只能有数字、空格、括号和连字符，如 0851-12345678。",
        "“{subject}” is no phone number; give digits, spaces, brackets and hyphens, such"
        " as 0851-12345678.",
    ),
    "feed-email": (
        "电子邮箱“{subject}”不对，应像 bus@example.org。",
        "“{subject}” is no e-mail address; it should be like bus@example.org.",
    ),
    "feed-language": (
        "语言“{subject}”不对，应是 zh、zh-CN 这样的代码。",
        "“{subject}” is no language; give a code such as zh or zh-CN.",
    ),
    "feed-timezone": (
        "时区“{subject}”不存在，中国大陆写 Asia/Shanghai。",
        "There is no time zone “{subject}”; mainland China's is Asia/Shanghai.",
    ),
    "feed-number-long": (
        "线路号“{subject}”太长，最多 12 个字；全名请写在线路名里。",
        "The line's number “{subject}” is too long, 12 characters at most; its full name"
        " belongs in the line's name.",
    ),
    "feed-weekdays": (
        "要对星期一到星期日分别说明开不开行。",
        "It has to be said of each weekday, Monday to Sunday, whether the line runs.",
    ),
    "feed-days-turned": (
        "有效期前后颠倒：从 {first} 到 {last}。",
        "The days are turned round: from {first} to {last}.",
    ),
    "feed-no-day": (
        "按有效期、星期和停运日期，这条线没有一天开行。",
        "By its period, weekdays and days off, the line runs on no day.",
    ),
    "booking-how": (
        "预约停靠要写明怎么预约：电话或网址。",
        "Booked stops need a way to book: a phone number or an address.",
    ),
    "booking-when": (
        "预约停靠要写明提前多久：提前几分钟，或提前几天。",
        "Booked stops need to say how early to book: minutes or days before.",
    ),
    "booking-slack": (
        "预约停靠的前后浮动至少 1 分钟。",
        "The slack of booked stops is one minute at least.",
    ),
}

READ: dict[str, tuple[str, str]] = {
    "feed-file": (
        "“{subject}”不存在或打不开：{detail}。请检查路径。",
        "“{subject}” is not there or cannot be opened: {detail}. Check its path.",
    ),
    "feed-not-zip": (
        "“{subject}”不是完整的 zip 文件。请重新下载时刻表。",
        "“{subject}” is no sound zip archive. Download the timetable again.",
    ),
    "feed-too-large": (
        "“{subject}”解开后有 {bytes} 字节，超过上限 {most}，没有读取。请只导出本地线路。",
        "“{subject}” has {bytes} bytes unpacked, more than {most}, and was not read."
        " Export only the lines around.",
    ),
    "feed-rows": (
        "“{subject}”超过 {most} 行，后面的没有读取。请只导出本地线路。",
        "“{subject}” has more than {most} rows; the rest was not read. Export only the"
        " lines around.",
    ),
    "feed-table-missing": (
        "时刻表里缺少文件“{subject}”，没有它读不出班次。请向公交公司索取完整的 GTFS。",
        "The timetable lacks the file “{subject}”, without which there are no trips. Ask"
        " the agency for the whole feed.",
    ),
    "feed-inside-folder": (
        "“{subject}”放在压缩包的子文件夹里，已照样读取。",
        "“{subject}” lies in a folder inside the archive; it was read all the same.",
    ),
    "feed-calendar-missing": (
        "calendar.txt 和 calendar_dates.txt 都没有，不知道班次哪天开行。请索取完整的 GTFS。",
        "Neither calendar.txt nor calendar_dates.txt is there, so nobody knows on which"
        " days trips run. Ask for the whole feed.",
    ),
    "feed-lines-missing": (
        "缺少文件“{subject}”，线路只能用编号称呼。请索取完整的 GTFS。",
        "The file “{subject}” is missing, so lines go by their ids. Ask for the whole"
        " feed.",
    ),
    "feed-service-turned": (
        "{subject}：开行日期前后颠倒（{first} 到 {last}），按没有开行处理。请改正。",
        "{subject}: the days are turned round ({first} to {last}), so it never runs."
        " Correct them.",
    ),
    "feed-encoding": (
        "“{subject}”的文字编码不是 UTF-8，按 GB 18030 读取；请核对站名。",
        "“{subject}” is not in UTF-8 and was read as GB 18030; check the names of stops.",
    ),
    "feed-undecodable": (
        "“{subject}”的文字编码认不出来，没有读取。请另存为 UTF-8。",
        "“{subject}” is in an unknown encoding and was not read. Save it as UTF-8.",
    ),
    "feed-damaged": (
        "“{subject}”第 {line} 行起读不下去：{detail}。请改正后重试。",
        "“{subject}” cannot be read from line {line} on: {detail}. Mend it and try"
        " again.",
    ),
    "feed-column-missing": (
        "“{subject}”缺少列“{column}”，这个文件没有采用。请补上这一列。",
        "“{subject}” lacks the column “{column}” and was not used. Add the column.",
    ),
    "feed-column-twice": (
        "“{subject}”的列“{column}”出现两次，用的是第一列。",
        "“{subject}” has the column “{column}” twice; the first was used.",
    ),
    "feed-row-long": (
        "{subject}：这一行比表头多出 {many} 格，可能少了引号；多出的没有采用。",
        "{subject}: the row has {many} cells more than the header, a quotation mark may"
        " be missing; they were not used.",
    ),
    "feed-cell-empty": (
        "{subject}：“{column}”没有填，这一行没有采用。请补上。",
        "{subject}: “{column}” is empty; the row was not used. Fill it in.",
    ),
    "feed-cell-time": (
        "{subject}：“{column}”应是时间，如 06:30:00 或 25:10:00，填的是“{value}”，这一行没有"
        "采用。请改正。",
        "{subject}: “{column}” should be a time such as 06:30:00 or 25:10:00; it is"
        " “{value}”. The row was not used; correct it.",
    ),
    "feed-cell-date": (
        "{subject}：“{column}”应是日期，如 20260131，填的是“{value}”，这一行没有采用。请改正。",
        "{subject}: “{column}” should be a day such as 20260131; it is “{value}”. The"
        " row was not used; correct it.",
    ),
    "feed-cell-number": (
        "{subject}：“{column}”应是 {least} 到 {most} 的整数，填的是“{value}”，这一行没有"
        "采用。请改正。",
        "{subject}: “{column}” should be a whole number from {least} to {most}; it is"
        " “{value}”. The row was not used; correct it.",
    ),
    "feed-twice": (
        "{subject}：编号“{value}”前面已经用过，这一行没有采用。请去掉重复的。",
        "{subject}: the id “{value}” was used before; the row was not used. Remove one"
        " of them.",
    ),
    "feed-unknown": (
        "{subject}：“{column}”里的“{value}”在 {table} 里没有，这一行没有采用。请补上或改正。",
        "{subject}: “{value}” in “{column}” is not in {table}; the row was not used. Add"
        " or correct it.",
    ),
    "feed-position": (
        "{subject}：站点“{value}”的经纬度不可信（{lat}，{lon}），按没有位置处理。请核对。",
        "{subject}: the position of the stop “{value}” ({lat}, {lon}) cannot be right;"
        " it counts as having none. Check it.",
    ),
    "feed-time-back": (
        "{subject}：班次“{value}”的时间倒退，这个班次没有采用。请改正时刻。",
        "{subject}: the times of the trip “{value}” run backwards; the trip was not"
        " used. Correct them.",
    ),
    "feed-trip-empty": (
        "trips.txt：{many} 个班次没有可用的停站时刻，没有采用，如“{value}”。",
        "trips.txt: {many} trips have no usable stop times and were not used, such as"
        " “{value}”.",
    ),
    "feed-guessed": (
        "stop_times.txt：{many} 个停站没有写时刻，按前后两站均匀推算。",
        "stop_times.txt: {many} calls have no time of their own; they were spread evenly"
        " between their neighbours'.",
    ),
    "feed-untimed": (
        "stop_times.txt：{many} 个停站没有时刻也推算不出，没有采用，如班次“{value}”。首末站请"
        "写上时刻。",
        "stop_times.txt: {many} calls have no time and none could be told, such as of"
        " the trip “{value}”; they were not used. Give first and last calls a time.",
    ),
    "feed-windows": (
        "stop_times.txt：{many} 个停站是预约停靠，没有固定时刻，不计入常规班次。",
        "stop_times.txt: {many} calls are booked within a window and have no minute; they"
        " are no regular departures.",
    ),
    "feed-many-more": (
        "“{subject}”还有 {many} 处同样的问题没有逐一列出。",
        "“{subject}” has {many} more problems of the same kind, not listed one by one.",
    ),
    "feed-no-departures": (
        "这个时刻表在 {day} 没有班次。请核对日期：它的日期从 {first} 到 {last}。",
        "The timetable has no trips on {day}. Check the day: its days are {first} to"
        " {last}.",
    ),
    "feed-places-bare": (
        "这些地点没有经纬度，找不到常规车的站点：{places}。请补上经纬度，或指明站点编号。",
        "These places have no position, so no regular stop can be found for them:"
        " {places}. Enter it, or name the stops.",
    ),
    "feed-places-far": (
        "这些地点 {metres} 米内没有常规车的站点：{places}。",
        "There is no regular stop within {metres} metres of these places: {places}.",
    ),
}

GTFS = {**WRITTEN, **READ}

COMMANDS: dict[str, tuple[str, str]] = {
    "gtfs-help": (
        "把方案写成 GTFS，供地图和查询软件使用。",
        "Write the plan as GTFS, for maps and journey planners.",
    ),
    "departures-help": (
        "从常规线路的 GTFS 读出经过各站的时刻。",
        "Read when regular buses pass our places, from their GTFS.",
    ),
    "feed-help": ("常规线路的 GTFS（zip 或文件夹）", "the regular GTFS, zip or folder"),
    "feed-on-help": ("看哪一天，如 2026-03-02", "the day, such as 2026-03-02"),
    "within-help": (
        "多少米以内算同一个站，默认 60",
        "metres that count as one place; 60",
    ),
    "departures-out-help": (
        "写进这个文件，如 departures.csv",
        "write to this file, such as departures.csv",
    ),
    "gtfs-out-help": ("写进这个 zip 文件", "write this zip archive"),
    "gtfs-agency-help": ("运营单位名称", "name of the agency"),
    "gtfs-url-help": ("运营单位网址", "the agency's address, https://…"),
    "gtfs-number-help": ("线路号", "the line's number"),
    "gtfs-name-help": ("线路名", "the line's name"),
    "gtfs-phone-help": ("运营单位电话", "the agency's phone number"),
    "gtfs-email-help": ("运营单位电子邮箱", "the agency's e-mail address"),
    "gtfs-from-help": ("从哪天起", "first day, such as 2026-03-01"),
    "gtfs-until-help": ("到哪天止（含）", "last day, included"),
    "gtfs-also-on-help": (
        "这天加开，可写多次",
        "it runs on this day too; may be repeated",
    ),
    "gtfs-not-on-help": ("这天停运，可写多次", "it does not run then; may be repeated"),
    "weekdays-help": (
        "星期几开行，如 135；1 是星期一，默认每天",
        "weekdays, such as 135; 1 is Monday; all if absent",
    ),
    "fare-help": (
        "从几筐起票价几元，如 0=2，可写多次；不写就不带票价",
        "yuan from so many baskets on, such as 0=2; may be repeated; no fares if absent",
    ),
    "gtfs-plan-help": ("用这个方案（JSON），不重新规划", "take this plan (JSON)"),
    "flex-help": (
        "另写一份预约停靠的 GTFS-Flex",
        "write a second feed too, GTFS-Flex, with stops that are booked",
    ),
    "notice-help": ("提前几分钟预约，默认 60", "minutes to book ahead; 60"),
    "feed-written": ("已写到 {file}。", "Written to {file}."),
    "departures-found": (
        "{lines} 条常规线路，{departures} 个时刻。",
        "{lines} regular lines, {departures} departures.",
    ),
}
