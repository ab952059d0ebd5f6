"""A need's way: report, routing, deadline, work, answer, call-back, figure."""
