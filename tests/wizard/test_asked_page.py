"""The wizard's page in a browser: by keyboard, by link, compared, without scripts, accessible."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset, Manifest
from statusgen.wizard.answers import read_link
from statusgen.wizard.blueprint import question_name, said
from statusgen.wizard.outputs import output_files
from statusgen.wizard.why import why
from tests.conftest import ROOT
from tests.wizard.conftest import GUIDE, asked

pytestmark = pytest.mark.browser
URL = "http://status.test/"
KINDS = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
LINK = (
    "v=1&name=my-app&team=3&traffic=20000&scale=small&backend=fastapi&frontend=nextjs"
    "&database=supabase&state=redis&jobs=bullmq&realtime=sse&storage=s3&email=sendgrid"
    "&monitoring=sentry&deploy=docker&features=ci"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    root = tmp_path_factory.mktemp("asked")
    (root / "data").mkdir()
    (root / "data/status.yml").write_text(
        "site: {name: T}\nmonitors: [{id: a, name: A, url: 'https://a.example.com/'}]\n"
    )
    shutil.copy(GUIDE, root / "data/wizard.yml")
    (root / "data/wizards").mkdir()
    shutil.copy(ROOT / "data/wizards/monitoring.yml", root / "data/wizards/monitoring.yml")
    return build_manifest(BuildOptions(root=root, now=1795205520))


@pytest.fixture
def page(browser: Browser, site: Manifest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    made = context.new_page()
    serve(made, site)
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield made
    assert [one for one in wrong if "favicon" not in one and "404" not in one] == []
    context.close()


def serve(page: Page, site: Manifest) -> None:
    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.lstrip("/")
        path += "index.html" if path.endswith("/") or not path else ""
        found = site.entries.get(path)
        if isinstance(found, Asset):
            kind = KINDS.get(Path(path).suffix, "text/plain")
            route.fulfill(body=found.content, content_type=f"{kind}; charset=utf-8")
        elif found is not None and site.wrap is not None:
            route.fulfill(body=site.wrap(found), content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404, body="")

    page.route(f"{URL}**", answer)


def heading(page: Page) -> str:
    return page.locator("#asked h2").inner_text()


def test_the_first_questions_by_keyboard_and_back_again(page: Page) -> None:
    page.goto(f"{URL}wizard/")
    expect(page.get_by_role("heading", name="What is your project name?")).to_be_visible()
    page.get_by_label("Project Name", exact=True).focus()
    page.keyboard.type("My App")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Only what fits")).to_be_visible()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("my-app")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How many developers")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How many users")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("20K")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Does any of these hold?")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is your project scale?")).to_be_focused()
    assert page.get_by_role("radio", name="Medium").is_checked()  # one up, for rapid growth
    expect(page.get_by_text("★ Recommended (Team size: 3; Users a day: 20000)")).to_be_visible()
    assert page.url.endswith("#v=1&name=my-app&team=3&traffic=20000&scale-reasons=growth")
    page.go_back()
    expect(page.get_by_role("heading", name="Does any of these hold?")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Users a day")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("heading", name="What is your project scale?")).to_be_visible()


def test_a_partial_link_opens_at_the_next_open_question(page: Page) -> None:
    page.goto(f"{URL}wizard/#v=1&name=my-app&scale=small&backend=fastapi&frontend=none&xyz=1")

    expect(page.get_by_role("heading", name="Choose database")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="xyz")).to_be_visible()


def test_a_whole_link_shows_what_does_not_fit_and_the_same_files(page: Page) -> None:
    page.goto(f"{URL}wizard/#{LINK}")

    expect(page.get_by_text("BullMQ – works only with NestJS")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download all").click()
    packed = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert packed.testzip() is None
    files = {name: packed.read(name).decode() for name in packed.namelist()}
    day = re.search(r"date: (\S+)", next(t for n, t in files.items() if "decisions" in n))
    assert day is not None
    program = asked(GUIDE.read_text("utf-8")).program
    answers, _ = read_link(program, LINK)
    assert files == output_files(program, answers, day[1])


def test_two_links_are_compared(page: Page) -> None:
    page.goto(f"{URL}wizard/#{LINK}")
    page.get_by_label("Compare with another link").fill(LINK.replace("jobs=bullmq", "jobs=celery"))
    page.get_by_role("button", name="Compare", exact=True).click()

    row = page.locator("tr.ask-differs")
    expect(row).to_have_count(1)
    assert row.inner_text().split("\t")[1:] == ["BullMQ", "Celery"]


def test_why_says_what_would_change_it_and_undo_takes_it_back(page: Page) -> None:
    page.goto(f"{URL}wizard/#v=1&name=my-app&team=3&traffic=20000&scale-reasons=-")
    expect(page.get_by_role("heading", name="What is your project scale?")).to_be_visible()
    page.get_by_text("Why?").click()
    shown = page.locator(".ask-reason")
    expect(shown).to_contain_text("Team size: 3")
    program = asked(GUIDE.read_text("utf-8")).program
    answers, _ = read_link(program, page.url)
    found = why(program, answers, "scale")
    assert found is not None
    assert found.nearest is not None
    (name, value), *_ = found.nearest.answers.items()
    expect(shown).to_contain_text(
        f"With {question_name(program, name)}: {said(program, name, value)}"
    )
    page.get_by_role("radio", name="Large").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Are you a Python shop?")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="What is your project scale?")).to_be_focused()
    assert "scale=large" not in page.url
    assert page.get_by_role("button", name="Undo").count() == 0


def test_where_parts_of_the_guide_stood_before_leads_to_them(page: Page) -> None:
    page.goto(f"{URL}wizard/#option-database.supabase")
    page.wait_for_url("**/wizard/guide/database/#option-database.supabase")


ASKING = "v=1&name=a-b&scale=small&backend=fastapi"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("fragment", [ASKING, LINK], ids=["asking", "result"])
def test_nobody_is_shut_out(page: Page, width: int, fragment: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("about:blank")
    page.goto(f"{URL}wizard/#{fragment}")
    page.locator("#asked h2").wait_for()
    for details in page.locator("#asked details").all()[:4]:
        details.evaluate("one => one.open = true")
    schemes: list[tuple[Literal["light", "dark"], Literal["active", "none"]]] = [
        ("light", "none"),
        ("dark", "none"),
        ("dark", "active"),
    ]
    for scheme, forced in schemes:
        page.emulate_media(color_scheme=scheme, forced_colors=forced)

        found = Axe().run(page)

        assert found.violations_count == 0, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0


def heard(page: Page) -> list[tuple[str, str, str]]:
    """Role, name and description of all that a screen reader is told of, in order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    keys = ("role", "name", "description")
    return [
        (told[0], told[1], told[2])
        for node in nodes
        if not node["ignored"]
        for told in [[node.get(key, {}).get("value", "") for key in keys]]
    ]


