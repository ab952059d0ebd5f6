"""Pictures of plans, reckoned on the server: where every line and word of an SVG goes.

Across, everything is a share of the width, so that letters keep their size on a phone
and on paper; down, it is pixels.
"""
