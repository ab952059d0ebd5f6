"""Sentences about regular duties of buses that the line shares."""

REGULAR: dict[str, tuple[str, str]] = {
    "regular-bus-missing": (
        "“{subject}”的车“{vehicle}”不在车辆表里。",
        "The bus “{vehicle}” of “{subject}” is not among the vehicles.",
    ),
    "regular-number": (
        "“{subject}”写的是第 {number} 辆，这种车本线只有 {has} 辆。",
        "“{subject}” is of bus number {number}; the line has {has} of that type.",
    ),
    "regular-place-missing": (
        "“{subject}”的起点或终点“{place}”不在站点、市场、车场表里。请先把它加为车场。",
        "The place “{place}” of “{subject}” is not among the stops, markets and depots."
        " Add it as a depot.",
    ),
    "regular-overlap": (
        "同一辆车的“{subject}”{starts} 就要开，“{other}”{ends} 才结束，重叠了。",
        "“{subject}” starts at {starts}, but the same bus is on “{other}” until {ends}.",
    ),
    "regular-too-far": (
        "同一辆车 {ends} 在“{here}”跑完“{other}”，开到“{there}”要 {minutes} 分钟，赶不上"
        " {starts} 的“{subject}”。",
        "The bus ends “{other}” at “{here}” at {ends}; “{there}” is {minutes} minutes"
        " away, too far for “{subject}” at {starts}.",
    ),
    "regular-no-way": (
        "同一辆车跑完“{other}”后，从“{here}”到“{there}”没有路，跑不了“{subject}”。",
        "The bus cannot get from “{here}”, where “{other}” ends, to “{there}”, where"
        " “{subject}” starts: there is no road.",
    ),
    "regular-cut-off": (
        "“{subject}”的车从“{here}”到“{there}”没有路。",
        "There is no road from “{here}” to “{there}” for the bus of “{subject}”.",
    ),
    "regular-before-hours": (
        "“{subject}”{starts} 开始，车按最早出场时间 {can} 才能到。请改早车的出场时间。",
        "“{subject}” starts at {starts}; leaving its depot when it may, the bus is there"
        " at {can}. Let it leave earlier.",
    ),
    "regular-after-hours": (
        "跑完“{subject}”，车 {back} 才能回场，车辆表里写的是最晚 {until}。",
        "After “{subject}” the bus is back at {back}; it has to be by {until}.",
    ),
}
