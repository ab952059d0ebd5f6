"""Sentences about driving times from a map."""

ROADS: dict[str, tuple[str, str]] = {
    "map-missing": ("没有地图文件“{subject}”。", "There is no map “{subject}”."),
    "map-foreign": (
        "“{subject}”不是 OpenStreetMap 的地图文件（.osm.pbf 或 .osm）。",
        "“{subject}” is no file of OpenStreetMap (.osm.pbf or .osm).",
    ),
    "map-damaged": (
        "地图文件“{subject}”损坏或不完整：{detail}。请重新下载。",
        "The map “{subject}” is damaged or cut short: {detail}. Fetch it again.",
    ),
    "map-no-roads": (
        "地图“{subject}”里没有公交车能走的路。",
        "The map “{subject}” has no road for a bus.",
    ),
    "map-cut": (
        "地图“{subject}”的边上有 {many} 条路被截断，靠近边界的行车时间可能偏长。",
        "{many} roads are cut at the border of the map “{subject}”; driving times near"
        " it may be too long.",
    ),
    "map-turns": (
        "地图“{subject}”里有 {many} 条转弯限制没有采用（经由路段的，或写法不认识的）。",
        "{many} bans of turns in the map “{subject}” were not used: they lead over a"
        " road, or are written in an unknown way.",
    ),
    "place-unplaced": (
        "“{name}”没有坐标，算不出行车时间。请填写纬度和经度。",
        "“{name}” has no coordinates, so no driving times. Enter latitude and longitude.",
    ),
    "place-aside": (
        "“{name}”离最近的行车路 {metres} 米，按那条路上的点计算，请核对坐标。",
        "“{name}” is {metres} metres from the nearest road for buses; times are from"
        " there. Please check its coordinates.",
    ),
    "place-off-road": (
        "“{name}”公交车到不了：最近的行车路在 {metres} 米外，超过 {reach} 米。请核对坐标，或改到"
        "路边设站。",
        "No bus reaches “{name}”: the nearest road for buses is {metres} metres away,"
        " more than {reach}. Check its coordinates, or set the stop at a road.",
    ),
    "place-cut-off": (
        "“{name}”公交车到不了：旁边有路，但与其他道路不连通，或开进去出不来。",
        "No bus reaches “{name}”: there is a road, but it is joined to no other, or"
        " leads in and not out.",
    ),
    "place-narrow": (
        "“{name}”{length_cm} 厘米的车到不了，路上限长 {longest_cm} 厘米。可改用短车，并在站点表填写限"
        "车长。",
        "A bus of {length_cm} cm does not reach “{name}”: the road takes {longest_cm} cm."
        " Use a shorter bus, and enter the limit at the stop.",
    ),
    "way-none": (
        "从“{here}”没有路开到“{there}”。",
        "There is no way for a bus from “{here}” to “{there}”.",
    ),
    "ways-there": (
        "“{subject}”里已有 {many} 行行车时间，没有改动。要重算请加 --replace，或先移走这个文件。",
        "“{subject}” has {many} rows of driving times already and was left as it is. Add"
        " --replace to reckon them anew, or move the file away.",
    ),
}
