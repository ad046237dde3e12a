"""Which option a document says was taken: by its decision, or by a verdict on the option itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from statusgen.importer.found import Entity, Found, facets
from statusgen.importer.names import words
from statusgen.importer.verdicts import ADVISED, REFUSED, TAKEN, before_reason, reason_of, verdict
from statusgen.importer.words import canonical
from statusgen.roadmap.vocabulary import grouped, meanings, pattern
from statusgen.roadmap.vocabulary import words as vocabulary

_WORDS = grouped("decides")
_AGAINST = re.compile(rf"(?:(?<!\w)|(?<=[\u2e80-\uffff]))(?:{pattern(_WORDS['against'])})", re.I)
"""A clause with one of these decides nothing that could be told with certainty."""
_SAYS = re.compile(
    rf"(?:(?<!\w)|(?<=[\u2e80-\uffff]))(?:{pattern((*_WORDS['says'], *_WORDS['taken']))})", re.I
)
_ADVISES = re.compile(rf"(?<!\w)(?:{pattern(_WORDS[ADVISED])})", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=。)")
_CLAUSE = re.compile(r"[,;:，；：。(（]|\s[–—-]+\s|\.(?:\s|$)")
_LETTERED = re.compile(rf"(?:{pattern(vocabulary('choice'))})\s*\w{{1,2}}(?!\w)", re.I)
_BETWEEN = 4
"""So many words at most stand between *we use* and the name of what is used."""


def decide(found: Found) -> None:
    """Let each choice carry what its decision says, and mark what is recommended.

    A decision belongs to the choice right above it, and to the only one of a document wherever it
    stands. It is told only where the decision names exactly one of the options and denies nothing.
    """
    items = [item for item in _items(found.roadmap) if item.parts("options")]
    texts = list(dict.fromkeys(_decisions(found.roadmap)))
    for item in items:
        own = [text for text in texts if text.item is item or _is_above(item, text, items)]
        picked = [(text, *told) for text in own if (told := _picked(found, item, text))]
        _recommend(item, [one for text, one, _ in picked if text.advises])
        _choose(item, [told for told in picked if not told[0].advises])


def _recommend(item: Entity, advised: Sequence[Entity]) -> None:
    marked = any("recommended" in option.fields for option in item.parts("options"))
    if not marked and len({id(option) for option in advised}) == 1:
        advised[0].set("recommended", True)


def _choose(item: Entity, picked: Sequence[tuple[_Decision, Entity, int]]) -> None:
    taken = [one for one in item.parts("options") if _verdicts(one, TAKEN)]
    options = {id(one): one for one in [*taken, *(one for _, one, _ in picked)]}
    if len(options) != 1 or "chosen" in item.fields:
        return
    (option,) = options.values()
    if _verdicts(option, REFUSED):
        return
    chosen = Entity("chosen", picked[0][0].line if picked else option.line, {"option": option})
    reasons = [reason for text, _, end in picked if (reason := _reason(text, end))]
    reasons += [told for told in _verdicts(option, TAKEN) if told]
    chosen.set("reason", reasons[0] if reasons else "")
    item.set("chosen", chosen)


@dataclass(frozen=True)
class _Decision:
    line: int
    text: str
    advises: bool
    """Whether it only recommends what it names."""
    item: Entity | None = None
    """The choice that it stands in; None for one that stands beside it."""
    why: str = ""
    """What a section or a label below it gives as the reason."""

    def __hash__(self) -> int:
        return hash((self.line, self.text))


def _is_above(item: Entity, text: _Decision, items: Sequence[Entity]) -> bool:
    """Whether a decision that stands in no choice is that of a choice."""
    if text.item is not None:
        return False
    above = [one for one in items if one.line <= text.line]
    return len(items) == 1 or (bool(above) and max(above, key=lambda one: one.line) is item)


def _items(roadmap: Entity) -> Iterator[Entity]:
    yield from roadmap.parts("choices")
    for stage in roadmap.parts("stages"):
        yield from stage.parts("items")


def _decisions(roadmap: Entity) -> Iterator[_Decision]:
    """Yield every decision: in the remarks, or within a choice or behind its last option."""
    sections = roadmap.parts("x-sections")
    for remarks in (roadmap, *sections):
        yield from _told(remarks, None, sections)
    for stage in roadmap.parts("stages"):
        choices = [item for item in stage.parts("items") if item.parts("options")]
        if len(choices) == 1:
            yield from _told(stage, choices[0], ())
    for item in _items(roadmap):
        for remarks in (item, *item.parts("options")[-1:]):
            yield from _told(remarks, item, ())


def _told(part: Entity, item: Entity | None, sections: Sequence[Entity]) -> Iterator[_Decision]:
    """Yield what a part says under a label of decisions, or under its own name as one."""
    notes = part.fields.get("notes")
    said = {label: texts[0] for label, texts in facets(part).items() if texts}
    if part.kind == "x-section" and isinstance(notes, list) and notes:
        said |= {part.text("name"): notes[0]} if isinstance(notes[0], str) else {}
    for label, text in said.items():
        if canonical(label) != "chosen" or (part.kind == "option" and verdict(text)):
            continue
        advises = bool(_ADVISES.match(label.strip()))
        yield _Decision(part.line, text, advises, item, _why(part, sections))


def _why(part: Entity, sections: Sequence[Entity]) -> str:
    """Return what a decision's own label gives as its reason, or the section right behind it."""
    for label, texts in facets(part).items():
        if canonical(label) == "why" and texts:
            return texts[0]
    behind = [one for one in sections if one.line > part.line]
    nearest = min(behind, key=lambda one: one.line, default=None)
    notes = nearest.fields.get("notes") if nearest is not None else None
    if nearest is None or canonical(nearest.text("name")) != "why" or not isinstance(notes, list):
        return ""
    return " ".join(note for note in notes if isinstance(note, str))


