"""Python and the browser say the same of the same answers: questions, cost, bytes of files."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from statusgen.base.saying import Saying
from statusgen.wizard.answers import link_of, read_link
from statusgen.wizard.machine import state_of
from statusgen.wizard.outputs import output_files
from statusgen.wizard.program import Program
from tests.wizard.conftest import asked, project
from tests.wizard.test_answers import random_answers
from tests.wizard.test_loading import TEXT

pytestmark = pytest.mark.browser
DAY = "2026-11-26"
STATIC = resources.files("statusgen.publish.wizard") / "static"

COMPARE = """async ([program, list]) => {
  const {stateOf, linkOf, readLink} = await import("/machine.js");
  const {outputFiles} = await import("/blueprint.js");
  return list.map(answers => {
    const link = linkOf(program, answers);
    return [stateOf(program, answers), outputFiles(program, answers, "2026-11-26", 7), link,
      readLink(program, link)];
  });
}"""


@pytest.fixture
def modules(browser: Browser) -> Iterator[Page]:
    """A page of an origin that serves our modules."""

    def serve(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        kind = "text/javascript" if name else "text/html"
        body = (STATIC / name).read_text("utf-8") if name else "<!doctype html><title>x</title>"
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    page = browser.new_page()
    page.route("http://wizard.test/**", serve)
    page.goto("http://wizard.test/")
    yield page
    page.close()


def here(program: Program, answers: dict[str, Any]) -> list[Any]:
    link = link_of(program, answers)
    read, told = read_link(program, link)
    return [state_of(program, answers), output_files(program, answers, DAY, 7), link, [read, told]]


def compare(page: Page, program: Program, seeds: Iterator[int]) -> int:
    sets = [random_answers(random.Random(seed), program) for seed in seeds]
    there = page.evaluate(COMPARE, [program, sets])
    for answers, found in zip(sets, there, strict=True):
        expected = json.loads(json.dumps(here(program, answers)))
        assert found == expected, answers
    return len(sets)


def test_a_hundred_sets_of_answers_come_out_alike(modules: Page) -> None:
    assert compare(modules, project().program, iter(range(90))) == 90
    assert compare(modules, asked(TEXT).program, iter(range(10))) == 10


@pytest.mark.long
def test_a_hundred_thousand_sets_of_answers_come_out_alike(modules: Page) -> None:
    done = 0
    for start in range(0, 100_000, 500):
        done += compare(modules, project().program, iter(range(start, start + 500)))
    assert done == 100_000


LINKS = [
    "", "v=1", "v=2&scale=small", "v=1&scale=huge", "v=1&sclae=small", "v=1&team=1,000",
    "v=1&team=-1", "v=1&team=1.5M", "v=1&team=0", "v=1&traffic=1234567.1234567",
    "v=1&features=stripe,nothing", "v=1&features=-", "v=1&name=%3Cscript%3E", "v=1&name=%",
    "v=1&name=a", "v=1&name=demo", "v=1&python-shop=Yes&backend=FastAPI", "x" * 4_500,
    "v=1&name=" + "a" * 60, "phase-scale", "v=1&&=&=1",
]  # fmt: skip


def test_links_are_read_alike(modules: Page) -> None:
    program = project().program
    there = modules.evaluate(
        "async ([program, links]) => { const {readLink} = await import('/machine.js');"
        " return links.map(link => readLink(program, '#' + link)); }",
        [program, LINKS],
    )

    for link, (answers, told) in zip(LINKS, there, strict=True):
        expected, refused = read_link(program, f"#{link}")
        assert answers == expected, link
        assert [Saying(f"wizard.{one['key']}", one["values"]) for one in told] == refused, link
