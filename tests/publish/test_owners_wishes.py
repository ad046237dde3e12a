"""What the owner of a site asked for in Upptime's file or ours is published as asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset, Manifest
from tests.config import test_upptime_users as users

HEAD = "owner: o\nrepo: r\nsites:\n- {name: A, url: https://a.example/}\nstatus-website:\n"
OURS = "monitors: [{id: a, name: A, url: https://a.example/}]\nsite:\n  name: S\n"
PNG = b"\x89PNG\r\n\x1a\n"


def built(folder: Path, text: str, name: str = ".upptimerc.yml") -> tuple[Manifest, list[str]]:
    """Return what is published of a repository, and the warnings about it."""
    (folder / name).write_text(text, encoding="utf-8")
    options = BuildOptions(root=folder, config=Path(name))
    told = [str(warning).removeprefix(f"{folder}/") for warning in options.site().warnings]
    return build_manifest(options), told


def content(manifest: Manifest, path: str) -> str:
    entry = manifest.entries[path.casefold()]
    assert isinstance(entry, Asset)
    return entry.content.decode()


def navigation(manifest: Manifest, path: str = "index.html") -> list[tuple[str, str]]:
    header = content(manifest, path).partition("<nav")[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', header)


@pytest.mark.parametrize(
    "address", ["logo.png", "/logo.png", "/r/logo.png", "https://o.github.io/r/logo.png"]
)
@pytest.mark.parametrize("folder", ["", "assets", "content"])
def test_a_logo_of_the_repository_is_published_with_the_site(
    tmp_path: Path, address: str, folder: str
) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "logo.png").write_bytes(PNG)

    manifest, warnings = built(tmp_path, f"{HEAD}  baseUrl: /r\n  logoUrl: {address}\n")

    page = content(manifest, "components/a/index.html")
    found = re.search(r'<img src="\.\./\.\./([^"]+)"', page)
    assert found is not None
    entry = manifest.entries[found[1]]
    assert isinstance(entry, Asset)
    assert entry.content == PNG
    assert "img-src &#39;self&#39;;" in page
    assert warnings == []


def test_a_logo_elsewhere_is_shown_and_its_host_alone_is_allowed(tmp_path: Path) -> None:
    logo = "https://cdn.example/x/mark.svg?v=2"

    manifest, warnings = built(tmp_path, f"{HEAD}  logoUrl: {logo}\n")

    page = content(manifest, "index.html")
    assert f'<img src="{logo}" alt="" referrerpolicy="no-referrer">' in page
    assert "img-src &#39;self&#39; https://cdn.example;" in page
    (warning,) = warnings
    assert ".upptimerc.yml:6:12: status-website.logoUrl: every visitor's browser" in warning
    assert "will ask cdn.example" in warning
    assert warning.endswith("save it in the repository and write `logoUrl: mark.svg`")


def test_an_address_that_leads_on_is_that_to_which_it_leads(tmp_path: Path) -> None:
    manifest, _ = built(tmp_path, f"{HEAD}  logoUrl: https://github.com/someone.png\n")
    page = content(manifest, "index.html")
    assert 'src="https://avatars.githubusercontent.com/someone"' in page
    assert "img-src &#39;self&#39; https://avatars.githubusercontent.com;" in page


@pytest.mark.parametrize("key", ["logoUrl", "favicon"])
@pytest.mark.parametrize("path", ["gone.png", "../secret.png", "/etc/hostname"])
def test_a_picture_that_is_not_in_the_repository_is_named(
    tmp_path: Path, key: str, path: str
) -> None:
    (tmp_path.parent / "secret.png").write_bytes(PNG)

    manifest, warnings = built(tmp_path, f"{HEAD}  {key}: {path}\n")

    assert "<img" not in content(manifest, "index.html")
    (warning,) = warnings
    assert warning.startswith(f".upptimerc.yml:6:{5 + len(key)}: there is no file '{path}'")


def test_an_icon_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "icon.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    manifest, warnings = built(
        tmp_path, f"{HEAD}  faviconSvg: icon.svg\n  favicon: https://f.example/f.ico\n"
    )
    page = content(manifest, "components/a/index.html")
    assert re.findall(r'<link rel="icon"[^>]*>', page) == [
        '<link rel="icon" href="../../brand/icon.svg">'
    ]
    assert warnings == [
        ".upptimerc.yml:7:12: status-website.favicon: is not shown: `faviconSvg` is"
    ]


def test_our_own_file_takes_the_same_pictures(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    text = f"{OURS}  logo: logo.png\n  favicon: https://f.example/f.ico\n"
    manifest, warnings = built(tmp_path, text, "status.yml")
    page = content(manifest, "index.html")
    assert '<img src="brand/logo.png"' in page
    assert '<link rel="icon" href="https://f.example/f.ico">' in page
    assert [warning.partition(": ")[0] for warning in warnings] == ["status.yml:5:12"]


# (what is written, the robots.txt where it is the owner's own, the tag of every page)
REFUSALS = [
    ('robotsText: "User-agent: * \\n Disallow: /"', "User-agent: *\nDisallow: /\n", "noindex"),
    ('robotsText: "User-agent: BadBot\\nDisallow: /"', "User-agent: BadBot\nDisallow: /\n", ""),
    ('robotsText: "User-agent: *\\nDisallow: /x"', "User-agent: *\nDisallow: /x\n", ""),
    ("metaTags: [{name: robots, content: 'noindex, nofollow'}]", "", "noindex, nofollow"),
    ("metaTags: [{name: Robots, content: none}]", "", "none"),
    ("customHeadHtml: '<META content=noindex name=robots>'", "", "noindex"),
]


@pytest.mark.parametrize(("written", "robots", "tag"), REFUSALS)
def test_who_refuses_to_be_indexed_is_obeyed(
    tmp_path: Path, written: str, robots: str, tag: str
) -> None:
    manifest, warnings = built(tmp_path, f"{HEAD}  {written}\n")

    assert content(manifest, "robots.txt") == (robots or "User-agent: *\nDisallow: /\n")
    for path in ("index.html", "404.html", "components/a/index.html", "history/index.html"):
        page = content(manifest, path)
        expected = [tag] if tag else []
        assert re.findall(r'<meta name="robots" content="([^"]*)">', page) == expected, path
    assert ("sitemap.xml" in manifest.entries) == (not tag)
    assert warnings == []


def test_what_only_looks_like_a_refusal_is_none(tmp_path: Path) -> None:
    head = "customHeadHtml: '<!-- <meta name=robots content=noindex> --><b>noindex</b>'"
    manifest, warnings = built(tmp_path, f"{HEAD}  {head}\n")
    assert "Allow: /\nSitemap: https://o.github.io/r/sitemap.xml" in content(manifest, "robots.txt")
    assert 'name="robots"' not in content(manifest, "index.html")
    assert len(warnings) == 1


def test_our_own_key_asks_search_engines_to_leave_the_site_out(tmp_path: Path) -> None:
    text = f"{OURS}  url: https://s.example/\n  index: false\n"
    manifest, _ = built(tmp_path, text, "status.yml")
    assert content(manifest, "robots.txt") == "User-agent: *\nDisallow: /\n"
    assert '<meta name="robots" content="noindex">' in content(manifest, "index.html")


@pytest.mark.parametrize(
    ("cname", "url", "warned"),
    [
        ("status.example.com", "https://status.example.com/", False),
        ("https://status.example.com", "https://status.example.com/", True),
        ("status.example.com/", "https://status.example.com/", True),
        ("http://Status.example.com/x/", "http://Status.example.com/x/", True),
    ],
)
def test_a_cname_is_understood_and_its_file_written(
    tmp_path: Path, cname: str, url: str, warned: bool
) -> None:
    manifest, warnings = built(tmp_path, f"{HEAD}  cname: {cname}\n")
    assert content(manifest, "CNAME") == "status.example.com\n"
    assert f'<link rel="canonical" href="{url}">' in content(manifest, "index.html")
    assert bool(warnings) == warned


def test_without_a_cname_there_is_no_file_for_it(tmp_path: Path) -> None:
    manifest, _ = built(tmp_path, f"{HEAD}  name: x\n")
    assert "cname" not in manifest.entries


def test_what_lies_in_assets_is_published_at_the_root(tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    (assets / "img").mkdir(parents=True)
    (assets / "img" / "a.txt").write_text("a")
    (assets / "robots.txt").write_text("User-agent: *\nDisallow: /a\n")
    (assets / "index.html").write_text("mine")
    (assets / "link").symlink_to("/etc/hostname")

    manifest, warnings = built(tmp_path, f"{HEAD}  name: x\n")

    assert content(manifest, "img/a.txt") == "a"
    assert content(manifest, "robots.txt") == "User-agent: *\nDisallow: /a\n"
    assert content(manifest, "index.html") != "mine"
    assert [str(problem) for problem in manifest.doubtful] == [
        "assets/index.html: is not published: /index.html is the place of a page of ours; rename it"
    ]
    assert "link" not in manifest.entries
    assert [warning.partition(":")[0] for warning in warnings] == ["assets/link"]


@pytest.mark.parametrize("href", ["/", "/r", "/r/", "https://o.github.io/r/"])
def test_the_owners_entry_for_the_root_is_not_doubled(tmp_path: Path, href: str) -> None:
    nav = f"[{{title: Home, href: {href}}}, {{title: Hub, href: 'https://github.com/$OWNER'}}]"
    manifest, warnings = built(tmp_path, f"{HEAD}  baseUrl: /r\n  navbar: {nav}\n")
    for path, root in (("index.html", "./"), ("components/a/index.html", "../../")):
        links = navigation(manifest, path)
        assert links[0] == (root, "Home")
        assert [title for _, title in links] == ["Home", "Incidents", "Hub"]
    assert [title for _, title in navigation(manifest, "404.html")].count("Home") == 1
    assert warnings == []


def test_navbar_github_adds_a_link_where_there_is_no_navbar(tmp_path: Path) -> None:
    manifest, _ = built(tmp_path, f"{HEAD}  navbarGitHub: true\n")
    assert navigation(manifest)[-1] == ("https://github.com/o/r", "GitHub")


# Claims that only checks can know; those of the second list claim nothing.
CLAIMS = ["All systems operational", "✅ **All services are online!**", "Everything is up.",
          "There are no known issues.", "Our API is up and running", "All systems go!",
          "Status: operational", "Everything operational"]  # fmt: skip
NO_CLAIMS = ["If all systems are operational, look elsewhere.", "Is everything up?",
             "This page shows whether all services are online.",
             "All services are available at https://x.example/", "No server required.",
             "Our service is available around the clock.", "An operational overview."]  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS)
def test_an_introduction_that_claims_a_state_is_not_shown_where_it_is_not_true(
    tmp_path: Path, claim: str
) -> None:
    text = f"{HEAD}  introTitle: {claim!r}\n  introMessage: Ask a@b.example for help.\n"
    manifest, warnings = built(tmp_path, text)  # nothing was measured
    page = content(manifest, "index.html")
    assert claim.strip("✅*!. ") not in page
    assert "for help." in page
    (warning,) = warnings
    assert "status-website.introTitle: claims a state" in warning


@pytest.mark.parametrize("words", NO_CLAIMS)
def test_what_claims_nothing_stays(tmp_path: Path, words: str) -> None:
    manifest, warnings = built(tmp_path, f"{HEAD}  introMessage: {words!r}\n")
    assert words.partition(" https")[0].rstrip(".?") in content(manifest, "index.html")
    assert warnings == []


def test_a_claim_is_shown_while_it_is_true(tmp_path: Path) -> None:
    from tests.publish import factory, scenes

    said = "All systems operational. Ask us."
    for name, shown in (("quiet", True), ("outage", False)):
        scene = scenes.ALL[name]()
        settings = factory.settings(description=said)
        from statusgen.publish.site import render_site

        page = content(render_site(settings, *scene[1:]), "index.html")
        assert ('<div class="about prose fresh"><p>All systems operational.' in page) == shown
        assert '<div class="about prose' in page


# (what is written, what is told of it)
MISPLACED = [
    ("status-website: {owner: x}", "write it at the top of the file, beside `sites:`"),
    ("cname: s.example", "write it under `status-website:`"),
    ("siteName: X", "write it as `name:` under `status-website:`"),
    ("status-website: {siteName: X}", "did you mean 'name'?"),
    ("status-website: [x]", "write `name:` and the others under it"),
    ("status-website: {navbar: x}", "write each entry after `- `"),
    ("status-website: {name: [x]}", "write it on one line, in quotes"),
    ("expectedStatusCodes: [200]", "write it under a site in `sites:`"),
]


@pytest.mark.parametrize(("written", "fix"), MISPLACED)
def test_a_key_under_the_wrong_parent_is_told_its_place(
    tmp_path: Path, written: str, fix: str
) -> None:
    head = HEAD.replace("status-website:\n", "")
    _, warnings = built(tmp_path, f"{head}{written}\n")
    assert [warning.rpartition("; ")[2] for warning in warnings] == [fix]


def test_a_notification_without_an_address_is_told_why_nothing_comes(tmp_path: Path) -> None:
    _, warnings = built(tmp_path, f"notifications: [{{type: slack}}]\n{HEAD}  name: x\n")
    (warning,) = warnings
    assert "it names no address for 'slack'" in warning


@pytest.mark.parametrize(
    ("files", "expected"), [(users.OURS, (2, 1)), *([(users.REAL, (12, 2))] if users.REAL else [])]
)
def test_whole_files_show_their_logos_and_obey_their_robots(
    tmp_path: Path, files: list[Path], expected: tuple[int, int]
) -> None:
    logos = refused = 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        wanted = re.search(r"^  logoUrl: *['\"]?(https?://[^\s'\"]+)", text, re.MULTILINE)
        if "sites:\n" not in text or path.name in users.REFUSED:
            continue
        manifest, warnings = built(tmp_path, text)
        page = content(manifest, "index.html")
        if wanted and "hideNavLogo: true" not in text:
            logos += 1
            host = wanted[1].split("/")[2].replace("github.com", "avatars.githubusercontent.com")
            assert f'<img src="https://{host}/' in page, path.name
            assert f"img-src &#39;self&#39; https://{host}" in page
            assert any("logoUrl: every visitor's browser" in each for each in warnings)
        if re.search(r"^  robotsText:", text, re.MULTILINE):
            refused += 1
            assert "Allow: /" not in content(manifest, "robots.txt").replace("Disallow", "")
            assert '<meta name="robots" content="noindex">' in page
    assert (logos, refused) == expected
