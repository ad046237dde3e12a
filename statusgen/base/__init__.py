"""What every room needs; imports no other room.

Nothing here owns a file or a page. Reading: ``yamltree`` (YAML with the place of every key),
``yamlalias`` (anchors in files of other tools), ``yamlfix`` (what helps against its complaints),
``conflict`` (git's markers), ``model`` (models over it, its schema described by
``attribute_docs``), ``faults`` (what is wrong, in words) with ``fieldtree`` (where a key belongs)
and ``odd`` (characters that are not what they look like), ``fields``, ``ids``, ``target`` (texts
that several rooms ask for), ``secrets`` (``$NAME``). Writing: ``files`` (nothing is half written),
``yamlwrite``, ``yamledit`` (one key of a file, all else stays), ``text`` (outside text made
harmless). Shared meanings: ``clock`` (instants and durations), ``states``, ``event``, ``binomial``
(what checks prove), ``counting`` (is maintenance part of uptime?), ``vantage`` (names of places),
``saying`` (a key of the catalogue with its values), ``errors`` (what reaches a user), ``colour``
(contrast), ``palette`` (the colours of all pages). Reaching out: ``web`` (a client for other
programs' APIs), ``extras`` (what to install for a library that is missing).
"""
