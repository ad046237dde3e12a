import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.errors import InputError
from statusgen.base.yamltree import Value, load, load_file


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        load(text, "f.yml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: &a [x]\nb: &b [*a]\nc: [*b]\n",
            (
                "f.yml:2:8: b: the alias *a is not supported; write the value out\n"
                "f.yml:3:5: c: the alias *b is not supported; write the value out"
            ),
        ),
        ("a: 1\nb: 2\na: 3\n", "f.yml:3:1: the key 'a' stands already in line 1; remove one"),
        ("x:\n  a: 1\n  a: 2\n", "f.yml:3:3: x: the key 'a' stands already in line 2; remove one"),
        ("~: 1\nnull: 2\n", "f.yml:2:1: the key 'null' stands already in line 1; remove one"),
        (
            "a: !!python/object/apply:os.system [ls]",
            (
                "f.yml:1:4: the tag tag:yaml.org,2002:python/object/apply:os.system "
                "is not supported; remove it"
            ),
        ),
        (
            "a: 1\n---\nb: 2\n",
            "f.yml:2:1: a second document begins here; keep one document in a file",
        ),
        ("? [a]\n: b", "f.yml:1:3: a key must be plain text; put it in quotes"),
        ("ä: é\nb: \0", "f.yml:2:4: holds the character U+0000, which does not belong in YAML"),
        ("äé: x\x01", "f.yml:1:6: holds the character U+0001, which does not belong in YAML"),
        ("a: \ud800", "f.yml:1:4: holds the character U+D800, which does not belong in YAML"),
        ("a: x\u2028y", "f.yml:1:5: holds the character U+2028, which does not belong in YAML"),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, expected: str) -> None:
    assert refusal(text).startswith(expected)


@pytest.mark.parametrize(
    ("text", "place", "fix"),
    [
        ("a:\n\tb: 1\n", "f.yml:2:1: ", "indent with spaces, not tabs"),
        ("a: 1\n\tb: 2\n", "f.yml:2:1: ", "indent with spaces, not tabs"),
        ("a: b: c", "f.yml:1:5: ", "put the text with the colon in quotes"),
        ("é: 😀 b: c", "f.yml:1:7: ", "put the text with the colon in quotes"),
        ("a: @x", "f.yml:1:4: ", "put the text in quotes"),
        ("a: 1\nb\n", "f.yml:2:2: ", "write `key: value`"),
        ("a:\n  b: 1\n c: 2\n", "f.yml:3:2: ", "check the indentation"),
        ('a: "\\ud800"', "f.yml:1:", ""),
    ],
)
def test_syntax_errors_are_told_with_their_place_and_what_helps(
    text: str, place: str, fix: str
) -> None:
    told = refusal(text)
    assert told.startswith(place)
    assert fix in told


def test_no_depth_exhausts_the_stack() -> None:
    told = refusal("[" * 5000)
    assert told.startswith("f.yml:1:21: ")
    assert told.endswith("is nested deeper than 20 levels; flatten it")


def test_a_bomb_of_aliases_does_no_harm() -> None:
    bomb = "a: &a [x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    with pytest.raises(InputError) as caught:
        load(bomb, "f.yml")
    assert 50 < len(caught.value.problems) <= 100


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("012", "012"),
        ("1.10", "1.10"),
        ("0x1F", "0x1F"),
        ("2026-02-30", "2026-02-30"),
        ("9" * 5000, "9" * 5000),
        (".inf", ".inf"),
        ("", None),
        ("~", None),
        ("null", None),
        ('"~"', "~"),
        ("''", ""),
        ("&anchor 1", "1"),
        ("! 12", "12"),
        ("{<<: x}", {"<<": "x"}),
    ],
)
def test_scalars_stay_as_they_were_written(text: str, value: Value) -> None:
    assert load(f"a: {text}\n", "f.yml").data == {"a": value}


@pytest.mark.parametrize(
    ("text", "data"), [("", None), ("# nothing\n", None), ("- a\n", ["a"]), ("a", "a")]
)
def test_any_kind_of_document_is_read(text: str, data: Value) -> None:
    assert load(text, "f.yml").data == data


def test_keys_and_values_have_places() -> None:
    document = load("a:\n  - b: 1\n    ç: [x, y]\n", "f.yml")
    assert str(document.problem(("a", 0, "ç"), "m", "f")) == "f.yml:3:8: a.0.ç: m; f"
    assert str(document.problem(("a", 0, "ç"), "m", key=True)) == "f.yml:3:5: a.0.ç: m"
    assert document.mark(("a", 0, "ç", 1)).column == 12
    # What is not there stands where its parent does.
    assert document.mark(("a", 0, "missing")) == document.mark(("a", 0))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a: 1\nb: \xff\n", "f.yml:2:4: is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfea\x00", "f.yml:1:1: is not UTF-8; save the file as UTF-8"),
        (b"x: \xed\xa0\x80", "f.yml:1:4: is not UTF-8; save the file as UTF-8"),
        (b"a" * (1 << 20) + b"b", "f.yml: is larger than 1 MiB; split it"),
    ],
)
def test_files_that_hold_no_text_are_refused(tmp_path: Path, raw: bytes, expected: str) -> None:
    path = tmp_path / "f.yml"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        load_file(path, "f.yml")
    assert str(caught.value) == expected


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "f.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert load_file(path).data == {"a": "1"}


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^x\.yml: cannot be read: No such file or directory$"):
        load_file(tmp_path / "x.yml", "x.yml")


scalars = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=8)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(scalars, inner, max_size=3),
    max_leaves=8,
)


