"""GitHub's issues as the other place where incidents are told; opt in, and a part of no other room.

``api``: questions, pages, limits. ``issue``: issues and comments read without trust, and our marks
in them. ``people``: who may write. ``sync``: incidents → issues, comments → updates.
``maintenance``: Upptime's maintenance issues. ``state``: what is remembered, so that little is
asked. Nothing here decides what happened.
"""
