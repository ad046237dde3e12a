"""Status pages and architecture roadmaps, generated from one repository.

The rooms, in the order in which data flows and imports point (see CONTRIBUTING.md):

========== ==================================================================
base       clock, ids, secrets, atomic files, escaping, YAML with line marks
config     what the operator wrote: ``data/status.yml`` and ``.upptimerc.yml``
probe      the kinds of check, the scheduler of a round, its verdict
history    rounds on disk: append, read, repair, roll up, verify, push
status     uptime arithmetic, the threshold machine, day bars, components
incident   incidents and their files
roadmap    stages, items, prices, costs, the audit of claims
draw       SVG
publish    pages, feeds, the manifest and its writers
demo       an embedded server and a made-up past
cli        the commands
========== ==================================================================
"""

__version__ = "0.1.0"
