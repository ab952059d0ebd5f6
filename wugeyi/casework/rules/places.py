"""How near is near."""

# h3 resolution 10: hexagons with an edge of some 75 m, so that a cell and its six
# neighbours hold every point within 100 m or so.
CELL_RESOLUTION = 10
# Reports of one category within 50 m of an earlier one were 21 % of a real 311 data
# set (design notes); twice that allows for a pin set in a hurry.
NEAR_METRES = 100
