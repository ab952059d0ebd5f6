"""One-stop desk: services with their materials, visits at one window, steps behind it."""
