"""Reading ``data/wizard.yml``: every fault at once, each in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path as FilePath

from statusgen.base.errors import InputError, Problem
from statusgen.base.model import suggest, validate
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, load_file
from statusgen.roadmap.model import Path, Question, Wizard


def load_wizard(path: FilePath, shown_as: str | None = None) -> Wizard:
    """Read the wizard's file. Raises InputError with every fault found."""
    return wizard_of(load_file(path, shown_as))


def wizard_of(document: Document) -> Wizard:
    """Return the wizard that a document holds. Raises InputError, as :func:`load_wizard`."""
    if not isinstance(document.data, dict):
        raise InputError([document.problem((), "must be a mapping", "begin with `name: …`")])
    wizard = validate(Wizard, document)
    wizard.remember(document)
    found = [*_repeated(wizard, document), *_unknown(wizard, document)]
    if found:
        raise InputError(sorted(found, key=lambda problem: (problem.line, problem.column)))
    return wizard


def _repeated(wizard: Wizard, document: Document) -> Iterator[Problem]:
    lists: list[Iterable[tuple[Path, str]]] = [
        [(("questions", i), question.id) for i, question in enumerate(wizard.questions)],
        [(("trees", i), tree.id) for i, tree in enumerate(wizard.trees)],
        [(("examples", i), example.id) for i, example in enumerate(wizard.examples)],
        [(("rules", i), rule.id) for i, rule in enumerate(wizard.rules)],
        [(("phases", i), phase.id) for i, phase in enumerate(wizard.phases)],
    ]
    for number, question in enumerate(wizard.questions):
        lists.append(
            [(("questions", number, *path), option.id) for path, option in question.choices()]
        )
    for entries in lists:
        first: dict[str, Path] = {}
        for path, identifier in entries:
            if identifier in first:
                line = document.mark((*first[identifier], "id")).line
                message = f"the id {identifier!r} stands already in line {line}"
                yield document.problem((*path, "id"), message, "rename one")
            first.setdefault(identifier, path)


def _unknown(wizard: Wizard, document: Document) -> Iterator[Problem]:
    questions = [question.id for question in wizard.questions]
    scale = wizard.question(wizard.scale)
    scales = _ids(scale)

    def must(path: Path, name: str, known: Sequence[str], what: str) -> Iterator[Problem]:
        if name not in known:
            message = f"there is no {what} {quote(name, 60)}"
            fix = suggest(name, list(known)) or f"known here: {', '.join(known) or 'none'}"
            yield document.problem(path, message, fix)

    for number, question in enumerate(wizard.questions):
        at: Path = ("questions", number)
        for index, rule in enumerate(question.recommend):
            where = (*at, "recommend", index, "then")
            yield from must(where, rule.then, _ids(question), "option")
        if question.table is not None:
            for index, column in enumerate(question.table.columns):
                where = (*at, "table", "columns", index)
                yield from must(where, column, _ids(question), "option")
            for name, cells in question.table.rows.items():
                if len(cells) != len(question.table.columns):
                    message = f"has {len(cells)} cells for {len(question.table.columns)} columns"
                    where = (*at, "table", "rows", name)
                    yield document.problem(where, message, "write one cell for each column")
        for path, option in question.choices():
            for key in option.selects:
                yield from must((*at, *path, "selects", key), key, questions, "question")
            for kind in ("requires", "conflicts"):
                for key, needed in getattr(option, kind).items():
                    where = (*at, *path, kind, key)
                    yield from must(where, key, questions, "question")
                    for name in needed:
                        yield from must(where, name, _ids(wizard.question(key)), "option")
    for key, by_scale in wizard.defaults.items():
        yield from must(("defaults", key), key, questions, "question")
        for name in by_scale:
            yield from must(("defaults", key, name), name, scales, "scale")
    for number, tree in enumerate(wizard.trees):
        yield from must(("trees", number, "question"), tree.question, questions, "question")
        options = _ids(wizard.question(tree.question))
        for index, step in enumerate(tree.steps):
            where = ("trees", number, "steps", index, "then")
            yield from must(where, step.then, options, "option")
        yield from must(("trees", number, "else"), tree.otherwise, options, "option")
    for number, example in enumerate(wizard.examples):
        yield from must(("examples", number, "scale"), example.scale, scales, "scale")
        for key in example.choices:
            yield from must(("examples", number, "choices", key), key, questions, "question")


def _ids(question: Question | None) -> list[str]:
    return [option.id for _, option in question.choices()] if question else []
