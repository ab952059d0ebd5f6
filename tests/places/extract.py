"""A few streets of an invented quarter as OpenStreetMap has them."""

NODES = {
    1: (106.700, 26.640),
    2: (106.704, 26.640),
    3: (106.708, 26.640),
    4: (106.708, 26.645),
    5: (106.700, 26.645),
    # A house, a building nobody said anything of, a workshop.
    11: (106.7010, 26.6410),
    12: (106.7012, 26.6410),
    13: (106.7012, 26.6412),
    14: (106.7010, 26.6412),
    21: (106.7030, 26.6410),
    22: (106.7032, 26.6410),
    23: (106.7032, 26.6412),
    24: (106.7030, 26.6412),
}
WAYS = {
    101: ([1, 2, 3, 4], {"highway": "residential"}),
    102: ([4, 5, 1], {"highway": "footway"}),
    201: ([11, 12, 13, 14, 11], {"building": "apartments", "name": "金桥小区 1 栋"}),
    202: ([21, 22, 23, 24, 21], {"building": "yes"}),
}
PLACES = {
    301: (
        106.7041,
        26.6401,
        {
            "amenity": "clinic",
            "name": "金桥卫生站",
            "opening_hours": "Mo-Fr 08:00-17:30",
        },
    ),
    302: (106.7079, 26.6451, {"amenity": "school", "capacity": "450"}),
    303: (106.7020, 26.6400, {"amenity": "bench"}),
}


def osm_xml() -> bytes:
    def tags(given: dict[str, str]) -> str:
        return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in given.items())

    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for key, (lon, lat) in NODES.items():
        lines.append(f'<node id="{key}" version="1" lon="{lon}" lat="{lat}"/>')
    for key, (lon, lat, given) in PLACES.items():
        lines.append(
            f'<node id="{key}" version="1" lon="{lon}" lat="{lat}">{tags(given)}</node>'
        )
    for key, (refs, given) in WAYS.items():
        nds = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        lines.append(f'<way id="{key}" version="1">{nds}{tags(given)}</way>')
    lines.append("</osm>")
    return "\n".join(lines).encode()
