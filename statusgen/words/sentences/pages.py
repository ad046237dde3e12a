"""Titles and descriptions of pages, as browsers and search engines show them."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "status-about": one("{site}: {banner}.", "{banner}: All Systems Operational"),
    "component": one("{name}: {state}", "{state}: Operational"),
    "component-about": one("State, uptime and response times of {name}"),
    "incident-about": one("{phase}: {title}", "{phase}: Resolved"),
    "window-about": one("{phase}: {title}", "{phase}: Scheduled"),
    "day-about": one("What happened on {day} at {site}"),
    "history": one("Incident history"),
    "history-about": one("All incidents of {site}, by month"),
    "month": one("Incidents in {month}", "{month}: November 2026"),
    "month-about": one("Incidents of {site} in {month}"),
    "missing": one("Not found"),
}
