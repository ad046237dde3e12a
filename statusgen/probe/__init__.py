"""One file per kind of check, the scheduler of a round, the verdict of one round.

Knows no earlier round, no file and no page. Others use ``scheduler.run_round``,
``templates.secrets_of``, ``connect_to.parse_connect_to``, ``kinds.KINDS`` and ``round``.
"""
