from __future__ import annotations

from dataclasses import replace

from statusgen.incident.join import join
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update

PROGRAM = Incident(
    id="p",
    uid="urn:uuid:program",
    title="api is down",
    impact=Impact.MAJOR,
    started=100,
    resolved=400,
    affected=(
        Affected(component="api", start=100, end=300, monitors=("a", "b")),
        Affected(component="web", start=150, end=400),
    ),
    updates=(
        Update(at=200, phase=Phase.INVESTIGATING, body="Down."),
        Update(at=500, phase=Phase.RESOLVED, body="Up."),
    ),
    automatic=True,
    blip=True,
    evidence=("r2", "r5"),
)
PERSON = Incident(
    id="mine",
    uid="urn:uuid:person",
    title="Logins fail",
    impact=Impact.MINOR,
    started=90,
    resolved=None,
    affected=(),
    updates=(Update(at=210, phase=Phase.IDENTIFIED, body="A disk."),),
    file="mine.md",
)


def test_words_are_the_persons_and_measurements_the_programs() -> None:
    assert join(PERSON, PROGRAM) == replace(
        PERSON,
        uid="urn:uuid:program",
        automatic=True,
        adopted=True,
        blip=True,
        evidence=("r2", "r5"),
        affected=PROGRAM.affected,
        resolved=400,
        updates=(*PERSON.updates, PROGRAM.updates[1]),
        measured=PROGRAM.updates[1],
    )


def test_ends_that_the_person_does_not_give_are_measured() -> None:
    person = replace(
        PERSON,
        affected=(
            Affected(component="web", start=90),
            Affected(component="api", start=90, end=350),
            Affected(component="mail", start=100),
        ),
    )
    assert join(person, PROGRAM).affected == (
        Affected(component="web", start=90, end=400),
        Affected(component="api", start=90, end=350, monitors=("a", "b")),
        Affected(component="mail", start=100, end=400),  # ends with the incident
    )


def test_a_measured_end_before_the_persons_start_is_not_taken() -> None:
    person = replace(PERSON, affected=(Affected(component="api", start=310),))
    assert join(person, replace(PROGRAM, resolved=None)).affected[0].end is None
    assert join(replace(person, resolved=305), PROGRAM).affected[0].end == 311


def test_while_the_checks_still_fail_it_stays_open() -> None:
    still = replace(PROGRAM, resolved=None, updates=PROGRAM.updates[:1], blip=False)
    assert join(PERSON, still).resolved is None
    assert join(PERSON, still).updates == PERSON.updates


def test_the_persons_resolution_is_the_one() -> None:
    over = Update(at=450, phase=Phase.RESOLVED, body="Over.")
    person = replace(PERSON, resolved=450, updates=(*PERSON.updates, over))
    joined = join(person, PROGRAM)
    assert (joined.resolved, joined.updates, joined.blip) == (450, person.updates, False)


def test_who_spoke_as_the_measured_end_came_knows_of_it_and_keeps_the_last_word() -> None:
    said = Update(at=500, phase=Phase.IDENTIFIED, body="Up for now, not mended.")
    joined = join(replace(PERSON, updates=(*PERSON.updates, said)), PROGRAM)

    assert joined.resolved is None
    assert joined.updates[-1] == said
