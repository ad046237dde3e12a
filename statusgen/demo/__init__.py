"""An embedded server that answers for every configured host, and a made-up past.

``server``: what answers on loopback. ``past``: the rounds that never were. ``prepare``: the folder
in which a demonstration keeps its history (``history/``) and its authority's ``ca.pem``.
"""
