"""The hall: what a site knows, and what a run does.

``places``: where a site keeps things; ``mkdocs_says``: what ``mkdocs.yml`` says of prose.
``site``: a root folder and an instant in, everything that a site knows out, each part loaded once,
when asked for.
``record``: the order of effects of a run; ``tidings``: what happened, into the outbox
(``impaired``: what was slow); ``tell``: from there to the channels (``channels``: which they are,
and the heartbeat). ``shards``: one round made by several machines; ``outside``: a second
opinion; ``engines``: rounds taken from other systems;
``watch``: rounds again and again, ``stopping``: until told to stop.
``shown``: what of it all visitors would see change, ``publications``: whether that
is to be published, ``relay``: who does it, and who checks next. ``author``: what a person does
about incidents; ``told``: how what they say is put together. ``choices``: what their form for a
phone offers; ``form``, ``formsend``: what it says, done and pushed. ``pictures``: logo, icon and
``assets/``; ``dress``: an owner's own CSS and HTML; ``addresses``: that two files say one;
``incident_pictures``: those beside incidents. ``renamed``: monitors whose id changed.
``changes``: what a proposal does, ``claims``: also to costs and promises, from the ledger of all
stated numbers. ``promises``: ``objectives`` and
gates, and how they stand.
``cited``: what files cite of each other. ``documents``: any document read and audited.
``files``: single files of any kind. ``strays``, ``conflicts``: what a person wrote and nobody
reads. ``issues``: incidents and GitHub's issues brought together. Commands, the demonstration, the
pages and the MkDocs plugin stand on these; nobody else puts cadences, folders and time zones
together. ``taken``: an Upptime's past, brought along (``upptime_issues``: its issues);
``brought``: another tool's monitors, words and past.
``report``: what a report of record holds, ``reports``: those of closed periods,
``report_news``: that one is closed.
``price_pages``: vendors' pages, looked at.
``export``: all of it as open files, ``exported``: what these say of themselves.
``pages_record``: what ``export site`` wrote among a person's own pages.
"""
