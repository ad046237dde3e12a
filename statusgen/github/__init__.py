"""GitHub's REST API: issues and incidents brought together. It decides nothing.

``dispatch``: starting workflows, and whether their minutes are paid for.
"""
