"""Uptime arithmetic, the threshold machine over rounds, day bars, component state. Pure: no I/O.

``compute`` makes the ``snapshot`` that all pages, feeds and badges read. In it: ``overall`` (the
sentence at the top), ``rollup`` (components and groups), ``uptime`` and ``latency`` (the figures of
a component's page), ``days`` (the strip of 90), ``freshness`` (is it old?), ``publication`` (are
new pages due?). ``facts`` answers for any window, ``tally`` adds windows up, ``proof`` says what
their checks prove, ``standing`` holds targets against that, ``replay`` does so over the past
(``at_once``: at many moments), ``objectives`` adds budgets and burn; ``methods`` counts one past by
five methods, ``periods`` are closed months, quarters and years, ``agreements`` what is owed for
one; ``threshold`` finds the outages that incidents begin from; beneath, ``intervals``. The
formulas: ``content/reference/states-and-uptime.md``.
"""
