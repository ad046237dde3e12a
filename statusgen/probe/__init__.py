"""One file per kind of check, the scheduler of a round, the verdict of one round.

Knows no earlier round, no file and no page. Others use ``scheduler.run_round``,
``templates.secrets_of``, ``connect_to.parse_connect_to``, ``kinds.KINDS`` and ``round``.

A round: ``scheduler``, ``pace``, ``tools`` (what its checks share), ``canary``, ``verdict``,
``round`` (the record that is kept). An attempt: ``kinds`` (one module for each scheme of a
monitor's ``url:``), ``urls``, ``templates``, ``target``, ``resolve``, ``route``, ``proxy``,
``connect_to``, ``threads``, ``faults``. HTTP: ``http_options`` (what stands under ``http:``),
``http_fetch``, ``engine`` and ``curl_errors`` (libcurl), ``redirects``, ``body``, ``judge``,
``json_rules``, ``pattern`` with its ``pattern_worker``, ``witness``. TLS: ``handshake``,
``certificate``, ``missing_link`` (what a server forgets to send). ``shown_text``: what a page
shows. Others asked to look: ``globalping``.
"""
