"""Signs, sheets and posters of a line, as PDF."""
