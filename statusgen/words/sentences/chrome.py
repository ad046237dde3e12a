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
    "subscribe-updates": one("Every update as it is told, for a feed reader:", "a link follows"),
    "subscribe-of": one("Every update of {name}, for a feed reader:", "a link follows"),
    "subscribe-newest": one("The newest entry: {title}"),
    "subscribe-slack": one("In Slack, write:", "a command follows"),
    "subscribe-teams": one(
        "In Teams: a workflow “When a feed item is published”, with the feed's address."
    ),
    "subscribe-discord": one(
        "In Discord: a bot that reads feeds, such as MonitoRSS, with the feed's address."
    ),
    "subscribe-mail": one(
        "By mail: a service that sends on feeds, such as Blogtrottr, with the feed's address."
    ),
    "subscribe-calendar": one("Planned maintenance, for a calendar:", "an address follows"),
    "subscribe-others": one("One group or component, and other formats: {all}.", "{all}: a link"),
    "subscribe-all": one("all feeds", "a link at the end of a sentence"),
    "subscribe-about": one("The feeds and the calendar of {site}"),
    "subscribe-intro": one(
        "RSS and JSON Feed have an entry for every update: take one of them for a reader or a "
        "chat. Atom has one entry for each incident, which changes with it: for programs."
    ),
    "subscribe-feeds": one("Feeds", "a heading"),
    "subscribe-what": one("What is told of", "the heading of a column"),
    "subscribe-site": one("The whole site"),
    "subscribe-group": one("group", "beside the name of a group"),
    "subscribe-chat": one("Chat and mail", "a heading"),
    "copy": one("Copy", "a button that copies an address"),
    "copied": one("Copied", "what that button says for two seconds"),
    "feed-rss": one("{name}: every update", "the title of an RSS feed"),
    "feed-json": one("{name}: every update, as JSON Feed", "the title of a JSON feed"),
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
