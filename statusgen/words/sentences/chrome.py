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
    "search-failed": one("The search index could not be loaded. Try again when you are online."),
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
    "subscribe-updates": one("Every update as it is posted, for a feed reader:", "a link follows"),
    "subscribe-of": one("Every update on {name}, for a feed reader:", "a link follows"),
    "subscribe-newest": one("Latest entry: {title}"),
    "subscribe-slack": one("In Slack, write:", "a command follows"),
    "subscribe-teams": one(
        "In Teams, create a workflow “When a feed item is published” with the feed's address."
    ),
    "subscribe-discord": one(
        "In Discord, add a bot that reads feeds, such as MonitoRSS, and give it the feed's address."
    ),
    "subscribe-mail": one(
        "By email, use a service that forwards feeds, such as Blogtrottr, with the feed's address."
    ),
    "subscribe-calendar": one("Planned maintenance, for a calendar:", "an address follows"),
    "subscribe-others": one(
        "For a single group or component, or for other formats, see {all}.", "{all}: a link"
    ),
    "subscribe-all": one("all feeds", "a link at the end of a sentence"),
    "subscribe-about": one("The feeds and the calendar of {site}"),
    "subscribe-intro": one(
        "RSS and JSON Feed have an entry for every update: use one of them in a feed reader "
        "or a chat. Atom has one entry per incident, which changes as the incident does: it "
        "is meant for programs."
    ),
    "subscribe-feeds": one("Feeds", "a heading"),
    "subscribe-what": one("Covers", "the heading of a column"),
    "subscribe-site": one("The whole site"),
    "subscribe-group": one("group", "beside the name of a group"),
    "subscribe-roadmap": one("roadmap", "beside the name of a roadmap, in a list of feeds"),
    "subscribe-chat": one("Chat and email", "a heading"),
    "copy": one("Copy", "a button that copies an address"),
    "copied": one("Copied", "what that button says for two seconds"),
    "feed-rss": one("{name}: every update", "the title of an RSS feed"),
    "feed-json": one("{name}: every update, as JSON Feed", "the title of a JSON feed"),
    "feed-atom": one("{name}: one entry per incident", "the title of an Atom feed"),
    "places": one(
        "This page is published at {places}: where one does not answer, try another.",
        "{places}: status.example.com and status.example.net",
    ),
    "out-of-date": one("This page is out of date."),
    "out-of-date-since": one("Its data ends on {moment} and may no longer be accurate."),
    "zone": one("Times are shown in {zone}.", "{zone}: UTC, Europe/Berlin"),
    "zone-own": one("Times are shown in your time zone, {zone}.", "{zone}: Europe/Berlin"),
    "zone-to-own": one("Show them in my time zone", "a button"),
    "zone-to-site": one("Show them in {zone}", "a button; {zone}: UTC, Europe/Berlin"),
    "last-check": one("Last check {moment}."),
    "history": one("Incident history"),
}
