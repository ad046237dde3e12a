"""What ``init``, ``upgrade`` and ``doctor`` do with a repository around its configuration.

``begin``: what ``init`` would write into a folder, and ``mkdocs_edit`` into a file that is there:
the running program and its hashed locks are in it.

``schedules``: how checks are brought about, and what that costs; ``schedule_files``: the files
(``schedule_places``: from several places); ``minutes``: what they take of those that are free.
``monitoring``: what the wizard that `init` asks means for them.
``prices``: whether vendors' pages are looked at each week.
``starter``: the files of a new repository; ``roadmap_file``: a new roadmap. ``form``: the workflow
by which a person tells of an
incident. ``wheel``: the running program as a wheel, rebuilt. ``locks``: the hashed requirement
files that ship inside the program. ``generated``: all that is generated, and what
in it is the operator's (``choices``: what was chosen for it); ``digest``: whether somebody edited
it; ``manifest``: the file that remembers it, ``former``: what was written before there was one.
``upgrade``: what is to be renewed, ``merge``: and joined with edits; ``pins``: locks that only
moved on. ``wizard_files``: what a blueprint writes, ``wizard_upgrade``: wizards of
version 1 rewritten. ``doctor``: what is wrong and its cure;
``workflows``: what the workflows of a repository do. Nothing here prints.
"""
