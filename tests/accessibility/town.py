"""An invented town on two banks of a river: one bridge in the west, school in the east.

A street along each bank, a node every thousandth of a degree (some 100 metres). What is
asked of it can be worked out by hand.
"""

from pathlib import Path

from tests.accessibility.maps import Map

WEST = 106.700
NORTH, SOUTH = 26.603, 26.600
BLOCKS = 20
HOMES = """名称,经度,纬度,居民,老人
北岸西楼,106.7010,26.6031,120,30
北岸东楼,106.7190,26.6031,200,60
南岸西楼,106.7010,26.5999,80,20
南岸中楼,106.7110,26.5999,150,45
南岸东楼,106.7190,26.5999,90,40
河心岛,106.7100,26.6400,3,3
"""
FACILITIES = """名称,类别,经度,纬度,容量
北岸小学,教,106.7180,26.6031,400
南岸药店,卫,106.7100,26.5999,
西桥食堂,食,106.7000,26.6031,100
"""


def town_map() -> Map:
    drawing = Map()
    for first, lat in ((100, NORTH), (200, SOUTH)):
        nodes = [
            drawing.node(first + step, WEST + step * 0.001, lat)
            for step in range(BLOCKS + 1)
        ]
        drawing.way(first, nodes, highway="residential")
    drawing.way(300, [100, 200], highway="footway", bridge="yes")
    drawing.node(400, 106.7185, 26.6032, amenity="school", name="北岸小学")
    corners = [(106.7188, 26.6031), (106.7192, 26.6031), (106.7192, 26.6033)]
    ring = [drawing.node(500 + n, *corner) for n, corner in enumerate(corners)]
    drawing.way(500, [*ring, ring[0]], {"building": "apartments", "name": "北岸东楼"})
    return drawing


def write_town(folder: Path) -> Path:
    """Write town.osm, homes.csv and facilities.csv; return the folder."""
    town_map().write(folder / "town.osm")
    (folder / "homes.csv").write_text(HOMES, encoding="utf-8")
    (folder / "facilities.csv").write_text(FACILITIES, encoding="utf-8")
    return folder
