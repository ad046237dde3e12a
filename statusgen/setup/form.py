"""The workflow of the form by which a person tells of an incident."""

from __future__ import annotations

from importlib import resources

from statusgen.run.choices import Inputs


def form_workflow(inputs: Inputs) -> str:
    """Return the whole workflow, for a repository as ``init`` makes it."""
    folder = resources.files("statusgen.setup") / "starter_files"
    text = (folder / "incident.yml").read_text(encoding="utf-8")
    before, _, after = text.partition("@INPUTS@\n")
    return before + inputs.text() + after
