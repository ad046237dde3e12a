"""Rounds read from engines of others: they check, and what they saw is recorded here.

``prometheus`` (blackbox_exporter, by range queries), ``gatus`` (its API), ``kuma`` (its metrics
page); ``moments``: samples of any of them put into rounds; ``asking``: one question to a server.
What they answer is outside text: types are looked at, sizes bounded, and nothing of it is run.
"""
