"""Sentences about tables in files."""

FILES: dict[str, tuple[str, str]] = {
    "table-missing": (
        "缺少文件“{subject}”。",
        "The file “{subject}” is missing.",
    ),
    "table-encoding": (
        "“{subject}”的文字编码不认识，请另存为 UTF-8 的 CSV。",
        "“{subject}” is in an unknown encoding; save it as CSV in UTF-8.",
    ),
    "table-damaged": (
        "“{subject}”不是完整的 CSV：{detail}。",
        "“{subject}” is no sound CSV: {detail}.",
    ),
    "table-too-long": (
        "“{subject}”超过 {most} 行，未读取。",
        "“{subject}” has more than {most} rows and was not read.",
    ),
    "column-missing": (
        "“{subject}”缺少列“{column}”。",
        "“{subject}” lacks the column “{column}”.",
    ),
    "column-unknown": (
        "“{subject}”的列“{column}”不认识，未采用。",
        "“{subject}” has an unknown column “{column}”, which was not used.",
    ),
    "cell-empty": (
        "{subject}：“{column}”没有填。",
        "{subject}: “{column}” is empty.",
    ),
    "cell-number": (
        "{subject}：“{column}”应是整数，填的是“{value}”。",
        "{subject}: “{column}” should be a whole number; it is “{value}”.",
    ),
    "cell-decimal": (
        "{subject}：“{column}”是“{value}”，应为数字，可带小数点。",
        "{subject}: “{column}” is “{value}”; it should be a number.",
    ),
    "cell-yes": (
        "{subject}：“{column}”是“{value}”，应填“是”或“否”，空着就是否。",
        "{subject}: “{column}” is “{value}”; it should be yes or no, empty for no.",
    ),
    "cell-time": (
        "{subject}：“{column}”应是时间，如 06:30 或 24:10，填的是“{value}”。",
        "{subject}: “{column}” should be a time such as 06:30 or 24:10; it is"
        " “{value}”.",
    ),
    "rule-unknown": (
        "{subject}：没有名为“{value}”的规则，未采用。",
        "{subject}: there is no rule “{value}”; it was not used.",
    ),
    "way-twice": (
        "{subject}：“{here}”到“{there}”填了两次，且不一致。",
        "{subject}: the way from “{here}” to “{there}” is given twice, differently.",
    ),
    "way-elsewhere": (
        "{subject}：“{place}”不是站点、市场或车场，这段路未采用。",
        "{subject}: “{place}” is no stop, market or depot; the way was not used.",
    ),
    "ways-assumed": (
        "有 {many} 段路没有填，按不通车处理。",
        "{many} ways are not given; no bus is sent along them.",
    ),
}
