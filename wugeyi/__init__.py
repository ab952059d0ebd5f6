"""Wugeyi (五个一): grassroots public service, each thing recorded once."""
