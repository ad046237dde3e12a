"""The wizard's data as pages to read: an index, one for each phase, one of findings. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from statusgen.audit import Finding
from statusgen.publish.manifest import Asset, Page
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.drawings import Drawing
from statusgen.publish.roadmaps.drawings.tree import tree
from statusgen.publish.roadmaps.sheet import SOURCE, Sheet
from statusgen.publish.roadmaps.table import Table
from statusgen.publish.roadmaps.wizard_dossier import (
    AUDIT,
    WIZARD,
    WizardDossier,
    option_anchor,
    phase_anchor,
    phase_page,
)
from statusgen.publish.roadmaps.wizard_tables import (
    comparing_table,
    defaults_table,
    examples_table,
    findings_table,
    impacts_table,
    options_table,
    recommended_table,
)
from statusgen.publish.roadmaps.words import counted, dashed, either
from statusgen.roadmap.model import Path, Question, WizardOption

_DECIDING = frozenset({"best for", "limitations", "considerations", "use when", "when to use"})
"""Labels of lists that speak for or against an option."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of the things said under a label, and what the audit says of it."""

    text: str
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Things said of an option under one label."""

    label: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An option as shown."""

    anchor: str
    option: WizardOption
    facts: tuple[Fact, ...]
    """What helps to choose it, or not to."""
    folded: tuple[Fact, ...]
    """What it brings once it is chosen: long lists, which would bury the other options."""
    faults: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Options that stand together; the first of a phase has no heading."""

    name: str
    note: str
    since: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A question as shown."""

    anchor: str
    question: Question
    path: Path
    shelves: tuple[Shelf, ...]
    tables: tuple[Table, ...]
    trees: tuple[tuple[str, Drawing], ...]

    @property
    def page(self) -> str:
        """The address of its page."""
        return phase_page(self.question)


def wizard_entries(library: Library) -> Iterator[Page | Asset]:
    """Return the pages of the wizard's guide with their files; nothing where there is none."""
    book, say = library.wizard, library.words.say
    if book is None:
        return
    wizard = book.wizard
    phases = [_phase(book, number) for number in range(len(wizard.questions))]
    shown = _Guide(library, book, phases)
    yield shown.page(
        Sheet(f"{WIZARD}index.html", library), "index", say("wizard.guide", name=wizard.name)
    )
    pages = list(dict.fromkeys(phase_page(question) for question in wizard.questions))
    for at, path in enumerate(pages):
        own = [one for one in phases if phase_page(one.question) == path]
        yield shown.page(
            Sheet(f"{path}index.html", library),
            "phase",
            f"{_heading(book, own)} · {wizard.name}",
            own=own,
            heading=_heading(book, own),
            before=pages[at - 1] if at else "",
            after=pages[at + 1] if at + 1 < len(pages) else "",
        )
    if book.findings:
        title = f"{say('roadmap.page-audit')} · {wizard.name}"
        yield shown.page(Sheet(f"{AUDIT}index.html", library), "audit", title)
    yield from shown.files()


def _heading(book: WizardDossier, own: Sequence[Phase]) -> str:
    """Return the number and the name of the phase that some questions are of."""
    question = own[0].question
    name = next((one.name for one in book.wizard.phases if one.id == question.phase), None)
    main = next((one.question for one in own if one.question.id == question.phase), question)
    return f"{book.wizard.number_of(question)} {name or main.name}"


@dataclass(frozen=True)
class _Guide:
    """What all pages of the guide share: the data, its tables, the place of their files."""

    library: Library
    book: WizardDossier
    phases: Sequence[Phase]

    @cached_property
    def _tables(self) -> dict[str, Table | None]:
        book = self.book
        return {
            "options": options_table(book),
            "defaults": defaults_table(book),
            "examples": examples_table(book),
            "findings": findings_table(book),
        }

    def page(self, sheet: Sheet, view: str, title: str, **more: Any) -> Page:
        """Return one page: the index, a phase, or the audit."""
        book, wizard = self.book, self.book.wizard
        values: dict[str, Any] = {"own": (), "heading": title, "before": "", "after": ""}
        body = sheet.render(
            "wizard.html",
            dossier=book,
            wizard=wizard,
            view=view,
            phases=self.phases,
            edition=_edition(book),
            count=sum(1 for question in wizard.questions for _ in question.choices()),
            counts=counted(book.words, book.findings),
            home=WIZARD,
            **self._tables,
            **(values | more),
        )
        return Page(
            path=sheet.path,
            title=title,
            body=str(body),
            description=wizard.summary,
            in_navigation=view == "index",
            wide=True,
            source=SOURCE,
        )

    def files(self) -> Iterator[Asset]:
        """Return the files of all tables and drawings, where they always were and here."""
        desk = Sheet(f"{WIZARD}index.html", self.library)
        for table in self._tables.values():
            if table is not None:
                desk.files(table)
        for phase in self.phases:
            for own in phase.tables:
                desk.files(own)
            for _, drawing in phase.trees:
                desk.figure(drawing)
        for asset in desk.assets.values():
            yield asset
            # Where they stood before the guide had a folder of its own.
            yield replace(asset, path=asset.path.replace(WIZARD, "wizard/", 1))


