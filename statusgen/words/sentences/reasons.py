"""Why a check is not up, each as the rest of a sentence: "Since 13 Sep: it did not answer"."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "dns": one("its name could not be looked up", "the host's name, in DNS"),
    "connect": one("no connection could be made"),
    "tls": one("no secure connection could be made"),
    "certificate": one("its certificate is expired or not valid"),
    "certificate-soon": one("its certificate expires soon"),
    "timeout": one("it did not answer in time"),
    "status": one("it answered with an unexpected status"),
    "status-code": one("it answered with HTTP {code}", "{code}: e.g. 503"),
    "body": one("its answer did not hold what it should"),
    "protocol": one("its answer could not be understood"),
    "redirect": one("it sent us to another address than expected"),
    "blocked": one("it turned our check away, as protection against bots does"),
    "slow": one("it answered slower than it should"),
    "reported": one("its own status page says so"),
    "vantage": one("our own network was down, so we could not tell"),
    "no-ipv6": one("it needs IPv6, which is missing where we check from"),
    "checker": one("our own check could not run, so we could not tell"),
    "other": one("our check of it failed", "no reason is known, or one of a newer version"),
    "with-code": one("{reason} (HTTP {code})", "{reason}: another sentence of this list"),
}
