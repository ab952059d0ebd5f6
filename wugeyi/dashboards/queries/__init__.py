"""What the pages show, at a fixed number of queries; every number is a figure."""
