"""Tables of the wizard's data: what compares, what is preset, what projects choose, what is found.

Names of files are made of the phases' ids, which are unique.
"""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.wizard_dossier import (
    AUDIT,
    WizardDossier,
    option_path,
    phase_anchor,
    phase_page,
)
from statusgen.publish.roadmaps.words import dashed, message
from statusgen.roadmap.model import Path, Question, WizardOption

_NONE = Cell("—")


def comparing_table(book: WizardDossier, question: Question) -> Table | None:
    """Return the table that compares a phase's options; None where there is none."""
    if question.table is None:
        return None
    say = book.words.say
    names = [book.named(question, column) for column in question.table.columns]
    rows = tuple(
        (Cell(title), *(Cell(cell) for cell in cells))
        for title, cells in question.table.rows.items()
    )
    return Table(
        name=f"compare-{question.id}",
        title=say("wizard.compared", name=question.name),
        columns=(Column(say("wizard.column-compared")), *map(Column, names)),
        rows=rows,
    )


def recommended_table(book: WizardDossier, question: Question) -> Table | None:
    """Return the rules of the helper, in the order in which they are tried."""
    if not question.recommend:
        return None
    say = book.words.say
    any_ = Cell(say("wizard.any"))
    keys = list(dict.fromkeys(key for rule in question.recommend for key in rule.limits))
    rows = tuple(
        (
            Cell(book.named(question, rule.then), option_path(question, rule.then)),
            *(Cell(_limit(rule.limits[key])) if key in rule.limits else any_ for key in keys),
        )
        for rule in question.recommend
    )
    return Table(
        name=f"recommended-{question.id}",
        title=say("wizard.recommended", name=question.name),
        columns=(
            *_columns(book, "recommended"),
            *(Column(key.capitalize()) for key in keys),
        ),
        rows=rows,
        note=say("wizard.first-line"),
    )


def _limit(figure: object) -> str:
    return str(figure).replace("<=", "≤").replace(">=", "≥")


def impacts_table(book: WizardDossier, question: Question) -> Table | None:
    """Return what an answer in words becomes elsewhere."""
    if not question.impacts:
        return None
    return Table(
        name=f"becomes-{question.id}",
        title=book.words.say("wizard.becomes", name=question.name),
        columns=_columns(book, "where", "how", "example"),
        rows=tuple(
            (Cell(one.context), Cell(one.transform), Cell(one.example)) for one in question.impacts
        ),
    )


def options_table(book: WizardDossier) -> Table:
    """Return every option of every phase with its price; for its files only."""
    rows = [
        (
            Cell(str(number), value=number),
            Cell(question.name),
            Cell(option.name),
            Cell(option.note),
            Cell(option.price.raw if option.price else ""),
            Cell("; ".join(f"{key}: {', '.join(words)}" for key, words in option.facets.items())),
        )
        for question in book.wizard.questions
        for number in (book.wizard.number_of(question),)
        for _, option in question.choices()
    ]
    columns = _columns(book, "number", "phase", "option", "note", "price", "details")
    title = book.words.say("wizard.every-option")
    return Table(name="options", title=title, columns=columns, rows=tuple(rows))


def _columns(book: WizardDossier, *names: str) -> tuple[Column, ...]:
    return tuple(Column(book.words.say(f"wizard.column-{name}")) for name in names)


def defaults_table(book: WizardDossier) -> Table | None:
    """Return what each scale presets, by phase."""
    wizard = book.wizard
    if not wizard.defaults:
        return None
    scales = _scales(book)
    rows = []
    for key, by_scale in wizard.defaults.items():
        cells = [
            _chosen(book, key, by_scale.get(scale.id, ()), ("defaults", key, scale.id))
            for scale in scales
        ]
        rows.append((_phase(book, key, ("defaults", key)), *cells))
    return Table(
        name="defaults",
        title=book.words.say("wizard.presets"),
        columns=(*_columns(book, "phase"), *(Column(scale.name) for scale in scales)),
        rows=tuple(rows),
    )


def examples_table(book: WizardDossier) -> Table | None:
    """Return what whole projects choose, by phase."""
    examples = book.wizard.examples
    if not examples:
        return None
    scale = book.wizard.question(book.wizard.scale)
    keys = dict.fromkeys(key for example in examples for key in example.choices)
    sizes = [
        Cell(book.named(scale, one.scale), option_path(scale, one.scale))
        if scale
        else Cell(one.scale)
        for one in examples
    ]
    rows = [(_phase(book, book.wizard.scale), *sizes)]
    for key in keys:
        cells = [
            _chosen(book, key, one.choices.get(key, ()), ("examples", number, "choices", key))
            for number, one in enumerate(examples)
        ]
        rows.append((_phase(book, key), *cells))
    return Table(
        name="examples",
        title=book.words.say("wizard.examples"),
        columns=(*_columns(book, "phase"), *(Column(example.name) for example in examples)),
        rows=tuple(rows),
    )


def findings_table(book: WizardDossier) -> Table:
    """Return all checks with what they say."""
    words, say = book.words, book.words.say
    rows = [
        (
            Cell(one.rule, f"{AUDIT}#{book.anchors[one]}" if one.is_fault else ""),
            Cell(one.subject),
            Cell(say(f"roadmap.verdict-{'accepted' if one.accepted else one.shown}")),
            Cell(dashed(message(words, one))),
            Cell(str(one.line), value=one.line),
        )
        for one in book.findings
    ]
    return Table(
        name="audit",
        title=say("roadmap.every-check"),
        columns=(
            Column(say("roadmap.column-rule"), fixed=True),
            Column(say("roadmap.column-about")),
            Column(say("roadmap.column-verdict"), fixed=True),
            Column(say("roadmap.column-finding")),
            Column(say("roadmap.column-line"), True),
        ),
        rows=tuple(rows),
    )


def _scales(book: WizardDossier) -> Sequence[WizardOption]:
    """Return the scales; the loader sees to it that no default names another."""
    scale = book.wizard.question(book.wizard.scale)
    return [option for _, option in scale.choices()] if scale else ()


def _phase(book: WizardDossier, key: str, path: Path = ()) -> Cell:
    faults = book.faults_at(path) if path else ()
    question = book.wizard.question(key)
    if question is None:
        return Cell(key, faults=faults)
    return Cell(question.name, f"{phase_page(question)}#{phase_anchor(question)}", faults=faults)


def _chosen(book: WizardDossier, key: str, words: Sequence[str], path: Path) -> Cell:
    if not words:
        return _NONE
    question = book.wizard.question(key)
    names = [book.named(question, word) if question else word for word in words]
    return Cell(", ".join(names), faults=book.faults_at(path))
