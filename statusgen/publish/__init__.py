"""Pages, feeds, the manifest and its writers. Computes neither uptime nor money.

``build``: the files of a repository → ``manifest`` (published path → bytes), schemas among them.
``site`` puts together what is said of measured time; ``writers`` and the MkDocs plugin put the
manifest somewhere. Texts of pages are in ``templates/`` (``templating`` fills them in,
``precompiled`` makes Python of them for the wheel), styles and the script in ``static/``
(``assets``); what all pages of one build share is an ``edition``, what a template may ask of its
page a ``page_view``. ``exports``: data in the forms of other tools.

======================================  =========================================================
``index.html``                          ``status_page``, ``headline`` (the banner),
                                        ``group_cards``,
                                        ``bars`` (the strips of days), ``strips`` (what they
                                        answer), ``widths`` (what stands under them)
``components/<id>/``                    ``component_page``, ``month_calendar``,
                                        ``response_times``
``incidents/<id>/``, ``history/``       ``incident_pages``; ``window_pages`` (maintenance)
                                        ``references``, ``retold``
``days/<date>/``                        ``day_pages``, ``day_index`` (which days have one),
                                        ``evidence`` (where a round can be seen)
``reports/<period>/``                   ``reports`` (page, CSV, JSON), ``report_words``,
                                        ``report_agreements`` (clause beside computation)
``maintenance.ics``                     ``calendar``
``api/vantages.json``                   ``vantages`` (who saw what)
``…/rss.xml``, ``atom.xml`` …           ``feeds``, ``feed_entries``, ``feed_places``
``freshness.json``, ``sitemap.xml`` …   ``sitefiles``
``api/v2/``, ``badges/`` …               the package ``api``
``roadmaps/``, ``wizard/guide/``        the package ``roadmaps``
``wizard/``, ``wizards/<id>/``          the package ``wizard``
``decisions/``                          ``decisions``
pages of ``content/``, without MkDocs   the package ``prose``
======================================  =========================================================

Around every page stands one header: ``chrome`` makes it for pages of MkDocs, ``engine_html`` adds
what else they need, ``search`` the index of all pages; Material's templates in our form are in
``material/``. For an engine that runs no plugin ``physical`` writes the pages as files, and
``fence`` answers for the blocks in its own pages. The package ``second`` brings a built site to
second places.

What they stand on: ``layout`` (a page without MkDocs), ``navigation``, ``links``, ``markdown``
(what people wrote, made harmless), ``excerpt`` (the newest word in one line), ``names`` (of
components, each another), ``figures``, ``promises`` (objectives and gates in
words), ``readiness`` (may a stage begin?), ``times``,
``appearance`` (a state's colour), ``policy`` (what a page allows).
"""
