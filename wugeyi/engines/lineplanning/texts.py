"""The sentences of findings, Chinese and English, by code; ``{gaps}`` are values."""

TEXTS: dict[str, tuple[str, str]] = {
    "trips-too-many": (
        "到“{subject}”的可行班次超过 {most} 个，无法逐一比较。请缩短最长乘车时间、减少每班停靠站数，"
        "或把相近的小需求合并。",
        "There are more than {most} possible trips to “{subject}”, too many to compare."
        " Shorten the ride limit, allow fewer stops a trip, or put small requests of one"
        " place together.",
    ),
}
