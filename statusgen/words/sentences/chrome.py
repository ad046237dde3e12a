"""What stands around every page: header, navigation, footer."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "skip": one("Skip to the content", "the first link of a page, for the keyboard"),
    "demonstration": one("Demonstration", "the name of a landmark, for screen readers"),
    "site": one("Site", "the name of the navigation, for screen readers"),
    "search": one("Search", "the name of a dialogue, for screen readers"),
    "search-for": one("Search all pages", "in the empty field of the search"),
    "search-keys": one("Search: press /", "what a pointer over the button is told; / is a key"),
    "search-none": one("Nothing was found."),
    "search-failed": one(
        "The search needs this site's index, which could not be read. Try again when online."
    ),
    "close": one("Close", "a button that closes the search"),
    "to-dark": one("Switch to dark colours"),
    "to-light": one("Switch to light colours"),
    "on-this-page": one("On this page", "the heading of a page's table of contents"),
    "kind-status": one("Status", "what kind of page the search found"),
    "kind-component": one("Component", "what kind of page the search found"),
    "kind-incident": one("Incident", "what kind of page the search found"),
    "kind-maintenance": one("Maintenance", "what kind of page the search found"),
    "kind-history": one("Incident history", "what kind of page the search found"),
    "kind-day": one("Day", "what kind of page the search found"),
    "kind-roadmap": one("Roadmap", "what kind of page the search found"),
    "kind-prose": one("Page", "what kind of page the search found"),
    "status": one("Status", "in the navigation"),
    "incidents": one("Incidents", "in the navigation"),
    "roadmaps": one("Roadmaps", "in the navigation"),
    "wizard": one("Wizard", "in the navigation"),
    "subscribe": one("Subscribe"),
    "subscribe-rss": one("{feed}: one entry for every update.", "{feed}: RSS"),
    "subscribe-atom": one(
        "{feed}: one entry for each incident, which changes with it.", "{feed}: Atom"
    ),
    "subscribe-calendar": one("{calendar}: planned maintenance.", "{calendar}: a link"),
    "subscribe-slack": one("In Slack, write:", "a command follows"),
    "subscribe-component": one("Each component's page offers feeds of its own."),
    "feed-rss": one("{name}: every update", "the title of an RSS feed"),
    "feed-atom": one("{name}: one entry per incident", "the title of an Atom feed"),
    "out-of-date": one("This page is out of date."),
    "out-of-date-since": one(
        "It was made from checks that ended on {moment}; what it says may no longer hold."
    ),
    "zone": one(
        "Times on this page are in {zone} time, or in your own where scripts run.",
        "{zone}: Europe/Berlin",
    ),
    "last-check": one("Last check {moment}."),
    "history": one("Incident history"),
}
