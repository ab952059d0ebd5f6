"""The sentences of findings, Chinese and English, by code; ``{gaps}`` are values."""

TEXTS: dict[str, tuple[str, str]] = {
    # Files of OpenStreetMap.
    "file-missing": ("找不到文件“{subject}”。", "There is no file “{subject}”."),
    "file-empty": ("文件“{subject}”是空的。", "The file “{subject}” is empty."),
    "osm-foreign": (
        "“{subject}”不是 OpenStreetMap 数据（.osm.pbf 或 .osm）。",
        "“{subject}” holds no OpenStreetMap data (.osm.pbf or .osm).",
    ),
    "osm-damaged": (
        "“{subject}”不完整或已损坏，请重新下载。（{detail}）",
        "“{subject}” is incomplete or damaged; download it again. ({detail})",
    ),
    "osm-encoding": (
        "“{subject}”的文字编码不对，应为 UTF-8。（{detail}）",
        "“{subject}” is not in the encoding it claims; it should be UTF-8. ({detail})",
    ),
    "osm-no-ways": (
        "“{subject}”里没有可以步行的道路。",
        "“{subject}” has no way to walk on.",
    ),
    "osm-nodes-missing": (
        "{ways} 条道路缺少 {nodes} 个节点的坐标（多在数据边界处），缺的路段未采用。",
        "{ways} ways refer to {nodes} nodes without a place, mostly at the border of the"
        " extract; those stretches are left out.",
    ),
    "osm-gate-shut": (
        "此处的门标为不可通行，路网在这里断开。",
        "The gate here is marked as shut; the network is parted at it.",
    ),
    "network-islands": (
        "路网有 {islands} 处与主体不相连，共 {nodes} 个节点（占 {percent}%）：那里的人按"
        "走不出去计算。",
        "{islands} parts with {nodes} nodes ({percent} %) hang together with the main"
        " part nowhere; whoever lives there counts as unable to leave.",
    ),
    "network-gap": (
        "这里的路断头离另一条路只有 {metres} 米，可能漏画了连接。",
        "A way ends here {metres} m from another one; the link may be missing.",
    ),
    "network-gaps-more": (
        "另有 {count} 处类似的断头路没有列出。",
        "{count} more such ends are not listed.",
    ),
    "network-long": (
        "这段路两点之间有 {metres} 米，可能是画错了。",
        "{metres} m between two points of this way; it may be a slip.",
    ),
    "network-twice": (
        "{count} 个路段画了两遍，按一遍计算。",
        "{count} segments are drawn twice; they count once.",
    ),
    "network-file-foreign": (
        "“{subject}”不是保存的步行路网。",
        "“{subject}” is no saved walking network.",
    ),
    "network-file-damaged": (
        "路网文件“{subject}”不完整或已损坏，请重新导入。",
        "The network file “{subject}” is incomplete or damaged; import it again.",
    ),
    # Coordinates.
    "points-shifted": (
        "这些点按 {system} 离道路的中位距离是 {metres} 米，按 {likely} 是 {likely_metres}"
        " 米：坐标系可能选错了，请核对。",
        "Taken as {system} these points lie {metres} m from a street (median), taken as"
        " {likely} {likely_metres} m: check which system of coordinates they are in.",
    ),
    # Heights.
    "dem-unnamed": (
        "高程文件“{subject}”的名字里没有位置（例如 N26E106.hgt）。",
        "The name of the height file “{subject}” does not say where it lies"
        " (as N26E106.hgt does).",
    ),
    "dem-damaged": (
        "“{subject}”不是完整的 SRTM 高程文件（.hgt）。",
        "“{subject}” is no complete SRTM height file (.hgt).",
    ),
    "dem-elsewhere": (
        "高程数据（{subject}）不覆盖路网：路网在东经 {west}～{east}、北纬 {south}～{north}。",
        "The heights ({subject}) do not cover the network, which lies between {west} and"
        " {east} degrees east, {south} and {north} degrees north.",
    ),
    "dem-partial": (
        "{all} 个节点中有 {nodes} 个没有高程，那里按平地计算。",
        "{nodes} of {all} nodes have no height; there the ways are taken as level.",
    ),
    "dem-voids": (
        "高程数据有 {posts} 个空缺，已由周围的高程补上。",
        "The heights have {posts} holes, filled from their rims.",
    ),
    "dem-steep": (
        "{segments} 个路段的坡度超过 60%，可能是高程误差。",
        "{segments} segments are steeper than 60 %, which may be errors of the heights.",
    ),
    # Results.
    "export-ending": (
        "不认识“{subject}”的后缀：请用 .csv、.geojson 或 .parquet。",
        "The ending of “{subject}” is not known: use .csv, .geojson or .parquet.",
    ),
    "export-parquet": (
        '写 Parquet 需要 pyarrow：pip install "wugeyi[analysis]"；'
        "不装也可以写 .csv 或 .geojson。",
        'Parquet needs pyarrow: pip install "wugeyi[analysis]"; .csv and .geojson need'
        " nothing.",
    ),
    "export-no-places": (
        "这张表没有位置，不能写成 GeoJSON（{subject}）；请用 .csv。",
        "This table has no places and cannot be GeoJSON ({subject}); use .csv.",
    ),
    "export-folder": (
        "没有“{subject}”这个文件夹。",
        "There is no folder “{subject}”.",
    ),
    "export-failed": (
        "“{subject}”写不进去：{detail}。",
        "“{subject}” cannot be written: {detail}.",
    ),
    # Templates of categories.
    "template-broken": (
        "设施类别模板“{subject}”有误：{detail}",
        "The template of categories “{subject}” has a fault: {detail}",
    ),
    "template-empty": (
        "设施类别模板“{subject}”里没有类别。",
        "The template “{subject}” has no categories.",
    ),
    # Tables.
    "table-foreign": (
        "“{subject}”不是可以读的表格，请另存为 CSV 或 XLSX。",
        "“{subject}” is no table that can be read; save it as CSV or XLSX.",
    ),
    "table-old": (
        "“{subject}”是旧的 .xls 格式或加了密码，请另存为不加密的 XLSX。",
        "“{subject}” is in the old .xls format or has a password; save it as XLSX"
        " without one.",
    ),
    "table-encoding": (
        "“{subject}”的文字编码不认识，请另存为 UTF-8。",
        "“{subject}” is in an unknown encoding; save it as UTF-8.",
    ),
    "table-columns": (
        "“{subject}”缺少这些列：{columns}。",
        "“{subject}” lacks the columns {columns}.",
    ),
    "table-no-rows": ("表格里只有表头。", "The table has a header only."),
    "row-no-count": (
        "第 {row} 行（{name}）：“{value}”不是整数。",
        "Row {row} ({name}): “{value}” is no whole number.",
    ),
    "row-negative": (
        "第 {row} 行（{name}）：“{value}”不能是负数。",
        "Row {row} ({name}): “{value}” must not be negative.",
    ),
    "row-no-place": (
        "第 {row} 行（{name}）：没有可用的坐标“{value}”，也没有地址。",
        "Row {row} ({name}): neither usable coordinates (“{value}”) nor an address.",
    ),
    "row-address-only": (
        "第 {row} 行（{name}）：只有地址，没有坐标，暂不能放到图上。",
        "Row {row} ({name}): an address only; without coordinates it is not on the map.",
    ),
    "row-swapped": (
        "第 {row} 行（{name}）：经度 {lon} 和纬度 {lat} 像是填反了。",
        "Row {row} ({name}): longitude {lon} and latitude {lat} seem to be swapped.",
    ),
    "row-nowhere": (
        "第 {row} 行（{name}）：没有这样的坐标（{lon}，{lat}）。",
        "Row {row} ({name}): there is no such place ({lon}, {lat}).",
    ),
    "row-far": (
        "第 {row} 行（{name}）：一公里之内没有道路，可能在水里，或坐标有误。",
        "Row {row} ({name}): no way within a kilometre; it may lie in water, or the"
        " coordinates are wrong.",
    ),
    "row-twice": (
        "第 {row} 行（{name}）：和第 {other} 行是同一处。",
        "Row {row} ({name}): the same place as in row {other}.",
    ),
    "row-too-many-elderly": (
        "第 {row} 行（{name}）：老人 {elderly} 人多于居民 {residents} 人。",
        "Row {row} ({name}): {elderly} elderly people, but only {residents} residents.",
    ),
    "row-unknown-category": (
        "第 {row} 行（{name}）：“{template}”里没有“{value}”这一类。",
        "Row {row} ({name}): “{template}” has no category “{value}”.",
    ),
    # What a command asks for.
    "template-unknown": (
        "没有“{subject}”这个模板：有 {known}，也可以给自己的 .toml 文件。",
        "There is no template “{subject}”: there are {known}, or give a .toml file.",
    ),
    "table-no-homes": (
        "“{subject}”里没有一处能用的住宅。",
        "“{subject}” holds no home that can be used.",
    ),
    "which-place": (
        "请给 --at，或同时给 --facilities 和 --category。",
        "Give --at, or --facilities together with --category.",
    ),
    "point-off-network": (
        "点 {subject} 离道路太远（超过 {metres} 米），请检查经度、纬度的顺序和坐标系。",
        "The point {subject} is more than {metres} m from any street: check the order of"
        " longitude and latitude, and the coordinate system.",
    ),
    "network-level": (
        "路网“{subject}”没有高程，算不了坡度；导入时请加 --dem。",
        "The network “{subject}” has no heights, so slopes cannot count; give --dem at"
        " import.",
    ),
    "category-unknown": (
        "模板里没有“{subject}”这一类。可以写：{known}。",
        "The template has no category “{subject}”. There are: {known}.",
    ),
    "facility-unknown": (
        "设施表里没有“{subject}”。",
        "The table of facilities has no “{subject}”.",
    ),
    "nothing-changed": (
        "请至少给一个 --link、--shut、--open 或 --close。",
        "Give at least one of --link, --shut, --open, --close.",
    ),
}
