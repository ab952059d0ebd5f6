"""Pages of lines: planners, growers, drivers."""
