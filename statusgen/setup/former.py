"""What was generated before there was a manifest: digests by which those files are recognised.

Of ``init`` and ``schedule --write`` as they were in November 2026. Nothing is added here: since
then each repository remembers itself (:mod:`statusgen.setup.manifest`).
"""

from __future__ import annotations

from collections.abc import Mapping

from statusgen.setup.choices import Choices
from statusgen.setup.schedule_files import STATUS, Kind

_STATUS = {
    "db939eb386d4730e521168b6295ccc6a72c47fe66edf605bd766b7f27e54a770": Choices(Kind.VISITS),
    "295b99be4e6fe595aa47212e9d17314dd33b91346358469e6ad323e4bf795ac2": Choices(Kind.RELAY),
    "b406980ced29410e5cf2cdece92c545c5e29634996d5a7be4c9cc79397c14933": Choices(
        Kind.VISITS, private=True
    ),
    "c79a7449f7d9e03e54d75ffdd957089ad4b6575c678db569dd9515893dbaf912": Choices(
        Kind.VISITS, private=True, paid=True
    ),
    "529eae46bcd3e1d754a68b64ac2222d633d970fb0411f0319d58089b962bd22e": Choices(
        Kind.RELAY, private=True, paid=True
    ),
    "5b180d03c872ebdd3e1aa972db51877e46f99de6b552e7d5bfd3dae4bc03729e": Choices(Kind.DISPATCH),
    "9457c421a776754bdf9b81baf52ba9d02e4bfd0efb901a19376729011bb7ad7f": Choices(
        Kind.DISPATCH, private=True
    ),
}
FORMER: Mapping[str, tuple[str, ...]] = {
    ".forgejo/workflows/status.yml": (
        "a08dfa2546642ca697741629c5154edd6d4542d9d4b40879e27c707090b32b65",
    ),
    ".github/workflows/incident.yml": (
        "c25bc33bcf4b23e72d181f89d68bed77fea5eb8a9fd094f531a20c8e40a9f1d3",
    ),
    ".github/workflows/pages.yml": (
        "e8782947cd69114ebbcc6c2ea85fcd463caee6ffd037e5b5f1d36789351d6a07",
    ),
    ".github/workflows/review.yml": (
        "741ea9fca711b062b8f7a34a008264dfb2523b60ae6e5be523e9641c32282cca",
    ),
    STATUS: tuple(_STATUS),
    ".gitignore": ("82731b9571c92db96e6fe72c9c59219ed3f2c2fa79dc50401ce62f781988e288",),
    ".gitlab-ci.yml": ("1ad35b6a94c1269d4794e8838a7c6a05b54a8e278c7e851e267c7c6ce319112d",),
    "README.md": (
        "26ec5a5c4b76533e50708a4e3334ee18ef1b47e359045acf5890d0f6d493ba7b",
        "b81b54a6e094efc0011c253ae91866abf6dff9e90b77f958e0c3c933ea1c022a",
    ),
    "cronjob.yaml": ("aaf4b8706291e4b4b2051081c56ea9ad41467bad98d528469f2575e1246b7ee4",),
    "mkdocs.yml": ("9baa9d482e6b0a2527fb9f9afb7bd82796c7d6e0c5b6c60d617634abddb8ae83",),
    "requirements/check.txt": ("4a3db6d5fcb68936480b836bbe3e40026367fc6fff2fb958fe7bcc1e95278e0b",),
    "requirements/notify.txt": (
        "dd9e39d362ac0021ef2b98508fdcb66afd6b3c88a39f5773ab53b5fd39bdab4d",
    ),
    "requirements/site.txt": ("242beef4b2e9958498d6d3fd072c8d6fe0b628a624c6de6249697f024d071685",),
    "requirements/statusgen.txt": (
        "134dd172eb2afa978d343b0b05c4b029aab734e8d3c23317fa242155cf119b53",
    ),
    "statusgen.service": ("f4d3f78c12468a5d8aff31a344af8b6a3c49146ea1006fa3d98626a77f20d357",),
    "statusgen.timer": ("d706af782b6d5ad45b310142d2331965c74570c1675560abf8e07d380637852b",),
}
"""Path → the digests of what was written there; ``generated`` says what they leave out."""


def former_choices(digest: str) -> Choices | None:
    """Return what was chosen for the workflow that has a digest; None where it is none of ours."""
    return _STATUS.get(digest)
