"""Sentences about workbooks and dated rows; what sheets are called."""

ABOUT_SHEET = ("说明", "read me")
SHEETS: dict[str, tuple[str, str]] = {
    "stops": ("站点", "stops"),
    "markets": ("市场", "markets"),
    "depots": ("车场", "depots"),
    "ways": ("行车时间", "ways"),
    "vehicles": ("车辆", "vehicles"),
    "regular_duties": ("共用车常规班", "regular duties"),
    "requests": ("出行需求", "requests"),
    "departures": ("常规车时刻", "departures"),
    "rules": ("规则", "rules"),
    "fares": ("票价", "fares"),
    "drivers": ("驾驶员", "drivers"),
    "duties": ("班务", "duties"),
    "roster_rules": ("排班规则", "roster rules"),
}
"""Sheets by table: Chinese and English."""

WORKBOOK: dict[str, tuple[str, str]] = {
    "workbook-none": (
        "这不是 XLSX 工作簿。请在表格软件里另存为 XLSX。",
        "This is no XLSX workbook. Save it as XLSX in your spreadsheet program.",
    ),
    "workbook-old": (
        "这是旧格式的工作簿（.xls）。请在表格软件里另存为 XLSX。",
        "This is a workbook of the old kind (.xls). Save it as XLSX.",
    ),
    "workbook-locked": (
        "工作簿有密码，打不开。请去掉密码再交。",
        "The workbook is locked by a password. Take the password off first.",
    ),
    "workbook-large": (
        "工作簿太大，超过 {most} MB，未读取。",
        "The workbook is larger than {most} MB and was not read.",
    ),
    "workbook-wide": (
        "有一张表一直占到第 {rows} 行、第 {columns} 列，未读取。请删去数据下方和右侧的空行、"
        "空列。",
        "A sheet reaches as far as row {rows} and column {columns} and was not read."
        " Delete the empty rows and columns below and beside the data.",
    ),
    "workbook-damaged": (
        "工作簿损坏，打不开：{detail}。请在表格软件里打开并重新保存。",
        "The workbook is damaged: {detail}. Open it in your spreadsheet program and save"
        " it again.",
    ),
    "workbook-foreign": (
        "“{subject}”里没有本线的表，未采用。",
        "“{subject}” has no sheet of a bus line and was not used.",
    ),
    "sheet-missing": (
        "工作簿缺少“{subject}”表。",
        "The workbook lacks the sheet “{subject}”.",
    ),
    "sheet-empty": (
        "“{subject}”表是空的，连表头也没有。请从模板开始填。",
        "The sheet “{subject}” is empty, without even titles. Start from the template.",
    ),
    "sheet-twice": (
        "“{subject}”与另一张表是同一种表，只能留一张。",
        "“{subject}” is the same table as another sheet; keep one of them.",
    ),
    "sheet-hidden": (
        "“{subject}”表是隐藏的，也读取了，请核对。",
        "The sheet “{subject}” is hidden; it was read too. Please check.",
    ),
    "sheet-unknown": (
        "“{subject}”表不认识，未采用。",
        "The sheet “{subject}” is not known and was not used.",
    ),
    "sheet-merged": (
        "“{subject}”里有上下合并的单元格，按每一行都填了同样的内容读取。",
        "“{subject}” has cells merged down a column; each row was read as having what"
        " the first one has.",
    ),
    "table-in-both": (
        "“{one}”和“{other}”是同一种表，请只留一个。",
        "“{one}” and “{other}” are the same table; keep one of them.",
    ),
    "cell-date": (
        "{subject}：“{column}”应是日期，如 2026-03-01，填的是“{value}”。",
        "{subject}: “{column}” should be a date such as 2026-03-01; it is “{value}”.",
    ),
    "cell-broken": (
        "{subject}：“{column}”的公式没有结果（{value}）。请在表格软件里改好并保存，或直接填写。",
        "{subject}: the formula of “{column}” has no result ({value}). Mend and save it"
        " in your spreadsheet program, or type what it should be.",
    ),
    "cell-turned": (
        "{subject}：“{column}”被表格软件变成了日期或时间（{value}）。请把单元格格式改为“文本”，"
        "再填一次。",
        "{subject}: your spreadsheet program turned “{column}” into a date or time"
        " ({value}). Format the cell as text and type it again.",
    ),
    "day-needed": (
        "{tables} 里有写了起用或停用日期的行：请说明要看哪一天。",
        "Rows of {tables} hold on some days only: say which day is wanted.",
    ),
    "dates-turned": (
        "{subject}：停用日期 {end} 不晚于起用日期 {first}，这一行哪天都不生效。停用日期是不再"
        "使用的第一天。",
        "{subject}: it ends on {end}, no later than it begins ({first}), and so holds on"
        " no day. The end is the first day on which it holds no more.",
    ),
    "dates-overlap": (
        "{subject}：“{thing}”与第 {line} 行的日期重叠，同一天只能有一行生效。停用日期当天已不"
        "再使用。",
        "{subject}: “{thing}” overlaps with row {line}; one row may hold on a day. A row"
        " no longer holds on the day it ends.",
    ),
    "none-hold": (
        "“{subject}”有 {many} 行，{day} 那天一行都不生效。",
        "“{subject}” has {many} rows, none of which holds on {day}.",
    ),
}

UNITS: dict[str, tuple[str, str]] = {
    "way-too-slow": (
        "“{subject}”：{metres} 米要开 {minutes} 分钟，比走路还慢，请核对单位。",
        "“{subject}”: {minutes} minutes for {metres} metres is slower than a walk;"
        " please check the units.",
    ),
    "way-too-short": (
        "“{subject}”：路长 {metres} 米，两地直线就有 {straight} 米，请核对。",
        "“{subject}”: the way is {metres} metres, the straight line {straight}; please"
        " check.",
    ),
    "place-astray": (
        "“{subject}”的坐标（纬度 {lat}，经度 {lon}）离其他地方太远，经纬度是不是写反了？",
        "“{subject}” (latitude {lat}, longitude {lon}) is far from all other places; are"
        " latitude and longitude swapped?",
    ),
    "baskets-many": (
        "“{subject}”：{persons} 个人带 {baskets} 个筐，请核对。",
        "“{subject}”: {persons} persons with {baskets} baskets; please check.",
    ),
    "like-yuan": (
        "“{subject}”的 {field} 是 {fen} 分，是不是按元填的？这里要填分。",
        "{field} of “{subject}” is {fen} fen; was it given in yuan? It should be fen.",
    ),
}
