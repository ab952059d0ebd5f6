"""What the command says: Chinese, English."""

from wugeyi.engines.lineplanning.texts_gtfs import COMMANDS
from wugeyi.engines.lineplanning.texts_roster import COMMAND as ROSTER

COMMAND: dict[str, tuple[str, str]] = {
    "about": (
        "惠农专线：从一个文件夹的表格，算出停哪些站、几点发车、谁坐哪辆车，以及没接上的原因。",
        "A bus line for growers: from a folder of tables to stops, times and buses, and"
        " the reason for everybody left out.",
    ),
    "template-help": ("写出空白表格，供填写。", "Write empty tables to fill."),
    "check-help": ("检查表格，不规划。", "Look for what is wrong with the tables."),
    "plan-help": ("规划，写出每一站的时刻。", "Plan, and write every call's times."),
    "explain-help": ("说明每个没接上的需求为什么。", "Say why requests are left out."),
    "folder-help": (
        "存放表格的文件夹，或一个 XLSX 工作簿",
        "the folder of tables, or one XLSX workbook",
    ),
    "on-help": (
        "要看哪一天，如 2026-03-01；有行写了起用或停用日期时要说明",
        "the day that is planned, such as 2026-03-01; needed once a row is dated",
    ),
    "seed-help": (
        "改为写出这个编号的虚构例子",
        "write the invented example of this number instead",
    ),
    "steps-help": (
        "每一轮最多算多少步；同样的数得到同样的方案",
        "steps of work in each round; the same number gives the same plan",
    ),
    "out-help": ("把方案写进这个文件夹", "write the plan into this folder"),
    "requests-help": ("需求的编号；不写就是全部", "codes of requests; all if absent"),
    "ways-help": (
        "按地图算出各地之间的公交行车时间，写成 ways.csv。",
        "Reckon driving times between places from a map, and write ways.csv.",
    ),
    "osm-help": (
        "OpenStreetMap 地图文件（.osm.pbf 或 .osm）",
        "a file of OpenStreetMap (.osm.pbf or .osm)",
    ),
    "length-help": (
        "车长，厘米；默认 1140",
        "length of the bus in centimetres; 1140 if absent",
    ),
    "replace-help": (
        "已有的 ways.csv 也重写",
        "write over the ways.csv that is there",
    ),
    "ways-written": (
        "{places} 个地方之间的 {many} 段行车时间已写到 {file}。",
        "{many} driving times between {places} places are in {file}.",
    ),
    "is-error": ("错误", "error"),
    "is-warning": ("请核对", "warning"),
    "is-note": ("说明", "note"),
    "written": ("表格已写到 {folder}。", "The tables are in {folder}."),
    "checked": (
        "可以规划：{requests} 个需求，{stops} 个站点，{buses} 辆车。",
        "Ready to plan: {requests} requests, {stops} stops, {buses} buses.",
    ),
    "planned": (
        "用 {buses} 辆车接 {served} 个需求，{left} 个没接上。方案价值 {value} 元，任何方案不超过"
        " {bound} 元（差距 {gap}）。",
        "{buses} buses take {served} requests, {left} are left out. The plan is worth"
        " {value} yuan, none is worth more than {bound} (gap {gap}).",
    ),
    "no-request": ("没有需求“{request}”。", "There is no request “{request}”."),
    "no-file": ("无法使用“{file}”：{detail}。", "“{file}” cannot be used: {detail}."),
    "extra-missing": (
        "缺少组件 {module}。请安装：pip install 'wugeyi[planning]'",
        "{module} is missing. Install it: pip install 'wugeyi[planning]'",
    ),
    **COMMANDS,
    **ROSTER,
}