@given(trees)
def test_every_tree_comes_back_as_it_was_written(tree: Value) -> None:
    # JSON with every character escaped or quoted is YAML, and says what is meant.
    assert load(json.dumps(tree, ensure_ascii=False), "f.yml").data == tree


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    try:
        load(text, "f.yml")
    except InputError as error:
        for problem in error.problems:
            assert problem.file == "f.yml"
            assert 1 <= problem.line <= max(1, len(text.splitlines()))
            assert problem.column >= 1


# (what is written, what to write instead)
FIXES = [
    ("trigger: >100 users\n", "put it in quotes: '>100 users'"),
    ("a: |x\n", "put it in quotes: '|x'"),
    ('a: "\\d+"\n', "write it in single quotes, where a backslash is one: '\\d+'"),
    ('a: "C:\\Users"\n', "write it in single quotes, where a backslash is one: 'C:\\Users'"),
    ("a: @x\n", "put the text in quotes"),
    ("a: 1\nb: [x\nc: 1\n", "close the [ of line 2 with ], or put the text in quotes"),
    ("a: {x: 1\nb: 2\n", "close the { of line 1 with }, or put the text in quotes"),
    ('a: 1\nb: "x\nc: 1\n', "close the quote that begins in line 2"),
    ("a: 'it's'\n", "the text ends at that quote: put the whole of it in the other kind of quotes"),
    ("a: [a]]\n", "remove this ], which closes nothing"),
    ("- a\nb: c\n", "begin it with `- `, or indent it like the entry above"),
    ("a:\n- [x] Count\n- Lend\n", "put it in quotes: '[x] Count'"),
    ("a:\n- [ ] It's\n- Lend\n", 'put it in quotes: "…"'),
    ("a: - b\n", "begin the list on a line of its own, or write it as [one, two]"),
    ("a:\n  b: 1\n c: 2\n", "check the indentation: keys of one level begin in the same column"),
    ("a: 1\n  b: 2\n", "check the indentation, or put the text with the colon in quotes"),
    ("a:\n\tb: 1\n", "indent with spaces, not tabs"),
]


@pytest.mark.parametrize(("text", "fix"), FIXES)
def test_a_common_slip_gets_what_to_write_instead(text: str, fix: str) -> None:
    with pytest.raises(InputError) as caught:
        load(text, "f.yml")
    (problem,) = caught.value.problems
    assert problem.fix == fix
    assert problem.line


@pytest.mark.parametrize(
    "text",
    ["a: '>100 users'\n", "a: >\n  folded\n", "a: >-\n  x\n", "a: '\\d+'\n", "a: > # c\n  x\n"],
)
def test_what_only_looks_like_a_slip_is_read(text: str) -> None:
    assert load(text, "f.yml").data


ALIASES = """\
d: &d {m: 1, k: [1, {z: 2}]}
e: &e {k: 2, q: 5}
s:
- <<: [*d, *e]
  q: own
- {<<: *d}
- *d
"""


def test_a_foreign_file_may_refer_to_what_it_wrote_once() -> None:
    document = load(ALIASES, "f.yml", foreign=True)

    assert isinstance(document.data, dict)
    whole = {"m": "1", "k": ["1", {"z": "2"}]}
    assert document.data["s"] == [whole | {"q": "own"}, whole, whole]
    assert document.data["s"][1] is not document.data["s"][2]
    for index in range(3):  # marked where it was written out
        mark = document.mark(("s", index, "k", 1, "z"))
        assert (mark.line, mark.column) == (1, 25)
        assert document.mark(("s", index, "m"), key=True).line == 1
    assert [(each.line, each.column) for each in document.beyond] == [
        (4, 8),
        (4, 12),
        (6, 8),
        (7, 3),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: *b\n", "f.yml:1:4: there is no anchor &b; write the value out"),
        ("a: &a [*a]\n", "f.yml:1:8: a: the alias *a cannot be followed: it stands inside what"),
        ("a: &a\n  <<: *a\n", "f.yml:2:7: a: the alias *a cannot be followed: it stands inside"),
        ("a: !!set {b}\n", "f.yml:1:4: the tag tag:yaml.org,2002:set is not supported"),
        ("a: &a 1\na: *a\n", "f.yml:2:1: the key 'a' stands already in line 1; remove one"),
    ],
)
def test_what_a_foreign_file_may_not_hold_either(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        load(text, "f.yml", foreign=True)
    assert str(caught.value).startswith(told)


def test_aliases_of_a_foreign_file_are_counted() -> None:
    bomb = "a: &a [x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    deep = "a: &a [x]\n" + "".join(
        f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}]\n" for n in range(25)
    )

    for text, told in ((bomb, "stand for more than 100000 values"), (deep, "nested too deeply")):
        with pytest.raises(InputError) as caught:
            load(text, "f.yml", foreign=True)
        assert told in str(caught.value)


def test_yamls_own_tags_change_no_text_of_a_foreign_file() -> None:
    document = load("a: !!str 200\nb: !!int '5'\n", "f.yml", foreign=True)

    assert document.data == {"a": "200", "b": "5"}
    assert len(document.beyond) == 2


def test_a_tab_in_a_line_without_content_is_nothing() -> None:
    text = 'a: b\n\t\n\t# x\n\t # y\r\nc: |\n  d\n \t\n  \te\nf: "g\n\t\n h"\n'

    document = load(text, "f.yml")

    assert document.data == {"a": "b", "c": "d\n\n\te\n", "f": "g\nh"}
    assert document.mark(("f",)).line == 9
