"""What programs read: formats that others made known, as static files that are only ever fetched.

=====================================  ==========================================================
``api/v2/*.json``                      ``statuspage``: Statuspage's public API, version 2
``history/summary.json``,              ``upptime``: Upptime's summary and its badges' data
``api/<id>/*.json``
``badges/…``                           ``badges``: SVG, and endpoints of shields.io; ``guide``
``graphs/…``                           ``graphs``: pictures of response times
``status.txt``, ``status.md``,         ``plain``
``llms.txt``
``api/objectives.json``, ``gates.json``  ``promises``
``api/roadmaps.json``                  ``promises``, ``live_schema``
``metrics.txt``                        ``metrics``: OpenMetrics
``.well-known/api-catalog``            ``catalogue``: RFC 9727
``api/``                               ``guide``: the page that documents all of them
``schema/api/*.json``                  ``schemas``, ``promise_schemas``, ``vantage_schema``,
                                       ``report_schema``
``data/history/README.md``             ``readme`` (``statusgen status --markdown``)
=====================================  ==========================================================

``files`` gathers them; ``tokens`` makes the ids that a format asks for, ``facts`` the figures that
several files tell.
"""
