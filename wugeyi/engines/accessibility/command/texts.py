"""What the command says, Chinese and English; ``{gaps}`` are filled in."""

TEXTS: dict[str, tuple[str, str]] = {
    # The program.
    "about": (
        "15 分钟生活圈：只用文件，不用数据库。路网来自 OpenStreetMap，住宅和设施来自表格。",
        "The 15-minute life circle, from files alone: streets from OpenStreetMap, homes and"
        " facilities from tables.",
    ),
    "command-help": (
        "{prog} 命令 --help 列出一个命令的选项",
        "{prog} COMMAND --help lists a command's options",
    ),
    "usage-more": ("{prog} --help 列出选项", "{prog} --help lists the options"),
    "help-usage": ("用法：", "usage: "),
    "help-files": ("要给的", "arguments"),
    "help-options": ("选项", "options"),
    "help-help": ("显示这些说明", "show this help"),
    "usage-error": ("用法不对：{problem}", "wrong usage: {problem}"),
    "extra-missing": (
        '这个命令需要 {module}：pip install "wugeyi[planning]"',
        'This command needs {module}: pip install "wugeyi[planning]"',
    ),
    "error": ("错误", "error:"),
    "warning": ("注意", "warning:"),
    "note": ("说明", "note:"),
    "more-alike": (
        "　　……还有 {count} 条同类的。",
        "    … and {count} more like these.",
    ),
    "row": ("第 {number} 行", "row {number}"),
    "written": ("已写入 {path}：{count} 行。", "Wrote {path}: {count} rows."),
    "attribution": (
        "数据：{attribution}（{licence}）",
        "Data: {attribution} ({licence})",
    ),
    "unverified": (
        "模板《{name}》凭记忆整理，未核对原文；界限请自行核对。",
        "The template “{name}” was written from memory and not compared with its source:"
        " check its limits.",
    ),
    # import
    "import": (
        "读 OpenStreetMap 数据，存成步行路网",
        "read OpenStreetMap data, save a walking network",
    ),
    "osm-file": (
        "OpenStreetMap 数据（.osm.pbf 或 .osm）",
        "OpenStreetMap data (.osm.pbf, .osm)",
    ),
    "network-out": ("路网存到这个文件", "save the network to this file"),
    "dem-files": (
        "SRTM 高程（.hgt，可以是 .zip），可以给几个；有了才能算坡度",
        "SRTM heights (.hgt, also zipped), one or more; needed for slopes",
    ),
    "homes-out": (
        "把有人住的建筑另存成住宅表（.csv）；人数要自己填",
        "also save buildings lived in as a table of homes (.csv); you fill in residents",
    ),
    "facilities-out": (
        "把模板里的设施另存成设施表（.csv）",
        "also save the template's facilities as a table (.csv)",
    ),
    "template": (
        "设施分类模板：{codes}，或自己的 .toml 文件；默认 {default}",
        "template of categories: {codes}, or a .toml file of your own; default {default}",
    ),
    "private": (
        "不对外开放的道路也走（例如小区里面）",
        "also walk on private ways (such as inside estates)",
    ),
    "reading": ("正在读 {name} ……", "Reading {name} …"),
    "network-is": (
        "{name}：{nodes} 个节点、{segments} 个路段，共 {km} 公里；最大一片占 {share}。",
        "{name}: {nodes} nodes, {segments} segments, {km} km; the largest part has {share}.",
    ),
    # reach
    "reach": (
        "每处住宅走到每类设施要多久；多少人在界限内、界限外",
        "how long from every home to every category; how many people are inside and outside",
    ),
    "network-file": ("circle import 存的路网", "a network saved by circle import"),
    "homes-file": (
        "住宅表（.csv 或 .xlsx）：名称、经度、纬度、居民、老人",
        "table of homes (.csv, .xlsx): name, lon, lat, residents, elderly",
    ),
    "facilities-file": (
        "设施表（.csv 或 .xlsx）：名称、类别、经度、纬度、容量",
        "table of facilities (.csv, .xlsx): name, category, lon, lat, capacity",
    ),
    "system": (
        "表中坐标的坐标系：wgs84、gcj02（高德、腾讯）、bd09（百度）；默认 {default}",
        "coordinate system of the tables: wgs84, gcj02 (Amap, Tencent) or bd09 (Baidu);"
        " default {default}",
    ),
    "pace": (
        "走多快：adult（每小时 4.8 公里）、elder（3.0 公里）、planners（每分钟 60 米），"
        "或每小时公里数；默认 {default}",
        "how fast: adult (4.8 km/h), elder (3.0 km/h), planners (60 m a minute), or km/h;"
        " default {default}",
    ),
    "slope": (
        "计算上坡下坡（导入时要给高程）",
        "count slopes (needs heights at import)",
    ),
    "minutes": (
        "界限，分钟；不给就用模板里每一类的界限",
        "limit in minutes; by default each category's own of the template",
    ),
    "out": (
        "结果存到这个文件：.csv、.geojson 或 .parquet",
        "save the result here: .csv, .geojson or .parquet",
    ),
    "summary-out": (
        "把各类设施的汇总表也存下来（.csv 或 .parquet）",
        "also save the table of categories (.csv or .parquet)",
    ),
    "public": (
        "汇总可以公开：1 到 4 的数和由它能推出的数都不显示",
        "for everybody: counts from 1 to 4, and what would give them away, are hidden",
    ),
    "walking": ("正在计算步行时间 ……", "Working out walking times …"),
    "coverage-title": (
        "{homes} 处住宅，{pace}",
        "{homes} homes, {pace}",
    ),
    "pace-is": ("每小时 {kmh} 公里", "{kmh} km/h"),
    "pace-slope": (
        "每小时 {kmh} 公里（平路），计坡度",
        "{kmh} km/h on level ground, with slopes",
    ),
    "head-category": ("类别", "category"),
    "head-limit": ("界限（分）", "limit, min"),
    "head-residents-inside": ("界限内居民", "residents inside"),
    "head-residents-outside": ("界限外居民", "residents outside"),
    "head-elderly-outside": ("界限外老人", "elderly outside"),
    "head-homes-inside": ("界限内住宅", "homes inside"),
    "head-homes-outside": ("界限外住宅", "homes outside"),
    "head-nowhere": ("不靠路住宅", "homes off streets"),
    "head-places": ("够不够", "enough"),
    "head-worst": ("最远的住宅（分）", "farthest home, min"),
    "hidden": ("不显示", "hidden"),
    "enough": ("够", "yes"),
    "short": ("缺 {count} 个位置", "{count} places short"),
    "not-known": ("–", "–"),
    "beyond": ("{name}（超过 {minutes}）", "{name} (over {minutes})"),
    "worst-is": ("{name}（{minutes}）", "{name} ({minutes})"),
    "no-facilities": ("{name}：一处也没有。", "{name}: there is none."),
    # whatif
    "whatif": (
        "修一座桥、开一扇门、建一处设施之后，谁走得更近",
        "who gets nearer when a bridge, a gate or a facility comes, or loses one",
    ),
    "new-link": (
        "新的连接：经度,纬度,经度,纬度（两头），可再加 ,分钟；可以给几次",
        "a new link: LON,LAT,LON,LAT (its ends), and ,MINUTES if you like; may be repeated",
    ),
    "shut-link": (
        "不能走了的路段：离这个点（经度,纬度）最近的；可以给几次",
        "a way shut: the segment nearest to LON,LAT; may be repeated",
    ),
    "new-facility": (
        "新的设施：类别,经度,纬度；可以给几次",
        "a new facility: CATEGORY,LON,LAT; may be repeated",
    ),
    "shut-facility": (
        "关掉的设施：名称；可以给几次",
        "a facility closed: its name; may be repeated",
    ),
    "nobody-changes": (
        "没有一处住宅的步行时间因此改变。",
        "No home's walking time changes.",
    ),
    "changed-title": ("改变之后", "After the change"),
    "head-gained": ("进入界限的居民", "residents gained"),
    "head-gained-elderly": ("其中老人", "elderly of them"),
    "head-lost": ("离开界限的居民", "residents lost"),
    "head-nearer": ("走得更近的住宅", "homes nearer"),
    "head-farther": ("走得更远的住宅", "homes farther"),
    # site
    "site": (
        "再建几处设施，建在哪里受益的人最多",
        "where the next facilities help the most people",
    ),
    "site-category": ("设施的类别", "the category"),
    "site-count": ("建几处；默认 {default}", "how many; default {default}"),
    "candidates": (
        "候选位置表（名称、经度、纬度）；不给就用住宅附近的路口",
        "table of candidate sites (name, lon, lat); by default street corners near homes",
    ),
    "places": (
        "每处新设施有多少个位置；已有的设施按表里的容量",
        "places of each new site; those standing have the table's capacity",
    ),
    "for-elderly": ("只看老人", "count elderly only"),
    "prove": (
        "算到证明最好为止，最多这么多秒（默认 {default}）；按 Ctrl-C 停下，保留当前最好的",
        "search until it is proven best, for so many seconds at most (default {default});"
        " Ctrl-C stops and keeps the best so far",
    ),
    "searching": ("正在选址", "Choosing sites"),
    "best-and-bound": ("{best} 人，上限 {bound}", "{best} people, at most {bound}"),
    "site-title": ("{name}：再建 {count} 处", "{name}: {count} more"),
    "head-site": ("位置", "site"),
    "head-lon": ("经度", "lon"),
    "head-lat": ("纬度", "lat"),
    "head-adds": ("新增受益人数", "people added"),
    "site-none": (
        "没有哪个候选位置能让更多的人进入界限。",
        "No candidate brings anybody new inside the limit.",
    ),
    "site-proven": (
        "共 {people} 人受益，已证明没有更好的选法。",
        "{people} people in all; proven: no other choice serves more.",
    ),
    "site-gap": (
        "共 {people} 人受益；任何选法都不会超过 {bound} 人（差距不到 {gap}）。",
        "{people} people in all; no choice serves more than {bound} (gap at most {gap}).",
    ),
    "site-stopped": (
        "没有算完就停了，这是到那时为止最好的。",
        "Stopped before the end: this is the best until then.",
    ),
    "corner": ("路口 {number}", "corner {number}"),
    "people-unknown": (
        "住宅表没有居民人数，按每处住宅一人计算。",
        "The homes' table says nothing about residents; each home counts as one.",
    ),
    # isochrone
    "isochrone": (
        "从一个点（或到某类设施）几分钟内能走到的范围",
        "the area within some minutes of a point, or of any facility of a category",
    ),
    "at": ("点：经度,纬度", "the point: LON,LAT"),
    "iso-category": (
        "不给点而给设施表：到这一类设施的范围",
        "instead of a point, with a table of facilities: the area around this category",
    ),
    "iso-minutes": (
        "分钟，可以给几个；默认 5 10 15",
        "minutes, several; default 5 10 15",
    ),
    "iso-title": ("步行范围", "Within a walk"),
    "head-minutes": ("分钟", "minutes"),
    "head-street": ("街道（公里）", "streets, km"),
    # export
    "export": (
        "把路网写成 GIS 能读的文件：每个路段一行",
        "write the network for a GIS: a row for each segment",
    ),
    # Arguments.
    "bad-point": ("“{text}”不是“经度,纬度”。", "“{text}” is not LON,LAT."),
    "bad-link": (
        "“{text}”不是“经度,纬度,经度,纬度”或“经度,纬度,经度,纬度,分钟”。",
        "“{text}” is not LON,LAT,LON,LAT or LON,LAT,LON,LAT,MINUTES.",
    ),
    "bad-facility": (
        "“{text}”不是“类别,经度,纬度”。",
        "“{text}” is not CATEGORY,LON,LAT.",
    ),
    "bad-pace": (
        "“{text}”不是步速：adult、elder、planners，或 0.5 到 20 的每小时公里数。",
        "“{text}” is no pace: adult, elder, planners, or km/h from 0.5 to 20.",
    ),
    "bad-minutes": (
        "分钟数应在 1 到 180 之间：{text}",
        "minutes go from 1 to 180: {text}",
    ),
    "bad-count": (
        "“{text}”应是 1 以上的整数。",
        "“{text}” should be a whole number from 1.",
    ),
}