def _verdicts(option: Entity, kind: str) -> list[str]:
    """Return the reasons of the verdicts of one kind on an option; empty ones for none given."""
    notes = option.fields.get("notes")
    texts = [option.text("qualifier"), *(notes if isinstance(notes, list) else ())]
    for label, said in facets(option).items():
        decides = canonical(label) == "chosen"
        if decides and kind == TAKEN and _TICK.fullmatch(" ".join(said)):
            return [""]
        if decides or meanings("label").get(label.casefold()) == "status":
            texts += said[:1]
        elif (told := verdict(label)) is not None and told.kind == kind:
            reason = said[0] if said else ""
            if kind == TAKEN and _DENIED.fullmatch(reason):
                continue
            return [reason]
    found = [told for text in texts if isinstance(text, str) and (told := verdict(text))]
    return [told.reason for told in found if told.kind == kind]


_TICK = re.compile(r"[✅✔☑]\ufe0f?")
_DENIED = re.compile(
    rf"\W*(?:\d.*|(?:{pattern(_WORDS['against'])})(?:\s+\w+)?\W*|[✗✘❌]\ufe0f?)", re.I | re.S
)
"""*Accepted: not yet*, *Taken: 3 hours*: behind such a label nothing is taken."""


_MAX_NAMED = 50
"""A sentence that names its options more often than this takes none of them."""


def _picked(found: Found, item: Entity, text: _Decision) -> tuple[Entity, int] | None:
    """Return the one option that a decision takes, and where its name ends; None if uncertain."""
    sentence = _SENTENCE.split(text.text.strip())[0]
    if sentence.rstrip("\"'”*_ ").endswith(("?", "？")):
        return None
    head = before_reason(sentence)
    options = item.parts("options")
    spans = [
        (one, span) for one in options for span in _spans(head, one, found.letters.get(id(one), ""))
    ]
    if len(spans) > _MAX_NAMED:
        return None
    spans = [
        (one, span)
        for one, span in spans
        if not any(
            two is not one and span[0] >= wide[0] and span[1] <= wide[1] and span != wide
            for two, wide in spans
        )
    ]
    named = {id(one): one for one, _ in spans}
    if not named:
        return _begun(head, options)
    start, end = spans[0][1]
    clause = _clause(head, start, end)
    contrast = _AGAINST.search(head, end)
    others = [span for one, span in spans if one is not spans[0][0]]
    stop = contrast.start() if contrast else len(head)
    end = max(span[1] for one, span in spans if one is spans[0][0] and span[0] < stop)
    if _AGAINST.search(clause) or any(span[0] < stop for span in others):
        return None
    says = _ADVISES if text.advises and _ADVISES.search(head) else _SAYS
    return (spans[0][0], end) if _is_taken(head, start, end, says) else None


