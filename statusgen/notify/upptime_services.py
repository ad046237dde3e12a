"""The services that Upptime can be told to use: what each needs, and how its address is composed.

An address is one of apprise's, or that of a webhook. What no library of ours can send is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_N = "NOTIFICATION_"


@dataclass(frozen=True, slots=True)
class Service:
    """One service that Upptime can be told to use."""

    name: str
    switch: str
    """The variable that turns it on, where that is not its address itself."""
    needs: tuple[str, ...]
    """Variables that must be set, each ``A|B`` for either; ``A?`` may be missing."""
    compose: Callable[[Mapping[str, str]], str] | None = None
    """From the values to an address; None where nothing here sends to it."""
    instead: str = ""
    """What to do where nothing here sends to it, or what differs."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every variable that it reads, the one that turns it on first."""
        needs = [name for need in self.needs for name in need.rstrip("?").split("|")]
        return tuple(dict.fromkeys([self.switch, *needs]))

    def missing(self, environ: Mapping[str, str]) -> tuple[str, ...]:
        """Return the variables that it needs and that are not set."""
        return tuple(
            need.replace("|", " or ")
            for need in self.needs
            if not need.endswith("?") and not any(environ.get(name) for name in need.split("|"))
        )


def _q(value: str) -> str:
    return quote(value, safe="")


def _list(value: str, joint: str = "/") -> str:
    """Join what was written as a list with commas, each quoted."""
    return joint.join(_q(part.strip()) for part in value.split(",") if part.strip())


def _host(value: str) -> str:
    """Return host, port and path of an address that a variable holds; empty where it is none."""
    parts = urlsplit(value if "://" in value else f"https://{value}")
    return f"{parts.netloc}{parts.path.rstrip('/')}" if parts.hostname else ""


def _secure(value: str) -> str:
    return "" if value.startswith("http://") else "s"


_FROM = f"{_N}EMAIL_FROM|{_N}EMAIL"
_TO = f"{_N}EMAIL_TO|{_N}EMAIL"
_SMS = (f"{_N}SMS_FROM", f"{_N}SMS_TO")
_EACH = "each provider that is set sends: there is no strategy among them"


def _from(given: Mapping[str, str]) -> str:
    return given[f"{_N}EMAIL_FROM"] or given[f"{_N}EMAIL"]


def _to(given: Mapping[str, str]) -> str:
    return given[f"{_N}EMAIL_TO"] or given[f"{_N}EMAIL"]


def _smtp(given: Mapping[str, str]) -> str:
    prefix = f"{_N}EMAIL_SMTP_"
    port = given[f"{prefix}PORT"] or "587"
    mode = {"465": "ssl", "25": "insecure"}.get(port, "starttls")
    user, word = given[f"{prefix}USERNAME"], given[f"{prefix}PASSWORD"]
    login = f"{_q(user)}:{_q(word)}@" if user and word else ""
    scheme = "mailto" if mode == "insecure" else "mailtos"
    host = _q(given[f"{prefix}HOST"])
    # The name of the server stands twice: as smtp=, or apprise would guess it from the address.
    return (
        f"{scheme}://{login}{host}:{_q(port)}?smtp={host}&mode={mode}"
        f"&from={_q(_from(given))}&to={_list(_to(given), ',')}"
    )


def _email(name: str, compose: Callable[[Mapping[str, str]], str], *needs: str) -> Service:
    names = tuple(f"{_N}EMAIL_{name}_{need}" for need in needs)
    switch = f"{_N}EMAIL_{name}"
    return Service(f"email-{name.lower()}", switch, (*names, _FROM, _TO), compose, _EACH)


def _sms(
    name: str, compose: Callable[[Mapping[str, str]], str] | None, *needs: str, instead: str = _EACH
) -> Service:
    names = tuple(f"{_N}SMS_{name}_{need}" for need in needs)
    return Service(f"sms-{name.lower()}", f"{_N}SMS_{name}", (*names, *_SMS), compose, instead)


def _at(name: str) -> Callable[[Mapping[str, str]], str]:
    """Compose from a variable that holds the whole address."""
    return lambda given: value if (value := given[name]).startswith(("https://", "http://")) else ""


def _mailer(scheme: str, key: str, domain: str = "") -> Callable[[Mapping[str, str]], str]:
    def compose(given: Mapping[str, str]) -> str:
        user, _, host = _from(given).rpartition("@")
        host = given[domain] if domain else host
        return f"{scheme}://{_q(user)}@{_q(host)}/{_q(given[key])}/{_list(_to(given))}"

    return compose


