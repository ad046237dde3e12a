"""Data of a site in the forms of other tools, which check them by validators of their own.

``drawn``: an architecture as Mermaid and LikeC4; ``stages``: a plan as Mermaid. ``focus``: costs as
a FOCUS data set. ``ical``: stages. ``openslo``: objectives. ``prometheus``: monitors, as what
Prometheus scrapes; ``openmetrics``: recorded checks. ``exported``: the shape of what each returns.
"""
