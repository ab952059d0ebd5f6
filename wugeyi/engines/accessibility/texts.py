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
    "network-file-foreign": (
        "“{subject}”不是保存的步行路网。",
        "“{subject}” is no saved walking network.",
    ),
    "network-file-damaged": (
        "路网文件“{subject}”不完整或已损坏，请重新导入。",
        "The network file “{subject}” is incomplete or damaged; import it again.",
    ),
}
