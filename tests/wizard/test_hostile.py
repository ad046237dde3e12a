"""Hostile wizards, links and answers: nothing runs, nothing leaves the folder, no traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import markdown
import pytest
from playwright.sync_api import Browser, Page, expect

from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.setup.wizard_files import changes
from statusgen.wizard.answers import read_link
from statusgen.wizard.loader import load_asked
from tests.cli.harness import statusgen
from tests.cli.test_wizard import lines
from tests.wizard.test_asked_page import URL, serve

RUN = "window.bad=1"
TEXT = f"""\
schema: statusgen/wizard@2
name: "<script>{RUN}</script>\\u202Ename"
summary: "\\"><img src=x onerror={RUN}>"
title: "</title><script>{RUN}</script>{{name}}"
questions:
  - {{id: name, kind: text, name: "N<img src=x onerror='{RUN}'>"}}
  - {{id: sure, kind: yes-no, name: "</summary><script>{RUN}</script>"}}
  - id: a
    name: "\\u202Eevil</script><script>{RUN}</script>"
    ask: "</noscript><script>{RUN}</script>"
    help: "<a href='javascript:{RUN}'>help</a>\\x1b[2J\\x07"
    options:
      - id: x
        name: "<svg onload={RUN}>`x`"
        note: "{{{{7*7}}}}${{7*7}}"
        price: $1/minute
        pros: ["[x](javascript:{RUN})", "<img src=x onerror={RUN}>"]
        cons: ["</pre><script>{RUN}</script>", "# heading\\n\\n* point"]
        links: {{"click <b>": "javascript:{RUN}", safe: "https://ok.example/"}}
        facets: {{__proto__: ["<script>{RUN}</script>"], constructor: [c]}}
        checklist: ["<script>{RUN}</script>"]
        monitors: [{{id: m, name: "'\\"}}<x>: #", url: "https://x.example/"}}]
        code: [{{language: text, use: compose, text: "  <script>{RUN}</script>: '${{X}}'"}}]
      - {{id: y, name: "y\\u2028\\u0085z", price: Free}}
trees:
  - id: t
    name: "<script>{RUN}</script>"
    question: a
    steps: [{{id: step, ask: "<script>{RUN}</script>", then: x}}]
    else: y
rules:
  - {{id: w, when: {{a: x}}, warn: "<script>{RUN}</script>"}}
  - {{id: c, when: {{a: x}}, count: minute, value: "3", reason: "<script>{RUN}</script>"}}
  - {{id: r, when: {{sure: true}}, recommend: {{a: x}}, reason: "<script>{RUN}</script>"}}
"""
NAME = "..%2F..%2F..%2Fetc%2F%3Cimg%20src%3Dx%20onerror%3Dwindow.bad%3D1%3E%60%5D(x"
LINK = f"v=1&name={NAME}&sure=yes&step=yes&a=x&zz%3Cimg=1&a%22=%3Cscript%3E"
LINKS = [
    LINK,
    f"v=%3Cscript%3E{RUN}",
    "v=1&a=<img src=x onerror=window.bad=1>",
    "v=1&a=%00%1B[2J",
    "javascript:window.bad=1",
    "v=1&name=%E2%80%AE%ED%A0%80",
    "phase-../../../etc",
    "option-//x",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile") / "inner" / "site"
    (made / "data").mkdir(parents=True)
    (made / "data/status.yml").write_text(
        "site: {name: T}\nmonitors:\n  - {id: a, name: A, url: 'https://a.example.com/'}\n"
    )
    (made / "data/wizard.yml").write_text(TEXT, "utf-8")
    program = load_asked(made / "data/wizard.yml").program
    answers, _ = read_link(program, LINK)
    assert answers["a"] == "x"
    for one in changes(made, program, answers, monitors_of(program, answers), "2026-11-26"):
        path = made / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.after, "utf-8")
    return made


def monitors_of(program: Any, answers: Any) -> list[dict[str, Any]]:
    from statusgen.wizard.blueprint import monitors
    from statusgen.wizard.machine import state_of

    return monitors(program, state_of(program, answers))


def safe(page: Page) -> None:
    assert page.evaluate("window.bad") is None
    scripts = "javascript:"
    assert (
        page.locator(f'a[href^="{scripts}" i], #asked script, #asked img, #asked svg').count() == 0
    )


@pytest.mark.browser
def test_nothing_runs_on_the_asking_page_its_files_and_the_pages_made_of_them(
    browser: Browser, root: Path
) -> None:
    site = build_manifest(BuildOptions(root=root, now=1795205520))
    page = browser.new_page()
    serve(page, site)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    for link in LINKS:
        page.goto("about:blank")
        page.goto(f"{URL}wizard/#{link}")
        page.locator("#asked h2, main h1").first.wait_for()
        safe(page)
    page.goto(f"{URL}wizard/#{LINK}&v=1")
    expect(page.locator("#asked h2")).to_be_visible()
    for details in page.locator("#asked details").all():
        details.evaluate("one => one.open = true")
    safe(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download all").click()
    for name in zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())).namelist():
        inside(name)
    page.locator("#asked table button").nth(3).click()
    page.get_by_text("Why?").click()
    expect(page.locator(".ask-reason li")).not_to_have_count(0)
    safe(page)
    plans = [
        path
        for path in site.entries
        if path.startswith("roadmaps/") and path.endswith("/index.html")
    ]
    assert plans
    for path in [*plans, "decisions/index.html"]:
        page.goto(f"{URL}{path.removesuffix('index.html')}")
        assert page.evaluate("window.bad") is None, path
    for record in (root / "content/decisions").glob("*.md"):
        page.set_content(markdown.markdown(record.read_text("utf-8")))
        safe(page)
        assert page.locator("a[href*='javascript']").count() == 0
    page.close()


def inside(name: str) -> None:
    path = PurePosixPath(name)
    assert not path.is_absolute(), name
    assert ".." not in path.parts, name
    assert not set(name) & set('\\<>:"|?*`'), name


def test_what_was_written_stays_in_the_folder_and_is_valid(root: Path) -> None:
    outside = [path for path in root.parents[1].rglob("*") if path.is_file()]

    assert all(path.is_relative_to(root) for path in outside)
    for path in outside:
        inside(path.relative_to(root).as_posix())
    done = statusgen(root, "validate")
    assert done.code == 0, done.err


def test_a_terminal_gets_no_control_characters_and_no_turned_text(root: Path) -> None:
    done = statusgen(root, "wizard", "--from", LINK, "--yes")
    asked = lines(root, "x\nyes\nskip\nwhy\nhelp 1\n", "--anew")

    for text in (done.out, done.err, asked.stdout, asked.stderr):
        assert not set(text) & set("\x1b\x07\u202e\u2028\x85"), text
    assert done.code == 0, done.err
    assert "7*7" in asked.stdout
