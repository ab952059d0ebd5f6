"""Tags of the pages of holdings."""
