"""Incidents: their life cycle and their files. Sends nothing."""