def test_what_a_screen_reader_is_told(page: Page) -> None:
    page.goto(f"{URL}wizard/#v=1&name=a-b&team=3&scale=small&backend=fastapi&frontend=none")
    page.locator("#asked h2", has_text="Choose database").wait_for()

    told = heard(page)

    groups = [name for role, name, _ in told if role == "group"]
    assert "5 of 13: Database & Auth Choose database and authentication strategy" in groups
    options = {name: about for role, name, about in told if role == "radio"}
    assert next(iter(options)).startswith("Supabase")
    good = next(about for name, about in options.items() if name.startswith("Supabase"))
    assert good.startswith("★ Recommended (Scale Selection: Small)")
    assert good.endswith("Free tier available, scales with usage → $0 + ? a month")
    assert [name for role, name, _ in told if role == "status"] != []
    assert ("button", "Next", "") in told

    before = page.get_by_role("status").inner_text()
    page.get_by_role("radio", name="MongoDB").check()
    expect(page.get_by_role("status")).not_to_have_text(before)
    preview = page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("status")).to_have_text(preview)
    assert "a month" in preview


def test_the_bill_of_a_monitoring_set_up_with_its_source(page: Page) -> None:
    answers = "v=1&name=my-status&repository=private&plan=free&frequency=five"
    page.goto(f"{URL}wizards/monitoring/#{answers}")
    for name, about in (
        ("GitHub's schedule", "→ $52.80"),
        ("GitHub, job after job", "✗ works only"),
    ):
        expect(page.get_by_role("radio", name=name)).to_have_accessible_description(
            re.compile(re.escape(about))
        )
    page.goto(f"{URL}wizards/monitoring/#{answers}&runner=visits&telling=-&page=closed")
    bill = page.locator(".ask-bill")
    expect(bill).to_contain_text("8,640 minutes for checks (288 jobs a day, one minute each)")
    expect(bill).to_contain_text(
        "GitHub plan (Free): 10,800 × minute, 2,000 included, 8,800 paid for: $52.80 (2026-01-01)"
    )
    expect(bill.get_by_role("link", name="GitHub's prices of runners")).to_have_attribute(
        "href", "https://docs.github.com/en/billing/reference/actions-runner-pricing"
    )


