"""``status-website:`` of an Upptime file: how the site looks, where it stands, who may index it."""

from __future__ import annotations

import re
from typing import Any

from statusgen.base.fields import link_fault
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document, Mark, Path_
from statusgen.config.claims import claimed
from statusgen.config.pictures import foreign_picture, is_foreign, picture_fault, settled
from statusgen.config.settings import NavLink, OwnHtml, Site
from statusgen.config.upptimedress import OwnParts
from statusgen.config.upptimekeys import (
    WEBSITE_MEANT,
    WEBSITE_READ,
    WEBSITE_WITHOUT_EFFECT,
    where_read,
)
from statusgen.config.upptimewarn import Warnings, unknown_keys
from statusgen.config.urls import site_url_fault

_AT: Path_ = ("status-website",)
_THEMES = {"light": "light", "dark": "dark", "night": "dark", "ocean": "dark"}
_CNAME = re.compile(r"(?:(https?)://)?([^/?#\s]*)([^\s?#]*)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+", re.IGNORECASE)
_DEMONSTRATION = "demo.upptime.js.org"
_ADDRESS_OF_GITHUB = re.compile(r"^(?:https?://)?(?:www\.)?github\.com/", re.IGNORECASE)
_NAME_ON_GITHUB = re.compile(r"[A-Za-z0-9._-]+")
_OWN_BRANCH = r"(?:HEAD|main|master|refs/heads/(?:main|master))"
_REFUSES = re.compile(r"^\s*disallow:\s*/\s*(?:#.*)?$", re.IGNORECASE)
_AGENT = re.compile(r"^\s*user-agent:\s*(\S+)", re.IGNORECASE)


