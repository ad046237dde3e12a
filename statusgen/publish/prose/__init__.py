"""Pages of prose in our own layout: what is in ``content/``, without MkDocs.

``sources`` finds the files, ``markdown`` makes harmless HTML of them, ``links`` leads what they
link to and says what leads nowhere, ``menus`` tells what stands beside a page, ``site`` puts the
pages into the manifest. They have the addresses that MkDocs gives them.
"""
