"""Status pages and architecture roadmaps, generated from one repository.

The rooms, in the order in which data flows and imports point (see CONTRIBUTING.md). The first lines
of each package say which file on disk or which page belongs to which of its modules.

========== ==================================================================
base       clock, ids, secrets, atomic files, escaping, YAML with line marks
words      the catalogue: keys and values → sentences of a language
config     what the operator wrote: ``data/status.yml`` and ``.upptimerc.yml``
probe      the kinds of check, the scheduler of a round, its verdict
history    rounds on disk: append, read, repair, roll up, verify, push
status     uptime arithmetic, the threshold machine, day bars, components
incident   incidents, maintenance windows and their files
roadmap    stages, items, prices, costs
importer   documents → roadmaps with their claims
notify     the outbox and the channels
github     GitHub's REST API: issues and incidents
takeover   other status tools' past, read in
audit      claims and plans judged
wizard     questions, rules, answers and what they come to
gates      roadmaps' promises held against what was measured
run        what a site knows, and what a run does
setup      what ``init``, ``upgrade`` and ``doctor`` do
draw       SVG
publish    pages, feeds, the manifest and its writers
demo       an embedded server and a made-up past
cli        the commands
========== ==================================================================

``mkdocs_plugin`` is the one room that imports MkDocs; ``python -m statusgen`` is the command.
"""

__version__ = "0.1.0"