def test_the_first_view_is_light(site: Manifest) -> None:
    parts = ["wizard/index.html", "wizard/program.json"]
    parts += [path for path in site.entries if path.startswith("assets/wizard/")]
    found = [site.entries[path] for path in parts]

    sizes = [len(gzip.compress(one.content)) for one in found if isinstance(one, Asset)]

    assert len(sizes) == len(parts) > 7
    assert sum(sizes) < 60_000


TYPED = {"name": "my-app", "team": "3", "traffic": "20K"}


def test_all_phases_by_keyboard_alone(page: Page) -> None:
    page.goto(f"{URL}wizard/")
    page.locator("#asked h2").wait_for()
    passed = []
    while (title := heading(page)) != "Your answers":
        passed.append(title)
        assert len(passed) < 40, passed
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name === 'answer'"):
                break
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", title
        kind = page.evaluate("document.activeElement.type")
        if kind == "text":
            page.keyboard.press("ControlOrMeta+A")
            page.keyboard.type(TYPED["name" if len(passed) == 1 else "team"])
        elif not page.evaluate("!!document.querySelector('[name=answer]:checked')"):
            page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "t => document.querySelector('#asked h2').innerText !== t", arg=title
        )
    assert len(passed) >= 13
    link = page.url
    expect(page.locator("#asked h2")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Undo":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#asked h2")).to_have_text(passed[-1])
    assert page.url != link


def test_without_scripts_every_option_stands_there(browser: Browser, site: Manifest) -> None:
    context = browser.new_context(java_script_enabled=False)
    made = context.new_page()
    serve(made, site)
    made.goto(f"{URL}wizard/")
    phases = made.locator("noscript > details")
    phases.nth(2).locator("> summary").click()
    for question in ("Are you a Python shop?", "Do you need enterprise patterns?"):
        made.get_by_text(question, exact=True).click()
    nested = phases.nth(2).locator("details details > ul")
    expect(nested.get_by_text("Yes: NestJS")).to_be_visible()
    nested.get_by_text("Go on with: Frontend Framework").first.click()
    expect(made.locator("noscript h2", has_text="Choose your frontend framework")).to_be_visible()
    email = phases.nth(9)
    email.locator("summary").click()
    assert "Free tier (100 emails/day), then $19.95+/month" in email.inner_text()
    made.get_by_role("link", name="Read the whole guide").click()
    expect(made.get_by_role("heading", name="Project wizard: the guide")).to_be_visible()
    context.close()
