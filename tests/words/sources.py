"""Reads our own sources: what is said in them, and what stands in them that nobody should say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent.parent
_SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z]{2,}")
_KEY = re.compile(r"[a-z]+\\\.")
_TAG = re.compile(r"<[a-z/!][^>]*>?")
_WORD = re.compile(r"[A-Z][a-z]{2,}[.:]?")
_FOR_OPERATORS = re.compile(
    r"Problem|\w*Error|\w*[Pp]roblem\w*|\w*warn\w*|_?log|option|argument|group|command|TypeVar|"
    r"ContextVar|Choice|ArgumentParser"
)
"""Calls whose texts are errors, warnings and help: they are read by who runs the program."""
_FOR_OPERATORS_BY_NAME = frozenset({"source", "help", "metavar", "message", "fix"})
_READ = frozenset({"alt", "aria-label", "content", "placeholder", "title"})
_SAID_BY = frozenset({"say", "pattern", "Saying"})


def reads_as_english(text: str) -> bool:
    """Whether a text is a sentence, or a word as it stands alone on a page."""
    text = _TAG.sub("\u00b7", text)
    return bool(_SENTENCE.search(text) or _WORD.fullmatch(text.strip()))


@dataclass(frozen=True)
class Said:
    """One call that says a sentence; ``key`` may be a pattern of keys."""

    place: str
    key: str
    values: frozenset[str] | None
    """None where they are not written out."""
    exact: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """What matches the keys that it may say."""
        return re.compile(re.escape(self.key) if self.exact else self.key)


@dataclass
class Source:
    """What one file says, and what stands in it."""

    said: list[Said] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Place and text of everything that reads as English."""
    constants: set[str] = field(default_factory=set)
    patterns: list[re.Pattern[str]] = field(default_factory=list)
    """Keys that are put together."""


def read(path: Path) -> Source:
    """Read a Python module or a template."""
    place = path.relative_to(ROOT).as_posix()
    return read_text(path.read_text(encoding="utf-8"), place)


def read_text(text: str, place: str) -> Source:
    """Read what stands in the file ``place``."""
    return _python(text, place) if place.endswith(".py") else _template(text, place)


def _python(text: str, place: str) -> Source:
    found = Source()
    _Python(place, found).visit(ast.parse(text))
    return found


class _Python(ast.NodeVisitor):
    def __init__(self, place: str, found: Source) -> None:
        self._place, self._found = place, found

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """What is raised is read by who runs the program."""

    def visit_Assign(self, node: ast.Assign) -> None:
        """Names that a package hands out are said to nobody."""
        if [_name(target) for target in node.targets] != ["__all__"]:
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """Annotations say nothing."""

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in _FOR_OPERATORS_BY_NAME:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if name in _SAID_BY and node.args:
            self._say(node)
        owner = _name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if (owner, name) == ("re", "compile"):
            return  # what is looked for in a text of others
        if not (_FOR_OPERATORS.fullmatch(name) or _FOR_OPERATORS.fullmatch(owner)):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._found.constants.add(node.value)
            if reads_as_english(node.value):
                self._found.texts.append((f"{self._place}:{node.lineno}", node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        key, _ = _python_key(node)
        if _KEY.match(key):
            self._found.patterns.append(re.compile(key))
        self.generic_visit(node)

    def _say(self, node: ast.Call) -> None:
        key, exact = _python_key(node.args[0])
        values: frozenset[str] | None = frozenset(each.arg for each in node.keywords if each.arg)
        if _name(node.func) == "Saying":
            values = _keys_of(node.args[1]) if len(node.args) > 1 else frozenset()
        elif any(each.arg is None for each in node.keywords) or _name(node.func) == "pattern":
            values = None
        if key:
            where = f"{self._place}:{node.lineno}"
            self._found.said.append(Said(where, key, values, exact))


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _python_key(node: ast.expr) -> tuple[str, bool]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, True
    if isinstance(node, ast.JoinedStr):
        parts = (
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        )
        return "".join(parts), False
    return "", False


def _keys_of(node: ast.expr) -> frozenset[str] | None:
    if not isinstance(node, ast.Dict):
        return None
    names = [each.value for each in node.keys if isinstance(each, ast.Constant)]
    return frozenset(str(name) for name in names)


def _template(text: str, place: str) -> Source:
    found = Source()
    tree = Environment(autoescape=True).parse(text)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            values = frozenset(each.key for each in call.kwargs)
            for key, exact in _template_keys(call.args[0]):
                where = f"{place}:{call.lineno}"
                found.patterns += [] if exact else [re.compile(key)]
                found.said.append(Said(where, key, values, exact))
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            found.constants.add(constant.value)
            if reads_as_english(constant.value):
                found.texts.append((f"{place}:{constant.lineno}", constant.value))
    data = "".join(_data(tree))
    if place.endswith((".html", ".svg")):
        parser = _Html()
        parser.feed(data)
        found.texts += [(place, text) for text in parser.texts]
    return found


def _data(node: nodes.Node) -> Iterator[str]:
    """Yield what stands outside of expressions, each of which leaves a mark."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Output | nodes.Stmt | nodes.Template):
            yield from _data(child)
        else:
            yield "\u00b7"


def _template_keys(node: nodes.Expr) -> Iterator[tuple[str, bool]]:
    if isinstance(node, nodes.Const):
        yield str(node.value), True
    elif isinstance(node, nodes.CondExpr):
        for part in (node.expr1, node.expr2):
            if part is not None:
                yield from _template_keys(part)
    elif isinstance(node, nodes.Concat):
        parts = (
            re.escape(str(part.value)) if isinstance(part, nodes.Const) else ".+"
            for part in node.nodes
        )
        yield "".join(parts), False


class _Html(HTMLParser):
    """Collects what a visitor reads, or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "script", "code")
        self.texts += [
            value
            for name, value in attrs
            if name in _READ and value and reads_as_english(value.replace("\u00b7", ""))
        ]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script", "code")

    def handle_data(self, data: str) -> None:
        text = data.replace("\u00b7", " ").strip()
        if not self._silent and re.search(r"[A-Za-z]", text):
            self.texts.append(text)
