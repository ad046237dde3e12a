import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.config.slugs import upptime_slug

# Run with the package that Upptime uses.
VECTORS = {
    "Google": "google",
    "IPv6 test": "i-pv6-test",
    "DnD 5e API": "dn-d-5e-api",
    "AppAny.StatusPage": "app-any-status-page",
    "fooBAR": "foo-bar",
    "API (EU)": "api-eu",
    "Düsseldorf Straße": "duesseldorf-strasse",
    "Ø test": "o-test",
    "A & B": "a-and-b",
    "C++": "c",
    "U.S. Site": "u-s-site",
    "#27654 LimeCommerce Production": "27654-lime-commerce-production",
    "📈 CURC XDMoD Alpine Utilization Threshold": "curc-xd-mo-d-alpine-utilization-threshold",
    "反代1（diii.tk）": "1-diii-tk",
    "wss://eosla.com": "wss-eosla-com",
    "GitHubPages": "git-hub-pages",
    "Доклад за инцидент": "doklad-za-inczident",
    "Ελλάδα": "ellada",
    "ÄÖÜ äöü ß": "ae-oe-ue-aeoeue-ss",
    "Foo123Bar": "foo123-bar",
    "HTML5 Rocks": "html-5-rocks",
    "v2API": "v2-api",
    "日本 Japan": "japan",
    "مرحبا": "mrhba",
    "Tiếng Việt": "tieng-viet",
    "d'Artagnan": "d-artagnan",
    "HTTPServer2": "http-server2",
    "Łódź": "lodz",
    "İstanbul": "istanbul",
    "🦄 x": "unicorn-x",
    "I ♥ Dogs": "i-love-dogs",
    "鸭鸭梨": "鸭鸭梨",
    # And some that the same package gave for what the list above leaves open.
    "A\u0308pfel": "aepfel",
    "\u064e\u200e": "a",
    "объём съёмки": "obyom-syomki",
    "한국": "한국",
    "a\u0000b 鸭": "a-b",
    "鸭 / 梨.": "鸭-梨",
    "\ufeff鸭\u0085梨\ufeff": "鸭\u0085梨",
}


@pytest.mark.parametrize(("name", "slug"), VECTORS.items())
def test_slugs_are_those_of_upptime(name: str, slug: str) -> None:
    assert upptime_slug(name, "https://example.com") == slug


@pytest.mark.parametrize(
    ("name", "url", "written", "slug"),
    [
        ("///", "https://example.com/path", "", "https-example-com-path"),
        ("///", "///", "", "site"),
        ("", "", "", "site"),
        ("Name", "https://example.com", " Wie Es Steht\n", "Wie Es Steht"),
        ("Name", "https://example.com", " \ufeff\t", "name"),
        ("Name", "https://example.com", "\u0085", "\u0085"),
    ],
)
def test_a_written_slug_goes_first_and_the_url_last(
    name: str, url: str, written: str, slug: str
) -> None:
    assert upptime_slug(name, url, written) == slug


@given(st.text(max_size=20))
def test_there_is_always_a_slug(name: str) -> None:
    assert upptime_slug(name)
