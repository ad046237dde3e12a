"""The table in a README: only what stands between the comments is ours."""

from __future__ import annotations

from dataclasses import replace

from statusgen.publish.api.readme import END, START, with_status
from statusgen.publish.edition import Edition
from tests.publish import scenes


def edition(name: str) -> Edition:
    return Edition.of(*scenes.ALL[name]())


def test_an_empty_readme_gets_a_heading_and_the_table() -> None:
    text = with_status("", edition("outage"))
    assert text.startswith(f"# Example Status\n\n{START}\n**[")
    assert "| [Core: Api](https://status.example.com/components/api/) | Major Outage |" in text
    assert text.endswith(f"{END}\n")


def test_all_else_stays_to_the_letter() -> None:
    before = f"# Ours\r\n\n\tkept \n{START}\nold {END} behind\n<!-- other -->\n"
    text = with_status(before, edition("quiet"))
    head, _, tail = text.partition(START)
    assert head == "# Ours\r\n\n\tkept \n"
    assert tail.partition(END)[2] == " behind\n<!-- other -->\n"
    assert "old" not in text
    assert with_status(text, edition("quiet")) == text


def test_a_readme_without_comments_gets_them_at_its_end() -> None:
    text = with_status("# Ours\n\nWords.\n", edition("quiet"))
    assert text.startswith(f"# Ours\n\nWords.\n\n{START}\n")


def test_names_of_strangers_write_no_markdown() -> None:
    settings, snapshot, incidents = scenes.quiet()
    evil = "x](javascript:alert(1)) | <b> `\\"
    one = snapshot.groups[0].components[0]
    group = replace(snapshot.groups[0], components=(replace(one, name=evil),))
    text = with_status("", Edition.of(settings, replace(snapshot, groups=(group,)), incidents))
    row = next(line for line in text.splitlines() if "javascript" in line)
    assert r"x\](javascript:alert(1)) \| \<b\> \`\\" in row
