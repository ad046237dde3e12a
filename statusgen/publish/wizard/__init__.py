"""The asking wizard on the web: ``page`` makes its pages; ``static`` is what browsers run.

``machine.js`` is the state machine, ``blueprint.js`` writes the files, ``zip.js`` packs them,
``ask.js`` and ``ask.css`` are the page. A test holds the first two against ``statusgen.wizard``.
"""
