"""Rows to the engine's records and back; the only importer of the engine."""
