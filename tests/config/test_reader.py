from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.config.reader import find_config
from tests.config.places import faults_of, settings_of

OURS = "site: {name: S}\nmonitors: [{id: a, name: A, url: 'https://a.example'}]\n"
THEIRS = "owner: o\nrepo: r\nsites: [{name: A, url: 'https://a.example'}]\n"


@pytest.mark.parametrize("name", ["data/status.yml", ".upptimerc.yml", ".upptimerc.yaml"])
def test_each_place_of_a_configuration_is_looked_at(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    assert find_config(tmp_path) == path


def test_our_own_file_goes_before_that_of_upptime(tmp_path: Path) -> None:
    for name in ("data/status.yml", ".upptimerc.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert find_config(tmp_path) == tmp_path / "data" / "status.yml"


def test_where_there_is_none_it_is_said_what_to_create(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        find_config(tmp_path)
    assert str(caught.value) == (
        "there is neither data/status.yml nor .upptimerc.yml here; run `statusgen init`, or create "
        "data/status.yml with a `site:` that has a name and a list of `monitors:`"
    )
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("name", ["status.yml", "o__r.yml", ".upptimerc.yml", "x"])
def test_the_content_tells_the_kinds_of_file_apart_and_not_the_name(
    tmp_path: Path, name: str
) -> None:
    assert settings_of(tmp_path, OURS, name).site.name == "S"
    assert settings_of(tmp_path, THEIRS, name).site.name == "r"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("status.yml", "status.yml:1:1: site: is required; add `site:`"),
        (
            ".upptimerc.yml",
            (
                ".upptimerc.yml:1:1: sites: must be a list; "
                "write each site after `- `, with a name and a url, or `sites: []`"
            ),
        ),
    ],
)
def test_the_name_decides_where_the_content_does_not_tell(
    tmp_path: Path, name: str, told: str
) -> None:
    assert told in faults_of(tmp_path, "{}", name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "f.yml: is empty; begin with `site:` and `monitors:`"),
        ("# x\n", "f.yml: is empty; begin with `site:` and `monitors:`"),
        (
            "- a\n",
            ("f.yml:1:1: holds a list where keys are needed; begin with `site:` and `monitors:`"),
        ),
        (
            "\n text\n",
            ("f.yml:2:2: holds text where keys are needed; begin with `site:` and `monitors:`"),
        ),
    ],
)
def test_what_is_no_configuration_at_all_is_refused(tmp_path: Path, text: str, told: str) -> None:
    assert faults_of(tmp_path, text, "f.yml") == [told]


def test_messages_name_the_file_as_it_was_given(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "site: {name: S, x: y}\n", "some name.yml")
    assert fault.startswith("some name.yml:1:17: site.x: unknown key 'x'")
