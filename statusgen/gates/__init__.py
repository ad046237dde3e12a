"""Gates: what roadmaps promise, held against what was measured. Hands out keys and values.

``gate``: what a verdict is made of. ``evaluate``: success criteria, rollback triggers and watched
metrics of a roadmap, on the observed past (``status.standing``), on the derived money, or on a
figure of ``data/metrics/<id>.csv``, read by ``series``. ``report``: as plain
data. Nothing is stored: dates follow from a
replay over the past.
"""
