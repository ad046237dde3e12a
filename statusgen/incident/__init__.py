"""Incidents and maintenance windows: their files, life cycle and events. Sends nothing.

Files: ``content/incidents/<id>.md`` (people's) and ``data/history/incidents/<id>.md`` (the
program's). ``model``, ``fileformat``, ``sections``, ``times``: one file read and
written. ``files``, ``join``, ``adopt``: both folders, joined. ``lifecycle``, ``pipeline``,
``wording``: from outages to incidents. ``impacts``: what open ones add to the banner. ``events``:
what happened. ``window``, ``recurrence``: maintenance, and when it is.
"""

INCIDENTS = "incidents"
"""Name of the folder of incidents, below the pages and below the history."""
MAINTENANCE = "maintenance"
"""Name of the folder of maintenance windows, below the pages."""
