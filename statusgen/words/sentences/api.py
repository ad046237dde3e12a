"""What programs read: the page that documents it, badges, Markdown and ``llms.txt``."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "heading": one("For programs"),
    "about": one("What programs can read of {site}: JSON, text, metrics and badges"),
    "intro": one(
        "Everything on this site can be read by programs, in formats that others made known. The "
        "files are plain: there is no key, no limit and no query; ask for them with GET."
    ),
    "rules": one(
        "They are made anew with each publication and keep their bytes while nothing changes, so "
        "a conditional request (ETag) costs next to nothing. GitHub Pages lets scripts of other "
        "sites read them (Access-Control-Allow-Origin: *); on a host of your own, set that header."
    ),
    "no-data": one(
        "Statuspage knows no word for a component of which nothing is known. It is told as "
        "degraded_performance, never as operational."
    ),
    "see-badges": one(
        "Pictures to embed are on a page of their own: {badges}.", "{badges}: a link"
    ),
    "open": one("Open", "a link to a file"),
    "schema": one("JSON Schema", "a link to a file"),
    "example": one("Example of this site"),
    "report": one(
        "A closed month, quarter or year: availability by five methods, incidents, maintenance, "
        "objectives, agreements, and a digest of each part."
    ),
    "summary": one(
        "The whole state in one file: components, incidents that last, planned maintenance. As "
        "Statuspage's public API, version 2."
    ),
    "status": one("The state in one word: none, minor, major, critical or maintenance."),
    "components": one("All components and their groups, with their state."),
    "incidents": one("The 50 newest incidents, each with its updates, the newest first."),
    "unresolved": one("The incidents that last."),
    "windows": one("Planned maintenance: under way, to come, and of the last 90 days."),
    "windows-active": one("Maintenance under way."),
    "windows-upcoming": one(
        "Maintenance to come; of what repeats, each occurrence of the next 31 days."
    ),
    "upptime": one(
        "Upptime's summary: uptime and response time of each component over five windows, and "
        "the minutes down of each day."
    ),
    "shields": one(
        "Upptime's data for badges, ten files a component: uptime and response-time, each for all "
        "time and with -day, -week, -month and -year."
    ),
    "endpoints": one("What shields.io reads to draw a badge."),
    "freshness": one(
        "When the newest round was, when the next data is due, and from when on this site must be "
        "taken for out of date: for a watchdog elsewhere. history_head is the newest seal of the "
        "recorded past: whoever keeps it can tell later whether the past was rewritten."
    ),
    "objectives": one(
        "Objectives: target, what was measured, error budget, burn, and what the checks prove."
    ),
    "vantages": one("What each place that checks are made from said last of each monitor."),
    "gates": one("Promises of the roadmaps, with figure, verdict, and since when."),
    "roadmaps": one(
        "What was measured of the roadmaps: availability to be expected, triggers over the past, "
        "dual runs, what happened."
    ),
    "metrics": one("Figures for a monitoring system of your own, as OpenMetrics."),
    "status-txt": one("The state as lines of text, for a shell: grep ^state status.txt."),
    "status-md": one("The status page as Markdown."),
    "llms": one("Where a language model finds what, as llmstxt.org describes it."),
    "catalogue": one("The catalogue of all these, as RFC 9727 describes it."),
    "badges": one("Badges"),
    "markdown": one("Markdown", "the heading of a column: what to write in Markdown"),
    "badge": one("Badge", "the heading of a column"),
    "badges-about": one("Badges of {site} to embed elsewhere"),
    "badges-intro": one(
        "A badge shows the state, the uptime or the response time of a component on another page. "
        "It is a picture that changes with each publication; pages that embed one keep it for a "
        "few minutes."
    ),
    "badges-shields": one(
        "Beside each picture lies a .json of the same name, for badges in the style of {shields}.",
        "{shields}: a link",
    ),
    "badge-uptime": one("uptime {window}", "on a badge; {window}: 24h, 7d"),
    "badge-time": one("response time {window}", "on a badge; {window}: 24h, 7d"),
    "column-component": one("Component", "the heading of a column"),
    "column-state": one("State", "the heading of a column"),
    "column-uptime-7d": one("Uptime, 7 days", "the heading of a column"),
    "column-uptime-90d": one("Uptime, 90 days", "the heading of a column"),
    "column-coverage": one("Coverage", "the heading of a column"),
    "column-response": one("Response time (p50, 7 days)", "the heading of a column"),
    "llms-about": one(
        "A status page: what is up, what is not, since when, and what is being done about it. "
        "Prefer the files below to the HTML pages; they say the same."
    ),
    "llms-files": one("Files", "a heading"),
    "llms-status-md": one("the status page as Markdown"),
    "llms-status-txt": one("the state as lines of text"),
    "llms-summary": one("state, incidents and maintenance as JSON, in Statuspage's form"),
    "llms-upptime": one("uptime and response times as JSON, in Upptime's form"),
    "llms-metrics": one("figures as OpenMetrics"),
    "llms-freshness": one("when this was measured, and when it is out of date"),
    "llms-feed": one("every update of every incident"),
    "llms-guide": one("all of these, described with examples"),
}