def _v(given: Mapping[str, str], name: str) -> str:
    return _q(given[f"{_N}{name}"])


def _to_phones(given: Mapping[str, str]) -> str:
    return _list(given[f"{_N}SMS_TO"])


def _zulip(given: Mapping[str, str]) -> str:
    """``https://org.zulipchat.com/api/v1/messages`` and a bot's address."""
    host = urlsplit(given[f"{_N}ZULIP_MESSAGE_URL"]).hostname or ""
    bot = given[f"{_N}ZULIP_API_EMAIL"].partition("@")[0]
    if not host:
        return ""
    return f"zulip://{_q(bot)}@{_q(host)}/{_v(given, 'ZULIP_API_KEY')}"


def _mastodon(given: Mapping[str, str]) -> str:
    url = given[f"{_N}MASTODON_INSTANCE_URL"]
    seen = given[f"{_N}MASTODON_TOOT_VISIBILITY"] or "public"
    scheme = "toots" if _secure(url) else "toot"
    host = _host(url)
    key = _v(given, "MASTODON_API_KEY")
    return f"{scheme}://{key}@{host}?visibility={_q(seen)}" if host else ""


def _misskey(given: Mapping[str, str]) -> str:
    url = given[f"{_N}MISSKEY_INSTANCE_URL"]
    seen = given[f"{_N}MISSKEY_NOTE_VISIBILITY"] or "public"
    host = _host(url)
    key = _v(given, "MISSKEY_API_KEY")
    return f"misskey{_secure(url)}://{key}@{host}?visibility={_q(seen)}" if host else ""


def _gotify(given: Mapping[str, str]) -> str:
    url = given[f"{_N}GOTIFY_URL"]
    host = _host(url)
    level = _q(given[f"{_N}GOTIFY_PRIORITY"] or "5")
    token = _v(given, "GOTIFY_TOKEN")
    return f"gotify{_secure(url)}://{host}/{token}?priority={level}" if host else ""


