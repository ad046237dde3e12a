"""Other status tools' monitors, history and incidents, read in; nothing here is written.

``upptime``: an Upptime repository: the samples in its git log, its summary, its exported issues.
"""
