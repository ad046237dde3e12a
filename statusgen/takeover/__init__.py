"""Other status tools' monitors, history and incidents, read in; nothing here is written.

``upptime``: an Upptime repository: the samples in its git log, its summary, its exported issues.
``gatus``: a configuration of Gatus; ``gatus_conditions``: what its conditions ask for;
``gatus_windows``: its maintenance.
``kuma``, ``kuma_monitors``, ``kuma_beats`` and ``kuma_file``: Uptime Kuma's ``kuma.db``.
``statuspage``: answers of Statuspage's API, kept as files. ``cstate``: a site of cState.
``found``: the one shape of what they return. ``foreign``: YAML as others write it.
``secretly``: values that must not reach a public file.
"""
