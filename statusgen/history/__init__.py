"""Rounds on disk: append, read, repair, roll up, verify; and their branch in git."""
