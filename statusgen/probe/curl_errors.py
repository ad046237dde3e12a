"""libcurl's errors in words that a person understands, and what each says of the service.

Codes: https://curl.se/libcurl/c/libcurl-errors.html. Texts of libcurl and OpenSSL are looked at and
never repeated: they may quote the address, or what the server sent.
"""

from __future__ import annotations

import errno
import socket

import pycurl

from statusgen.base.states import Reason, State
from statusgen.probe.certificate import Certificate, first_to_end, read_pem
from statusgen.probe.engine import Arrived, Question
from statusgen.probe.faults import Fault

# Codes that pycurl has no name for.
WEIRD_REPLY, HTTP2_STREAM, _PROXY = 8, 92, 97
_CONNECT_WORDS = {
    errno.ECONNREFUSED: "the connection was refused",
    errno.EHOSTUNREACH: "there is no route to the host",
    errno.ENETUNREACH: "there is no route to the network",
    errno.ETIMEDOUT: "the connection timed out",
    errno.ECONNRESET: "the connection was reset",
    errno.EACCES: "the connection was forbidden",
}
_OURS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""This machine ran out of something."""
_EXPIRED = "certificate has expired"
# A piece of libcurl's or OpenSSL's words → ours, for a certificate that was not accepted.
_VERIFICATION = (
    ("not yet valid", "is not valid yet"),
    ("self-signed certificate in certificate chain", "comes from an authority that is not trusted"),
    ("self signed certificate in certificate chain", "comes from an authority that is not trusted"),
    ("self-signed", "is self-signed"),
    ("self signed", "is self-signed"),
    (
        "unable to get",
        "comes from an authority that is not trusted, or an intermediate certificate is missing",
    ),
    (
        "unable to verify",
        "comes from an authority that is not trusted, or an intermediate certificate is missing",
    ),
    ("revoked", "was revoked"),
    ("ip address mismatch", "is for another address"),
    ("ipv4 address", "is for another address"),
    ("ipv6 address", "is for another address"),
    ("hostname mismatch", "is for another host"),
    ("subject name", "is for another host"),
    ("does not match", "is for another host"),
    ("key too", "has a key that is too short to be trusted"),
    ("md too weak", "is signed by a method that is not trusted any more"),
    ("unsuitable certificate purpose", "is not made for servers"),
    ("invalid ca certificate", "comes from an authority that may not vouch for it"),
)
# A piece of libcurl's or OpenSSL's words → ours.
_TLS_WORDS = (
    ("certificate required", "the server wants a client certificate"),
    ("no shared cipher", "there is no cipher in common"),
    ("handshake failure", "there is no cipher or version in common"),
    ("no protocols available", "there is no version of TLS in common"),
    ("protocol version", "there is no version of TLS in common"),
    ("unsupported protocol", "there is no version of TLS in common"),
    ("wrong version number", "the server does not speak TLS there"),
    ("packet length too long", "the server does not speak TLS there"),
    ("http request", "the server does not speak TLS there"),
    ("unrecognized name", "the server does not know this name"),
    ("internal error", "the server reported an error of its own"),
    ("key too small", "a key is too short to be trusted"),
    ("dh key too small", "a key is too short to be trusted"),
    ("bad certificate", "the server wants a client certificate"),
    ("unexpected eof", "the server closed the connection"),
    ("ssl_error_syscall", "the connection was reset"),
    ("connection reset", "the connection was reset"),
)
_PROTOCOL = {
    pycurl.E_UNSUPPORTED_PROTOCOL: "the answer does not begin with an HTTP status line",
    WEIRD_REPLY: "a header is malformed",
    pycurl.E_PARTIAL_FILE: "the body ended early",
    pycurl.E_BAD_CONTENT_ENCODING: "the body's encoding is malformed",
    pycurl.E_HTTP2: "the HTTP/2 connection broke",
    HTTP2_STREAM: "the HTTP/2 stream broke",
}


def fault_of(found: Arrived, question: Question, shown: str, host: str) -> Fault:
    """Return what an error amounts to. ``shown`` is host and port, ``host`` the name alone."""
    code = found.error
    if question.proxy and (fault := _of_proxy(found)):
        return fault
    if (found.errno in _OURS and not found.said_something) or code in _CHECKER:
        return Fault(Reason.CHECKER, _CHECKER.get(code, _NO_MORE), State.UNKNOWN)
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return _timeout(found, question, shown, host)
    if code == pycurl.E_PEER_FAILED_VERIFICATION:
        return _certificate(found, host)
    if code == pycurl.E_SSL_CONNECT_ERROR:
        return _handshake(found)
    if code == pycurl.E_COULDNT_CONNECT:
        return _unconnected(found, question, shown)
    if code == pycurl.E_GOT_NOTHING:
        words = "the server closed the connection before a whole answer"
        return Fault(Reason.PROTOCOL, words)
    status = found.status if found.status >= 200 else None
    if code in (pycurl.E_RECV_ERROR, pycurl.E_SEND_ERROR):
        if "certificate required" in found.message.lower():
            return _handshake(found)
        if status is not None:
            return Fault(Reason.PROTOCOL, "the body ended early", code=status, doubtful=True)
        words = "the connection was reset before the answer"
        return Fault(Reason.CONNECT, words, doubtful=found.said_something)
    words = _PROTOCOL.get(code, f"the answer is not valid HTTP (libcurl's error {code})")
    return Fault(Reason.PROTOCOL, words, code=status, answered=True, doubtful=True)


_NO_MORE = "this machine has no more files or memory to check with"
_STORE = "the store of trusted certificates cannot be read"
_CHECKER = {
    pycurl.E_FAILED_INIT: _NO_MORE,
    pycurl.E_OUT_OF_MEMORY: _NO_MORE,
    pycurl.E_SSL_CACERT_BADFILE: _STORE,
    pycurl.E_URL_MALFORMAT: "the URL is not a valid http(s) address",
    pycurl.E_SSL_ENGINE_INITFAILED: "libcurl cannot speak TLS here",
}


def _of_proxy(found: Arrived) -> Fault | None:
    """What a proxy does is the checker's own affair, not the service's."""
    detail = ""
    if found.proxy_status and found.proxy_status >= 300:
        detail = f"the proxy answered HTTP {found.proxy_status} instead of passing the request on"
    elif found.error in (pycurl.E_COULDNT_RESOLVE_PROXY, _PROXY):
        detail = "the proxy could not be used"
    elif found.error == pycurl.E_COULDNT_CONNECT:
        detail = "no connection to the proxy could be made"
    elif found.error and found.connect_ms is None:
        detail = "the proxy did not answer"
    if not detail:
        return None
    return Fault(Reason.CHECKER, f"{detail} (proxy_from_environment)", State.UNKNOWN)


def doing(found: Arrived, question: Question, shown: str, host: str) -> str:
    """Say what was waited for when time ran out."""
    if found.connect_ms is None:
        return f"connecting to {shown}"
    if found.tls_ms is None and question.url.startswith("https:"):
        return f"shaking hands with {host}"
    return "waiting for the body" if found.head_done else "waiting for an answer"


def _timeout(found: Arrived, question: Question, shown: str, host: str) -> Fault:
    way = question.way
    return Fault(
        Reason.TIMEOUT,
        doing(found, question, shown, host),
        code=found.status if found.head_done else None,
        answered=found.said_something,
        only_ipv6=found.connect_ms is None and way is not None and way.only_ipv6,
    )


def _unconnected(found: Arrived, question: Question, shown: str) -> Fault:
    way = question.way
    if not found.errno and _out_of_sockets():  # libcurl does not always say why
        return Fault(Reason.CHECKER, _NO_MORE, State.UNKNOWN)
    only_ipv6 = way is not None and way.only_ipv6
    if only_ipv6 and way is not None and not way.reachable:
        detail = f"{shown} has only IPv6 addresses, and this machine has no IPv6"
        return Fault(Reason.NO_IPV6, detail, State.UNKNOWN)
    words = _CONNECT_WORDS.get(found.errno, "no connection could be made")
    return Fault(Reason.CONNECT, f"{words}: {shown}", only_ipv6=only_ipv6)


def _out_of_sockets() -> bool:
    """Whether this machine cannot open a socket now."""
    try:
        socket.socket().close()
    except OSError as error:
        return error.errno in _OURS
    return False


def _handshake(found: Arrived) -> Fault:
    said = found.message.lower()
    words = next((ours for theirs, ours in _TLS_WORDS if theirs in said), "")
    reset = "reset" in words or "closed" in words or not words
    detail = f"the TLS handshake failed: {words or 'the server ended it'}"
    return Fault(Reason.TLS, detail, answered=not reset, doubtful=True)


def _certificate(found: Arrived, host: str) -> Fault:
    """Say what is wrong with which certificate of the chain that was sent."""
    chain = [each for pem in found.chain if (each := read_pem(pem)) is not None]
    said = found.message.lower()
    if _EXPIRED in said:
        detail = f"{which(first_to_end(chain, frozenset), chain, host)} has expired"
    elif chain and chain[0].subject == chain[0].issuer:
        detail = f"the certificate of {host} is self-signed"
    else:
        known = (ours for theirs, ours in _VERIFICATION if theirs in said)
        detail = f"the certificate of {host} {next(known, 'is not valid')}"
    return Fault(Reason.CERTIFICATE, detail, answered=True)


def which(certificate: Certificate | None, chain: list[Certificate], host: str) -> str:
    """Name a certificate of a chain: the host's own, or one that vouches for it."""
    if certificate is None or not chain or certificate is chain[0]:
        return f"the certificate of {host}"
    return f"the intermediate certificate {certificate.name!r}, which vouches for {host},"
