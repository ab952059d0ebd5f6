"""Dashboards and the five-ones page of every organisation."""
