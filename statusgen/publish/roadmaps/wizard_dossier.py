"""The wizard's data with what the audit says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from statusgen.audit import Finding
from statusgen.publish.roadmaps.findings import anchors, found_at, to_look_at
from statusgen.roadmap.model import Path, Question, Wizard, WizardOption
from statusgen.words import Words

WIZARD = "wizard/guide/"
"""Where it can be read as a guide, from the site's root; ``publish.wizard`` asks it."""
AUDIT = "wizard/audit/"
"""Where the checks of it are told."""


@dataclass(frozen=True)
class WizardDossier:
    """``data/wizard.yml`` and its findings."""

    wizard: Wizard
    findings: tuple[Finding, ...]
    words: Words
    """Who speaks on its page."""
    anchors: dict[Finding, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "anchors", anchors(self.findings))

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What somebody should look at: contradictions first, then what is open."""
        return to_look_at(self.findings)

    def faults_at(self, path: Path) -> tuple[Finding, ...]:
        """Return the faults found at a part of the file."""
        return found_at(self.faults, [path])

    def named(self, question: Question, text: str) -> str:
        """Return the name of the option that is meant, by id or name; else the words themselves."""
        option = question.named(text)
        return option.name if option else text


def phase_page(question: Question) -> str:
    """Return the address of the page of a question's phase, from the site's root."""
    return f"{WIZARD}{question.phase or question.id}/"


def phase_anchor(question: Question) -> str:
    """Return the name of a phase's place on the page."""
    return f"phase-{question.id}"


def option_anchor(question: Question, option: WizardOption) -> str:
    """Return the name of an option's place; ids hold no dot, so no two can be the same."""
    return f"option-{question.id}.{option.id}"


def option_path(question: Question, text: str) -> str:
    """Return the address of an option by id or name; empty where there is none."""
    option = question.named(text)
    return f"{phase_page(question)}#{option_anchor(question, option)}" if option else ""
