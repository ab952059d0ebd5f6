"""Appearance shared by every app: templates, tags, scripts, styles, middleware."""
