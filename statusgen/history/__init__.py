"""Rounds on disk: append, read, repair, roll up, verify; and their branch in git.

====================================  ===========================================================
``data/history/<YYYY>/<MM>/*.jsonl``  ``store`` appends and reads; ``dayfile`` one file, ``record``
                                      one line, ``quarantine`` lines that are no rounds
``data/history/daily/<YYYY>.json``    ``dailyfile`` the file, ``rollup`` who writes it,
                                      ``dayrecord`` one day in it, ``hourly``, ``histogram`` and
                                      ``figures`` its response times and other figures
``data/history/digests.jsonl``        ``chain``: each closed day sealed; ``sealed`` holds days
                                      against their seals
``data/history/prices.jsonl``         ``pricelog``: what vendors' pages showed
``data/history/reports.jsonl``        ``reportlog``: which revisions of a report there were
branch ``status-data``                ``gitbranch`` pull and push, ``gitplace`` where, ``gitmerge``
                                      two versions (``numbers``: of
                                      ``updates.json``), ``gitlocks`` what a dead process left,
                                      ``gitmend`` what a power loss broke,
                                      ``outboxdays`` what may be missing, ``gitremote``
                                      fetch and push, ``git`` the program itself
the branch that is checked out        ``gitedit`` pushes a person's change to one file
====================================  ===========================================================

What it all says: ``timeline`` (each monitor's past, from roll-ups and rounds), ``segments``
(observed time), ``looks`` (several vantages joined), ``daylog`` (single rounds, and where each
stands), ``cadence``, ``columns``, ``newest``, ``due`` (who is to be checked); ``engines``: rounds
read from other systems. What is wrong with it: ``verify`` looks, ``repair``
mends, ``ahead`` leaves out what a wrong clock stamped. ``shrink`` keeps it small.
"""
