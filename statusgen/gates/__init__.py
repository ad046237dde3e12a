"""Gates: what roadmaps promise, held against what was measured. Hands out keys and values.

``gate``: what a verdict is made of. ``evaluate``: success criteria, rollback triggers and watched
metrics of a roadmap, on the observed past (``status.standing``), on the derived money, or on
figures (``counted``): those of ``data/metrics/<id>.csv`` and ``.json`` (``files``), written into
the roadmap, or read by a check of JSON; ``series`` holds them, ``trend`` says when one will reach a
value. ``readiness``: may a stage begin? ``ledger``: every stated number and promise, how it was
checked, and what differs from an earlier ledger. ``forecast``: how available an architecture can be
expected to be, from its measured parts; ``expected``: promised uptimes against that, and the price
of a minute. ``rollback``: triggers run over the past, beside incidents and the deployments that
``deploys`` reads. ``dual``: both sides of a migration. ``news``: what happened to a roadmap.
``live``: all of that of one roadmap. ``fuses``: free
allowances and what is used of them. ``report``, ``live_report``: as plain data. Nothing is stored:
dates follow from a replay over the past.
"""