class Website:
    """The keys that say how the site looks and where it stands."""

    def __init__(self, document: Document, data: dict[str, Any], warnings: Warnings) -> None:
        self._document, self._warnings = document, warnings
        self._called = self._text(data, "repo", ())
        self._owner, self._repo = self._place(data)
        website = data.get("status-website")
        if website is not None and not isinstance(website, dict):
            self._warn(_AT, "must be a mapping: not used", "write `name:` and the others under it")
        self._data = website if isinstance(website, dict) else {}
        unknown_keys(
            document,
            _AT,
            self._data,
            WEBSITE_READ,
            WEBSITE_WITHOUT_EFFECT,
            warnings,
            WEBSITE_MEANT,
            where_read("website"),
        )
        self._base = self._text(self._data, "baseUrl").strip("/")

    def _place(self, data: dict[str, Any]) -> tuple[str, str]:
        """Return owner and repository; empty where what is written names none on GitHub."""
        found = []
        for key in ("owner", "repo"):
            written = self._text(data, key, ())
            name = _ADDRESS_OF_GITHUB.sub("", written).strip("/@ ").removesuffix(".git")
            name = name.rpartition("/")[2] if key == "repo" else name.partition("/")[0]
            if not written:
                self._warn((), f"`{key}:` is missing: links to GitHub cannot be made", "add it")
            elif not _NAME_ON_GITHUB.fullmatch(name):
                what = f"{quote(written, 60)} is no name on GitHub: no links are made to it"
                self._warn((key,), what, "write it as it stands in the repository's address")
                name = ""
            elif name != written:
                self._warn((key,), f"is read as {name}", "write the name alone")
            found.append(name)
        owner, repo = found
        if (owner, repo) == ("upptime", "upptime"):
            what = "is still that of Upptime's template: links and addresses lead there"
            self._warn(("owner",), what, "write your own account, and the repository's name")
        return owner, repo

    def site(self) -> Site:
        """Return what the keys mean."""
        theme = self._text(self._data, "theme")
        if theme not in ("", "light", "dark"):
            self._say("theme", f"{quote(theme, 40)} is shown as {_THEMES.get(theme, 'auto')}")
        name = self._text(self._data, "name") or self._called or "Status"
        url, cname = self._address()
        hidden = self._text(self._data, "hideNavLogo").lower() == "true"
        logo = "" if hidden else self._picture("logoUrl", url)
        nameless = self._text(self._data, "hideNavTitle").lower() == "true" and bool(logo)
        robots = self._text(self._data, "robotsText")
        own = OwnParts(self._document, self._data, self._warnings, self._base)
        return Site(
            name=" ".join(name.split()),
            url=url,
            repository=self._repository(),
            description=self._intro(),
            logo=logo,
            logo_link=self._logo_link(url),
            hide=frozenset({"name"} if nameless else ()),
            colours=own.colours,
            css_text=own.css,
            html=OwnHtml(head=own.head, top=own.top, foot=own.foot),
            favicon=self._favicon(url),
            nav=tuple(self._nav(url)),
            theme=_THEMES.get(theme, "auto"),
            robots=robots,
            robots_meta=own.robots or ("noindex" if _refuses_all(robots) else ""),
            cname=cname,
            assets=True,
        )

    def _repository(self) -> str:
        known = bool(self._owner and self._repo)
        return f"https://github.com/{self._owner}/{self._repo}" if known else ""

    def marks(self) -> dict[str, Mark]:
        """Return where the keys stand whose files are looked for later."""
        keys = {"site.logo": "logoUrl", "site.favicon": self._favicon_key()}
        return {
            name: self._document.mark((*_AT, key))
            for name, key in keys.items()
            if (*_AT, key) in self._document.values
        }

    def _intro(self) -> str:
        told = []
        for key in ("introTitle", "introMessage"):
            text = self._filled(self._text(self._data, key))
            told.append(text)
            claim = claimed(text)
            if claim:
                self._say(
                    key,
                    f"claims a state ({quote(claim, 60)}): shown only while it is true",
                    "leave it out: the page says so by itself",
                )
        return "\n\n".join(filter(None, told))

    def _address(self) -> tuple[str, str]:
        """Return the site's address and the domain of its ``CNAME`` file.

        ``https://<cname><baseUrl>``, else the address that GitHub Pages gives a repository.
        """
        written, domain = self._text(self._data, "cname"), ""
        if written.lower() == _DEMONSTRATION:
            what = "is Upptime's own demonstration, left over from its template: not used"
            self._say("cname", what, "write your own domain, or remove the line")
            written = ""
        if written:
            match = _CNAME.fullmatch(written)
            scheme, host, path = match.groups() if match else ("", written, "")
            if (scheme or path) and match:
                self._say("cname", f"is read as {quote(host, 80)}", "write the host alone")
            domain = host.lower() if _DOMAIN.fullmatch(host) else ""
            base = self._base or path.strip("/")
            url = f"{(scheme or 'https').lower()}://{host}/{base}"
        elif self._owner and (self._repo or self._base):
            pages = f"{self._owner}.github.io"
            own = self._repo.lower() == pages.lower()
            url = f"https://{pages}/" if own else f"https://{pages}/{self._repo or self._base}"
        else:
            return "", ""
        if site_url_fault(url):
            self._say("cname", f"makes no address ({one_line(url, 80)}): feeds are not written")
            return "", ""
        return url if url.endswith("/") else f"{url}/", domain

    def _favicon_key(self) -> str:
        return "faviconSvg" if self._text(self._data, "faviconSvg") else "favicon"

    def _favicon(self, url: str) -> str:
        key = self._favicon_key()
        if key == "faviconSvg" and self._text(self._data, "favicon"):
            self._say("favicon", "is not shown: `faviconSvg` is")
        return self._picture(key, url)

    def _picture(self, key: str, url: str) -> str:
        """Return a picture's address: a path from the root of the repository, or foreign."""
        address = self._text(self._data, key)
        if not address:
            return ""
        fault = picture_fault(address)
        if fault:
            self._say(key, fault.partition(";")[0] + ": not used", fault.partition("; ")[2])
            return ""
        address = self._within(settled(address), url)
        repository = re.escape(f"https://raw.githubusercontent.com/{self._owner}/{self._repo}/")
        own = re.fullmatch(rf"{repository}{_OWN_BRANCH}/([^?#]+)(?:\?.*)?", address, re.IGNORECASE)
        if own and self._owner and self._repo:
            return f"/{own[1]}"
        if is_foreign(address):
            self._warnings.add(foreign_picture(self._document, (*_AT, key), address))
        return address

    def _within(self, address: str, url: str) -> str:
        """Return an address of the site itself as a path from its root; others as they are."""
        if url and (address + "/").lower().startswith(url.lower()):
            return "/" + address[len(url) :]
        base = f"/{self._base}"
        if self._base and (address == base or address.startswith(f"{base}/")):
            return address[len(base) :] or "/"
        return address

    def _logo_link(self, url: str) -> str:
        written = self._text(self._data, "logoHref")
        fault = link_fault(written) if written else None
        if fault:
            self._say("logoHref", f"{fault.partition(';')[0]}: not used", fault.partition("; ")[2])
        return "" if fault else self._within(written, url)

    def _nav(self, url: str) -> list[NavLink]:
        listed = self._data.get("navbar")
        if listed is not None and not isinstance(listed, list):
            self._say("navbar", "must be a list: not used", "write each entry after `- `")
        github = f"https://github.com/{self._owner}/{self._repo}"
        if not listed and self._text(self._data, "navbarGitHub").lower() == "true":
            return [NavLink(title="GitHub", href=github)] if self._owner and self._repo else []
        links = []
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            at = (*_AT, "navbar", index)
            own = entry if isinstance(entry, dict) else {}
            title, href = (self._text(own, key, at) for key in ("title", "href"))
            href = self._filled(href)
            fault = "needs a title and a href" if not (title and href) else link_fault(href)
            if fault:
                fix = "write it as `href:`" if "url" in own and not href else ""
                self._warn(at, f"{fault.partition(';')[0]}: not shown", fix)
            else:
                beside = self._text(own, "target", at) == "_blank"
                links.append(NavLink(title=title, href=self._within(href, url), new_tab=beside))
        return links

    def _filled(self, text: str) -> str:
        """Fill in ``$OWNER`` and ``$REPO``, as Upptime does in links."""
        return text.replace("$OWNER", self._owner).replace("$REPO", self._repo)

    def _text(self, data: dict[str, Any], key: str, at: Path_ = _AT) -> str:
        value = data.get(key)
        if isinstance(value, (dict, list)):
            self._warn((*at, key), "must be text: not used", "write it on one line, in quotes")
        return value.strip() if isinstance(value, str) else ""

    def _say(self, key: str, message: str, fix: str = "") -> None:
        self._warn((*_AT, key), message, fix)

    def _warn(self, path: Path_, message: str, fix: str = "") -> None:
        self._warnings.add(self._document.problem(path, message, fix))


def _refuses_all(robots: str) -> bool:
    """Whether a ``robots.txt`` refuses everything to everyone."""
    agents: list[str] = []
    in_rules = False
    for line in robots.splitlines():
        agent = _AGENT.match(line)
        if agent:
            agents = [agent[1]] if in_rules else [*agents, agent[1]]
            in_rules = False
        elif line.strip() and not line.lstrip().startswith("#"):
            in_rules = True
            if _REFUSES.match(line) and "*" in agents:
                return True
    return False
