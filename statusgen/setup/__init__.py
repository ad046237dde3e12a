"""What ``init`` does: a new repository, with the running program and its hashed locks inside.

``schedules``: how checks are brought about, and what that costs; ``schedule_files``: the files.
``starter``: the files of a new repository; ``roadmap_file``: a new roadmap. ``form``: the workflow
by which a person tells of an
incident. ``wheel``: the running program as a wheel, rebuilt. ``locks``: the hashed requirement
files that ship inside the program. ``doctor``: what is wrong and its cure; ``workflows``: what the
workflows of a repository do. Nothing here prints.
"""
