"""Second places of the site (``publish:``): brought up to date by ``statusgen publish``.

``plan``: what of a built folder a place lacks; ``deliver``: each place in turn, whatever became of
the others; the ways there are ``s3`` (by libcurl, which signs), ``rsync`` and ``gitplace``. A place
keeps a record of what was put there: only that is ever replaced or removed, so nothing of
somebody else's goes.
"""
