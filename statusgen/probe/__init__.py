"""One file per kind of check, the scheduler of a round, the verdict of one round.

Knows no earlier round, no file and no page.
"""
