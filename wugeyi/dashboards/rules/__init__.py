"""What stands in which cell, which days a page counts, how a chart is drawn."""
