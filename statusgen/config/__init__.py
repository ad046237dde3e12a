"""What the operator wrote, ``data/status.yml`` or ``.upptimerc.yml``, read into `Settings`.

Either file: ``reader`` (finds it and tells the kinds apart), ``settings`` (what it means),
``outside`` (vantages, second opinions, engines of others), ``urls``, ``zones`` (of time, as people
write them), ``pictures``, ``claims`` (prose that claims a state), ``policy`` (what an owner's HTML
and CSS need of a page), ``assemble`` (components in groups), ``advice`` (right in form, but without
effect).
``data/status.yml``: ``entries`` (the keys, one attribute each), ``fields`` (the types that they
share), ``rules`` (what several keys must be together), ``site_entries``, ``sitefile``, ``colours``
(``site:`` and how it looks), ``outside_entries``, ``outside_read`` (``vantages:``, ``engine:``),
``publish_entries`` (``publish:``),
``statusfile`` (entries → `Settings`),
``schema`` (the published JSON Schema). Its notifications: ``channel_entries``, ``channel_rules``,
``channels`` (what they mean: hours, limits, templates). Its agreements: ``agreement_entries``,
``agreements`` (what their steps must be together).
``.upptimerc.yml``: ``upptimefile``, ``upptimesite`` (one entry of ``sites:``), ``upptimeentry``
(its keys), ``upptimewebsite``, ``upptimedress`` (its CSS, scripts and HTML),
``upptimewords`` (``i18n:``), ``upptimenotify`` (``notifications:``), ``upptimekeys`` (what is read
and what has no effect),
``upptimewarn``, ``slugs`` and ``slugtable`` (Upptime's ids).
"""
