"""GitHub's REST API: issues as the other place where incidents are told. It decides nothing.

``dispatch``: starting workflows, and whether their minutes are paid for. Issues, opt in: ``api``:
questions, pages, limits. ``issue``: issues and comments read without trust, and our marks in them.
``people``: who may write. ``sync``: incidents → issues, comments → updates. ``maintenance``:
Upptime's maintenance issues. ``state``: what is remembered, so that little is asked.
"""