def _clause(text: str, start: int, end: int) -> str:
    """Return the clause of a text that a name stands in."""
    before = [cut.end() for cut in _CLAUSE.finditer(text, 0, start)]
    behind = _CLAUSE.search(text, end)
    contrast = _AGAINST.search(text, end)
    stop = min(
        (match.start() for match in (behind, contrast) if match is not None), default=len(text)
    )
    return f"{text[before[-1] if before else 0 : start]} {text[end:stop]}"


def _is_taken(text: str, start: int, end: int, says: re.Pattern[str]) -> bool:
    """Whether a name begins the text, or stands near a word of taking it; *option B* means it."""
    begins = not re.search(r"\w", text[:start]) or _LETTERED.match(text, start)
    if begins and _CLOSED.match(text, end):
        return True
    clause = [cut.end() for cut in _CLAUSE.finditer(text, 0, start)]
    before = [match.end() for match in says.finditer(text, 0, start)]
    if before and len(text[before[-1] : start].split()) <= _BETWEEN:
        return True
    if clause and not re.search(r"\w", text[clause[-1] : start]):
        return bool(says.match(text.strip()) or says.search(text, 0, clause[-1]))
    behind = says.search(text, end)
    return behind is not None and len(text[end : behind.start()].split()) <= _BETWEEN


_CLOSED = re.compile(r"[\"'“”’»«」*_`)）]*\s*(?:$|[.,;:(，；：。（、!]|[–—]|-+\s)")
"""Behind a name that says all there is to say: *Redis fails the test* goes on."""


def _spans(sentence: str, option: Entity, letter: str) -> list[tuple[int, int]]:
    """Return where a sentence names an option, by its letter or by its name."""
    found = []
    if letter:
        form = (
            rf"(?i:{pattern(vocabulary('choice'))})\s*(?i:{re.escape(letter)})(?![^\W\u2e80-\uffff])"
            rf"|(?<=\w\s)(?=[B-Z]){re.escape(letter)}(?![\w'’])"
            rf"|[(（](?i:{re.escape(letter)})[)）]|^\W*(?i:{re.escape(letter)})(?=[.:),\s]*$|[.:),]\s)"
        )  # "Option b", or "we go with B": a lone A is an article as often
        found += [match.span() for match in re.finditer(form, sentence)]
    name = words(option.text("name"))
    if name:
        parts = r"[\W_]+".join(re.escape(word) for word in name)
        edges = (r"(?<!\w)", r"(?!\w)") if name[0][0] < "\u2e80" else ("", "")
        form = f"{edges[0]}{parts}{edges[1]}"
        if option.text("qualifier"):  # *Redis (managed)*, beside *Redis (our own)*
            form += rf"(?:\s*[(（]{re.escape(option.text('qualifier'))}[)）])?"
        found += [match.span() for match in re.finditer(form, sentence, re.I)]
    return found


def _begun(head: str, options: Sequence[Entity]) -> tuple[Entity, int] | None:
    """Return the only option whose name begins with all that *Chosen option: "…"* names."""
    quoted = re.search(r"[\"“„«「](?P<name>[^\"“”„«»「」]+)[\"”“»」]", head)
    match = quoted or re.match(
        rf"\W*(?:{_SAYS.pattern})\W*(?P<name>[^,;:，；：。.(（–—]+)", head, re.I
    )
    said = words(match["name"]) if match else ()
    proper = match is not None and len(match["name"]) > 2 and match["name"] != match["name"].lower()
    if match is None or not (len(said) > 1 or (said and proper)) or _AGAINST.search(head):
        return None
    found = [one for one in options if words(one.text("name"))[: len(said)] == said]
    return (found[0], match.end("name")) if len(found) == 1 else None


def _reason(decision: _Decision, end: int) -> str:
    """Return why an option was taken: behind *because*, or behind its name and a dash."""
    if reason := reason_of(decision.text):
        return reason
    aside = _ASIDE.match(decision.text.strip(), end)
    said = (aside["dash"] or aside["colon"] or aside["bracket"]).strip() if aside else ""
    return decision.why or (said if len(words(said)) > 1 else "")


_ASIDE = re.compile(
    r"[\"'”*`]*(?:\s[–—-]+\s+(?P<dash>.+)|\s?[:：]\s*(?P<colon>.+)|\s[(（](?P<bracket>[^()]+)[)）]\W*$)",
    re.S,
)
