"""The asking part: a wizard's file becomes a program, answers become a blueprint and its files.

``loader`` reads a file (its models are ``roadmap.model.wizard``), ``program`` and ``rules`` make of
it plain data, with conditions (``condition``), exact numbers (``exact``) and prices (``pricing``);
``faults`` says what is wrong with it. ``machine`` says what follows from answers, ``billing``
what they cost, ``answers`` reads and writes those, also as links, ``why`` says what made a
recommendation; ``session`` is a conversation that can go back and be kept. ``blueprint`` gathers
the result (``schema``: what it looks like), ``plan`` (a roadmap),
``records`` (decisions), ``insertion`` (monitors, as text) and ``outputs`` make its files.
"""
