"""The keys of ``.upptimerc.yml``: which are read, which have no effect here, and why.

Upptime takes any key in silence, so a key that does nothing, or is misspelt, is only warned of.
"""

from __future__ import annotations

_BRANCH = "history has a branch of its own, so nothing of it is needed"
_WORKFLOW = "it stands in your workflow file"
_PAGE = "our pages have no such part"

SITE_READ = frozenset(
    {
        "name",
        "url",
        "check",
        "type",
        "method",
        "port",
        "ipv6",
        "headers",
        "body",
        "slug",
        "expectedStatusCodes",
        "maxResponseTime",
        "maxRedirects",
        "requestTimeout",
        "location",
        "__dangerous__insecure",
        "__dangerous__disable_verify_peer",
        "__dangerous__disable_verify_host",
        "__dangerous__body_down",
        "__dangerous__body_degraded",
        "__dangerous__body_down_if_text_missing",
        "__dangerous__body_degraded_if_text_missing",
    }
)

SITE_WITHOUT_EFFECT = {
    "icon": "components have no icons, which would be fetched from strangers",
    "maxRetries": "a check makes three attempts, 2 s and 10 s apart",
    "connectTimeout": "only the time of the whole request is limited (requestTimeout)",
    "verbose": "use `statusgen check --json`",
    "assignees": "nobody is assigned",
    "tags": "write data/status.yml and use `group:`",
    "notifications": "Upptime does not read it either; write data/status.yml, `monitors:` there",
    "link": "Upptime does not read it either; write data/status.yml, where a monitor has a `link:`",
}

TOP_READ = frozenset(
    {"owner", "repo", "sites", "status-website", "notifications", "i18n", "github"}
)

TOP_WITHOUT_EFFECT = {
    "user-agent": "it names the monitor to GitHub's API, which is not asked",
    "userAgent": "it names the monitor to GitHub's API, which is not asked",
    "assignees": "nobody is assigned",
    "delay": "checks start paced and run at once",
    "PAT": "no personal token is needed; remove it and revoke the token, for it is public",
    "runner": _WORKFLOW,
    "secrets": "the workflow hands over each secret by name",
    "skipDescriptionUpdate": "the repository's description is never changed",
    "skipTopicsUpdate": "the repository's topics are never changed",
    "skipHomepageUpdate": "the repository's home page is never changed",
    "skipDeleteIssues": "no incident is ever deleted",
    "skipPoweredByReadme": "README is never changed",
    "skipGeneratingWebsite": _WORKFLOW,
    "customStatusWebsitePackage": "the pages are our own",
    "summaryStartHtmlComment": "README is never changed",
    "summaryEndHtmlComment": "README is never changed",
    "liveStatusHtmlComment": "README is never changed",
    "commitPrefixStatusUp": _BRANCH,
    "commitPrefixStatusDown": _BRANCH,
    "commitPrefixStatusDegraded": _BRANCH,
    "commitMessages": _BRANCH,
    "workflowSchedule": _WORKFLOW,
    "graphBackgroundColor": _PAGE,
    "graphBorderColor": _PAGE,
}

WEBSITE_READ = frozenset(
    {
        "cname",
        "baseUrl",
        "name",
        "introTitle",
        "introMessage",
        "logoUrl",
        "hideNavLogo",
        "favicon",
        "faviconSvg",
        "navbar",
        "navbarGitHub",
        "theme",
        "robotsText",
        "metaTags",
        "customHeadHtml",
        "customBodyHtml",
        "customFootHtml",
        "logoHref",
        "hideNavTitle",
        "scripts",
        "js",
        "links",
        "css",
        "themeUrl",
    }
)

WEBSITE_WITHOUT_EFFECT = {
    "publish": _WORKFLOW,
    "singleCommit": _WORKFLOW,
    "apiBaseUrl": "the pages ask nobody",
    "userContentBaseUrl": "the pages ask nobody",
    "productionCacheTime": "the pages ask nobody",
    "localhostCacheTime": "the pages ask nobody",
}

_NAME = "write it as `name:` under `status-website:`"
_INTRO = "write it as `introMessage:` under `status-website:`"
TOP_MEANT = {
    "commit-messages": "did you mean 'commitMessages'?",
    "siteName": _NAME,
    "site-name": _NAME,
    "title": _NAME,
    "description": _INTRO,
    "logo": "write it as `logoUrl:` under `status-website:`",
    "domain": "write it as `cname:` under `status-website:`",
}
"""Keys that people write although no version of Upptime reads them → what to write."""
_GROUP = "Upptime has none; write data/status.yml, where a monitor has a `group:`"
_LEAVE_OUT = "Upptime has none and checks the site: put # before its lines to leave it out"
SITE_MEANT = {
    "ipv4": "Upptime has none; in data/status.yml write `ip: 4` under the monitor's kind of check",
    "mtls": "no check here sends a client certificate: expect what answers without one",
    "group": _GROUP,
    "groups": _GROUP,
    "category": _GROUP,
    "description": "Upptime has none; write data/status.yml, where a monitor has a `description:`",
    "enabled": _LEAVE_OUT,
    "disabled": _LEAVE_OUT,
    "paused": _LEAVE_OUT,
    "interval": "Upptime has none; write data/status.yml, where a monitor has an `interval:`",
    "timeout": "write it as `requestTimeout:`, in seconds",
    "expectedStatusCode": "did you mean 'expectedStatusCodes'?",
}
WEBSITE_MEANT = {
    "groups": _GROUP,
    "customStyles": "did you mean 'css'?",
    "description": "did you mean 'introMessage'?",
    "siteName": "did you mean 'name'?",
    "site-name": "did you mean 'name'?",
    "title": "did you mean 'name'?",
    "logo": "did you mean 'logoUrl'?",
    "domain": "did you mean 'cname'?",
}

SITE_UNUSED = {
    "tcp": frozenset({"method", "headers", "body", "expectedStatusCodes", "maxRedirects"}),
    "tls": frozenset(
        {"method", "headers", "body", "expectedStatusCodes", "maxRedirects", "maxResponseTime"}
    ),
    "ws": frozenset({"method", "expectedStatusCodes", "maxRedirects", "port"}),
}
"""Keys of a site that its kind of check does not read, here as in Upptime."""
_RULES_OF_HTTP = frozenset(key for key in SITE_READ if key.startswith("__dangerous__"))
SITE_UNUSED["tcp"] |= _RULES_OF_HTTP
SITE_UNUSED["tls"] |= _RULES_OF_HTTP | {"ipv6"}
SITE_UNUSED["ws"] |= {key for key in _RULES_OF_HTTP if "body" in key} | {"ipv6"}

_LEVELS = {
    "top": (TOP_READ, "write it at the top of the file, beside `sites:`"),
    "website": (WEBSITE_READ, "write it under `status-website:`"),
    "site": (SITE_READ, "write it under a site in `sites:`"),
}


def where_read(here: str) -> dict[str, str]:
    """Return, for the keys that are read on another level than ``here``, where to write them.

    Levels: ``top``, ``website`` and ``site``; keys that several of the others read are left out.
    """
    found: dict[str, list[str]] = {}
    for level, (keys, words) in _LEVELS.items():
        if level != here:
            for key in keys - _LEVELS[here][0]:
                found.setdefault(key, []).append(words)
    return {key: words[0] for key, words in found.items() if len(words) == 1}
