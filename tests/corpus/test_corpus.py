"""Documents by others: most of what they hold arrives, nothing is invented, no false error."""

from __future__ import annotations

import pytest

from tests.corpus.score import Document, documents, score

HALVES = ("first", "second")
COUNTED = ("stages", "prices", "totals", "options", "chosen", "checklist")
EVERY = [document for half in HALVES for document in documents(half)]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("kind", COUNTED)
def test_most_of_what_the_documents_hold_arrives_and_hardly_anything_else(
    half: str, kind: str
) -> None:
    found = score(documents(half), kind)

    assert found.recall >= 0.90, found.missing
    assert found.precision >= 0.97, found.invented


@pytest.mark.parametrize("document", EVERY, ids=lambda one: str(one.name))
def test_only_what_is_wrong_is_called_so(document: Document) -> None:
    assert [fault for fault in document.faults if fault[0] not in document.errors] == []


@pytest.mark.parametrize("document", EVERY, ids=lambda one: str(one.name))
def test_no_sum_is_shown_of_what_does_not_add_up(document: Document) -> None:
    assert document.invented_sums == []


def test_what_is_wrong_is_found() -> None:
    wrong = {(one.name, line) for one in EVERY for line in one.errors}
    found = {(one.name, line) for one in EVERY for line, _, _ in one.faults}

    assert len(wrong & found) >= 0.8 * len(wrong), sorted(wrong - found)