def _phase(book: WizardDossier, number: int) -> Phase:
    question = book.wizard.questions[number]
    path: Path = ("questions", number)
    shelves = [Shelf("", "", "", _cards(book, question, path, question.options))]
    for index, group in enumerate(question.groups):
        at: Path = (*path, "groups", index)
        cards = _cards(book, question, at, group.options)
        shelves.append(Shelf(group.name, group.note, group.since, cards))
    tables = (
        comparing_table(book, question),
        recommended_table(book, question),
        impacts_table(book, question),
    )
    return Phase(
        phase_anchor(question),
        question,
        path,
        tuple(shelf for shelf in shelves if shelf.cards),
        tuple(table for table in tables if table is not None),
        tuple(
            (one.name, tree(book, one)) for one in book.wizard.trees if one.question == question.id
        ),
    )


def _cards(
    book: WizardDossier, question: Question, path: Path, options: tuple[WizardOption, ...]
) -> tuple[Card, ...]:
    cards = []
    for index, option in enumerate(options):
        at: Path = (*path, "options", index)
        lists = tuple(_lists(option))
        deciding = [one for number, one in enumerate(lists) if not number or _decides(one)]
        facts = (*_facts(book, option, at), *deciding, *_links(book, option, at))
        folded = tuple(one for one in lists if one not in deciding)
        # What the audit finds about the option as a whole is about its price: a product's drift.
        faults = book.faults_at(at)
        cards.append(Card(option_anchor(question, option), option, facts, folded, faults))
    return tuple(cards)


def _lists(option: WizardOption) -> Iterator[Fact]:
    for label, words in option.facets.items():
        yield Fact(label, tuple(Word(word) for word in words))


def _decides(fact: Fact) -> bool:
    return len(fact.words) == 1 or fact.label.casefold() in _DECIDING


def _edition(book: WizardDossier) -> str:
    """Say who wrote it, which edition it is, and of when."""
    wizard, say = book.wizard, book.words.say
    parts = [
        wizard.version and say("wizard.version", version=wizard.version),
        wizard.author and say("wizard.author", author=wizard.author),
        wizard.updated and say("wizard.updated", day=wizard.updated.isoformat()),
    ]
    return ", ".join(part for part in parts if part)


def _facts(book: WizardDossier, option: WizardOption, path: Path) -> Iterator[Fact]:
    say = book.words.say
    if option.price:
        yield Fact(say("wizard.column-price"), (Word(dashed(option.price.raw)),))
    for key in dict.fromkeys(("team", "traffic", *option.fits)):
        at, figure = option.fit(key)
        if figure:
            faults = book.faults_at((*path, *at))
            asked = book.wizard.question(key)
            name = asked.name if asked else say(f"wizard.{key}")
            yield Fact(name, (Word(dashed(str(figure)), faults),))


def _links(book: WizardDossier, option: WizardOption, path: Path) -> Iterator[Fact]:
    """Yield what an option asks of other phases, and what it sets there."""
    wizard = book.wizard
    needs = []
    for key, ids in option.requires.items():
        question = wizard.question(key)
        names = [book.named(question, one) if question else one for one in ids]
        needs.append(Word(either(book.words, names)))
    if needs:
        yield Fact(book.words.say("wizard.works-only-with"), tuple(needs))
    sets = []
    for key, words in option.selects.items():
        question = wizard.question(key)
        title = question.name if question else key
        faults = book.faults_at((*path, "selects", key))
        sets.append(Word(f"{title}: {either(book.words, words)}", faults))
    if sets:
        yield Fact(book.words.say("wizard.selects"), tuple(sets))
