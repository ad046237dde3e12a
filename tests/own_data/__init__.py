"""Tests of this repository's own ``data/`` and ``content/``, not of the program.

A fork that replaces them deletes this folder with them: every other test reads fixtures only.
"""
