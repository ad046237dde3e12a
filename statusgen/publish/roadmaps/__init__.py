"""Pages of roadmaps: what one states, what follows from it, what the audit says of both.

``site``: all pages and the files beside them; ``sheet``: one of them in the making. Their texts are
in ``templates/``, their styles and script in ``static/`` (``assets``). A ``dossier`` is a roadmap
with its costs and findings; the wizard's is a ``wizard_dossier``. Below ``roadmaps/<id>/``:

========================================  =======================================================
its first page, ``stages/<stage>/``       ``plan_tables``, ``promise_tables``,
                                          ``stage_tables``, ``lead``
``gates/``, forecasts, dual runs          ``promise_tables``, ``live_tables``
feeds                                     ``feed``
``costs/``, ``compare/``                  ``stage_tables``, ``cost_tables``, ``columns_of_one``,
                                          ``actual_table``, ``savings``
``checklists/``, ``options/``             ``work_tables``
``decisions/``, ``audit/``                ``plan_tables``, ``findings``
``gates/``                                ``promise_tables``
``written/``                             ``as_written``
``timeline/`` and its views               ``view_menus``
pictures on all of them                   the package ``drawings``
``….csv`` and ``….json`` beside them      ``table`` shown once, ``exports`` of the ``values`` in it
========================================  =======================================================

``promises/``: ``promises_page``; ``claims/``: ``claims_page``. ``wizard/``: ``wizard_site``,
``wizard_tables``. A fenced block in prose: ``blocks`` finds it, ``fragments`` shows it.
``seen_table``: prices on vendors' pages, ``fuse_table``: free allowances.
``stage_names``: stages with their numbers. ``index_table``: all roadmaps beside each other.
``legend``: what signs such as ``+ ?`` mean.
``cited``: from a component back to what names it. ``addresses`` says where all of it is published,
``words`` how prices and costs are said.
"""
