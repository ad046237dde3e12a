"""The hall: what a site knows, and what a run does.

``places``: where a site keeps things, and what is read of ``mkdocs.yml`` for it. ``site``: a root
folder and an instant in, everything that a site knows out, each part loaded once, when asked for.
``record``: the order of effects of a run. ``watch``: rounds again and again, ``stopping``: until
told to stop. ``author``: what a person does about incidents.
``pictures``: logo, icon and ``assets/``;
``incident_pictures``: those beside incidents. ``renamed``: monitors whose id changed. ``files``:
single files of any kind. ``strays``, ``conflicts``: what a person wrote and nobody reads. Commands,
the demonstration, the pages and the MkDocs plugin stand on these; nobody else puts cadences,
folders and time zones together.
"""
