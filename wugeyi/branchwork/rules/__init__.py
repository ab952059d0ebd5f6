"""Who may do what, periods, meetings, tables people keep. Pure Python."""
