"""The one place of this app that calls the engine ``ledger``."""