SERVICES: tuple[Service, ...] = (
    _email(
        "SENDGRID",
        lambda v: f"sendgrid://{_v(v, 'EMAIL_SENDGRID_API_KEY')}:{_from(v)}/{_list(_to(v))}",
        "API_KEY",
    ),
    _email(
        "SES",
        lambda v: (
            f"ses://{_from(v)}/{_v(v, 'EMAIL_SES_ACCESS_KEY_ID')}"
            f"/{_v(v, 'EMAIL_SES_SECRET_ACCESS_KEY')}/{_v(v, 'EMAIL_SES_REGION')}/{_list(_to(v))}"
        ),
        "REGION",
        "ACCESS_KEY_ID",
        "SECRET_ACCESS_KEY",
    ),
    _email("SPARKPOST", _mailer("sparkpost", f"{_N}EMAIL_SPARKPOST_API_KEY"), "API_KEY"),
    _email(
        "MAILGUN",
        _mailer("mailgun", f"{_N}EMAIL_MAILGUN_API_KEY", f"{_N}EMAIL_MAILGUN_DOMAIN_NAME"),
        "API_KEY",
        "DOMAIN_NAME",
    ),
    _email("SMTP", _smtp, "HOST", "PORT?", "USERNAME?", "PASSWORD?"),
    _sms(
        "46ELKS",
        lambda v: (
            f"46elks://{_v(v, 'SMS_46ELKS_API_USERNAME')}:{_v(v, 'SMS_46ELKS_API_PASSWORD')}"
            f"@{_v(v, 'SMS_FROM')}/{_to_phones(v)}"
        ),
        "API_USERNAME",
        "API_PASSWORD",
    ),
    _sms("CALLR", None, instead="nothing here sends through CALLR: take another provider of SMS"),
    _sms(
        "CLICKATELL",
        lambda v: (
            f"clickatell://{_v(v, 'SMS_FROM')}@{_v(v, 'SMS_CLICKATELL_API_KEY')}/{_to_phones(v)}"
        ),
        "API_KEY",
    ),
    _sms(
        "INFOBIP",
        None,
        instead="Infobip's user and password are gone from its API: make a key there, and write "
        "`infobip://$INFOBIP_KEY@YOUR-HOST.api.infobip.com/NUMBER`",
    ),
    _sms(
        "NEXMO",
        lambda v: (
            f"vonage://{_v(v, 'SMS_NEXMO_API_KEY')}:{_v(v, 'SMS_NEXMO_API_SECRET')}"
            f"@{_v(v, 'SMS_FROM')}/{_to_phones(v)}"
        ),
        "API_KEY",
        "API_SECRET",
    ),
    _sms("OVH", None, instead="nothing here sends through OVH: take another provider of SMS"),
    Service(
        "sms-plivo",
        f"{_N}SMS_PLIVO",
        (
            f"{_N}SMS_PLIVO_AUTH_ID|{_N}SMS_AUTH_ID",
            f"{_N}SMS_PLIVO_AUTH_TOKEN|{_N}SMS_AUTH_TOKEN",
            *_SMS,
        ),
        lambda v: (
            f"plivo://{_v(v, 'SMS_PLIVO_AUTH_ID') or _v(v, 'SMS_AUTH_ID')}"
            f"@{_v(v, 'SMS_PLIVO_AUTH_TOKEN') or _v(v, 'SMS_AUTH_TOKEN')}"
            f"/{_v(v, 'SMS_FROM')}/{_to_phones(v)}"
        ),
        _EACH,
    ),
    _sms(
        "TWILIO",
        lambda v: (
            f"twilio://{_v(v, 'SMS_TWILIO_ACCOUNT_SID')}:{_v(v, 'SMS_TWILIO_AUTH_TOKEN')}"
            f"@{_v(v, 'SMS_FROM')}/{_to_phones(v)}"
        ),
        "ACCOUNT_SID",
        "AUTH_TOKEN",
    ),
    Service("slack", f"{_N}SLACK", (f"{_N}SLACK_WEBHOOK_URL",), _at(f"{_N}SLACK_WEBHOOK_URL")),
    Service(
        "discord",
        f"{_N}DISCORD_WEBHOOK_URL",
        (f"{_N}DISCORD_WEBHOOK_URL",),
        _at(f"{_N}DISCORD_WEBHOOK_URL"),
    ),
    Service(
        "google-chat",
        f"{_N}GOOGLE_CHAT_WEBHOOK_URL",
        (f"{_N}GOOGLE_CHAT_WEBHOOK_URL",),
        _at(f"{_N}GOOGLE_CHAT_WEBHOOK_URL"),
    ),
    Service(
        "zulip",
        f"{_N}ZULIP_MESSAGE_URL",
        (f"{_N}ZULIP_MESSAGE_URL", f"{_N}ZULIP_API_EMAIL", f"{_N}ZULIP_API_KEY"),
        _zulip,
        "messages go to the stream general: the address in the variable is read for its host alone",
    ),
    Service(
        "mastodon",
        f"{_N}MASTODON",
        (
            f"{_N}MASTODON_INSTANCE_URL",
            f"{_N}MASTODON_API_KEY",
            f"{_N}MASTODON_TOOT_VISIBILITY?",
        ),
        _mastodon,
    ),
    Service(
        "misskey",
        f"{_N}MISSKEY",
        (
            f"{_N}MISSKEY_INSTANCE_URL",
            f"{_N}MISSKEY_API_KEY",
            f"{_N}MISSKEY_NOTE_VISIBILITY?",
        ),
        _misskey,
        "messages are notes; nothing here sends to a Misskey chat",
    ),
    Service(
        "telegram",
        f"{_N}TELEGRAM",
        (f"{_N}TELEGRAM_BOT_KEY", f"{_N}TELEGRAM_CHAT_ID"),
        lambda v: f"tgram://{v[f'{_N}TELEGRAM_BOT_KEY']}/{_list(v[f'{_N}TELEGRAM_CHAT_ID'])}",
    ),
    Service(
        "lark", f"{_N}LARK_BOT_WEBHOOK", (f"{_N}LARK_BOT_WEBHOOK",), _at(f"{_N}LARK_BOT_WEBHOOK")
    ),
    Service(
        "teams",
        f"{_N}TEAMS_WEBHOOK_URL",
        (f"{_N}TEAMS_WEBHOOK_URL",),
        _at(f"{_N}TEAMS_WEBHOOK_URL"),
        "Microsoft gave up the connectors of webhook.office.com: the address is one of Workflows",
    ),
    Service(
        "webhook",
        f"{_N}CUSTOM_WEBHOOK",
        (f"{_N}CUSTOM_WEBHOOK_URL",),
        _at(f"{_N}CUSTOM_WEBHOOK_URL"),
        "the body is ours (the guide shows it), not Upptime's",
    ),
    Service(
        "gotify",
        f"{_N}GOTIFY",
        (f"{_N}GOTIFY_URL", f"{_N}GOTIFY_TOKEN", f"{_N}GOTIFY_PRIORITY?"),
        _gotify,
    ),
)
"""All that Upptime 1.43 knows, in its documentation's order."""
