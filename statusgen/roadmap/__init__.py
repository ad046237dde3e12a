"""Roadmaps: stages, items, options, prices, costs.

``data/roadmaps/<id>.yml``: ``model`` (what may stand in it), ``loader`` (reads it), ``shapes``
(short forms written out), ``in_stages`` (what stages hold for the plan), ``references`` (who names
whom), ``seen`` (prices that name a vendor's page), ``schema`` (the published JSON Schema).
``data/wizard.yml``: ``wizard_loader``.
Prices: ``price``, ``price_grammar``, ``price_spelling``, ``price_scale`` (amounts and ranges
said by words), ``price_ways`` (one language's ways), ``price_terms`` (one beside another),
``price_worded`` (*free*, *included*), ``price_remark`` (what stands behind an amount),
``price_hint`` (what to write instead), ``doubtful`` (what need not be a month's), ``dialect`` (how
a text writes its numbers), ``signs`` (which currency ``$``, ``¥`` and ``kr`` mean), ``iso4217``
(codes of currencies), ``quantity``, ``money``. What follows from them: ``cost`` (of one price),
``costs`` (of everything), ``bill`` (by lines), ``exchange`` (into one currency), ``growth`` (over
time), ``moments`` (now and at the end), ``untimed`` (stages of no period), ``comparing`` (two
stacks), ``figures`` and ``formula`` (claims recomputed); ``claims``:
what a document states, with the readings that it may have; ``adding``: which of its lines are sums
of others; ``criteria``: promises in a sentence.
``paid``: a stage's bill line by line; ``invoice``: what was billed, from CSV files; ``actual``: the
one held against the other.
``agreement``: whether a stated amount can be a derived one; ``vocabulary``: the words of plans in
many languages; ``acts``: what a step does with a thing.
"""
