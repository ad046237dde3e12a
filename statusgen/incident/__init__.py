"""Incidents and maintenance windows: their files, life cycle and events. Sends nothing.

Files: ``content/incidents/<id>.md`` (people's) and ``data/history/incidents/<id>.md`` (the
program's), ``content/maintenance/<id>.md``. ``sections``, ``outer``, ``folder``, ``lints``,
``recognise``, ``times``, ``edit``: what both kinds of file share. ``model``, ``fileformat``,
``files``, ``join``, ``adopt``, ``names`` (of monitors that were renamed): incidents, of both
folders. ``comments``: updates that came as comments on GitHub (``data/history/github/``).
``lifecycle``, ``pipeline``, ``wording``: from outages to incidents. ``impacts``: what open ones add
to the banner. ``events``: what happened;
``ordinals``: which number an update keeps. ``window``, ``recurrence``, ``windowfile``,
``windowfiles``, ``steps``: maintenance, when it is, its files, and what happened in it.
"""

INCIDENTS = "incidents"
"""Name of the folder of incidents, below the pages and below the history."""
MAINTENANCE = "maintenance"
"""Name of the folder of maintenance windows, below the pages."""
