"""The wizard's data held against itself.

COST018 (bands of the scales), COST019 (defaults and examples that are no option), COST020 (choices
that do not fit), COST022 (the same thing stated twice), COST027 (examples of an answer).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from statusgen.audit.finding import (
    Finding,
    Severity,
    Verdict,
    both,
    either,
    finding_at,
    listed,
)
from statusgen.base.saying import Saying
from statusgen.roadmap.model import Path, Question, Validation, Wizard, WizardOption
from statusgen.roadmap.money import divide, format_number

SCALE = "scale"
NO_OPTION = frozenset({"none", "optional", "required"})
"""Words of a defaults table that say whether something is needed, not which."""
_PROBES = ("-a-", "---", "_a_", ".a.")


def check(wizard: Wizard) -> Iterator[Finding]:
    """Check the whole wizard."""
    for number, question in enumerate(wizard.questions):
        if question.validation is not None:
            yield from _answers(wizard, ("questions", number, "validation"), question.validation)
    yield from _scales(wizard)
    yield from _defaults(wizard)
    yield from _examples(wizard)


def _answers(wizard: Wizard, path: Path, rule: Validation) -> Iterator[Finding]:
    pattern = re.compile(rule.pattern)

    def taken(text: str) -> bool:
        fits = rule.shortest <= len(text) <= rule.longest
        return bool(fits and pattern.fullmatch(text) and text not in rule.reserved)

    wrong = [text for text in rule.valid if not taken(text)]
    wrong += [text for text in rule.invalid if taken(text)]
    verdict = Verdict.CONTRADICTED if wrong else Verdict.HOLDS
    saying = Saying("findings.examples-obey")
    if wrong:
        saying = Saying("findings.examples-differ", {"examples": listed(wrong)})
    yield finding_at(
        wizard, "COST027", path, "validation.examples", verdict, saying, stated=rule.pattern
    )
    odd = [probe for probe in _PROBES if taken(probe)]
    if odd:
        yield finding_at(
            wizard,
            "COST027",
            (*path, "pattern"),
            "validation.pattern",
            Verdict.OPEN,
            Saying("findings.pattern-takes", {"examples": both(odd)}),
            stated=rule.pattern,
        )


def _scales(wizard: Wizard) -> Iterator[Finding]:
    question = wizard.question(SCALE)
    if question is None:
        return
    number = wizard.questions.index(question)
    for index, option in enumerate(question.options):
        path: Path = ("questions", number, "options", index)
        before = question.options[index - 1] if index else None
        (at, team), (_, less) = option.fit("team"), before.fit("team") if before else ((), None)
        if before is not None and team and less:
            low, high = team.value.low, less.value.high
            if high is not None and low <= high:
                shared = ", ".join(dict.fromkeys((format_number(low), format_number(high))))
                yield finding_at(
                    wizard,
                    "COST018",
                    (*path, *at),
                    f"scale.{option.id}.team",
                    Verdict.CONTRADICTED,
                    Saying(
                        "findings.teams-overlap",
                        {
                            "one": f"{option.name} ({team})",
                            "other": f"{before.name} ({less})",
                            "shared": shared,
                        },
                    ),
                    stated=team,
                    severity=Severity.WARNING,
                )
        yield from _helper(wizard, path, question, option)
        yield from _selects(wizard, path, option)


def _helper(
    wizard: Wizard, path: Path, question: Question, option: WizardOption
) -> Iterator[Finding]:
    """The limits of the recommending helper are those of the scale."""
    for rule in question.recommend:
        limit, (at, traffic) = rule.limits.get("traffic"), option.fit("traffic")
        if (
            rule.then != option.id
            or limit is None
            or traffic is None
            or limit.value == traffic.value
        ):
            continue
        factor = divide(limit.value.low, traffic.value.low) if traffic.value.low else None
        times = Saying("findings.otherwise")
        if factor:
            times = Saying("findings.times", {"factor": format_number(factor)})
        yield finding_at(
            wizard,
            "COST022",
            (*path, *at),
            f"scale.{option.id}.traffic",
            Verdict.CONTRADICTED,
            Saying(
                "findings.helper-differs",
                {
                    "option": option.name,
                    "traffic": str(traffic),
                    "limit": str(limit),
                    "times": times,
                },
            ),
            stated=traffic,
            derived=str(limit),
            formula=f"{format_number(limit.value.low)} / {format_number(traffic.value.low)}",
        )


def _selects(wizard: Wizard, path: Path, option: WizardOption) -> Iterator[Finding]:
    """What a scale's own text selects is what the table of defaults says."""
    for key, own in option.selects.items():
        table = wizard.defaults.get(key, {}).get(option.id)
        if table is None or _folded(own) & _folded(table):
            continue
        yield finding_at(
            wizard,
            "COST022",
            (*path, "selects", key),
            f"scale.{option.id}.{key}",
            Verdict.CONTRADICTED,
            Saying(
                "findings.selects-differ",
                {"option": option.name, "here": either(own), "defaults": either(table)},
            ),
            stated=" or ".join(own),
            derived=" or ".join(table),
        )


def _defaults(wizard: Wizard) -> Iterator[Finding]:
    for key, by_scale in wizard.defaults.items():
        question = wizard.question(key)
        if question is None:
            continue
        values = [value for texts in by_scale.values() for value in texts]
        unknown = [text for text in dict.fromkeys(values) if not _is_option(question, text)]
        verdict = Verdict.CONTRADICTED if unknown else Verdict.HOLDS
        saying = Saying("findings.defaults-hold", {"question": question.name})
        if unknown:
            saying = Saying(
                "findings.no-options",
                {"question": question.name, "options": listed(unknown), "count": len(unknown)},
            )
        yield finding_at(
            wizard,
            "COST019",
            ("defaults", key),
            f"defaults.{key}",
            verdict,
            saying,
            stated=", ".join(unknown),
            derived=", ".join(option.name for _, option in question.choices()),
        )


def _examples(wizard: Wizard) -> Iterator[Finding]:
    for number, example in enumerate(wizard.examples):
        path: Path = ("examples", number)
        departs: list[str] = []
        chosen: dict[str, list[WizardOption]] = {}
        for key, texts in example.choices.items():
            question = wizard.question(key)
            if question is None:
                continue
            chosen[key] = [option for text in texts if (option := question.named(text))]
            for text in texts:
                if not _is_option(question, text):
                    yield finding_at(
                        wizard,
                        "COST019",
                        (*path, "choices", key),
                        f"examples.{example.id}.{key}",
                        Verdict.CONTRADICTED,
                        Saying(
                            "findings.no-option-of",
                            {"example": example.name, "text": text, "question": question.name},
                        ),
                        stated=text,
                    )
            table = wizard.defaults.get(key, {}).get(example.scale)
            if table is not None and not _folded(table) & (_folded(texts) | {"optional"}):
                departs.append(question.name)
        yield from _fitting(wizard, path, example.id, example.name, chosen)
        if departs:
            yield finding_at(
                wizard,
                "COST022",
                path,
                f"examples.{example.id}.defaults",
                Verdict.OPEN,
                Saying(
                    "findings.departs",
                    {"example": example.name, "count": len(departs), "names": listed(departs)},
                ),
                severity=Severity.INFO,
            )


def _fitting(
    wizard: Wizard, path: Path, identifier: str, name: str, chosen: dict[str, list[WizardOption]]
) -> Iterator[Finding]:
    for key, options in chosen.items():
        for option in options:
            for other, needed in option.requires.items():
                own = chosen.get(other)
                if own is None or {choice.id for choice in own} & set(needed):
                    continue
                yield finding_at(
                    wizard,
                    "COST020",
                    (*path, "choices", key),
                    f"examples.{identifier}.{key}",
                    Verdict.CONTRADICTED,
                    Saying(
                        "findings.unfit",
                        {
                            "example": name,
                            "option": option.name,
                            "needed": either(needed),
                            "chosen": either([choice.name for choice in own])
                            or Saying("findings.nothing"),
                        },
                    ),
                    stated=option.name,
                    derived=" or ".join(needed),
                )


def _is_option(question: Question, text: str) -> bool:
    return text.casefold() in NO_OPTION or question.named(text) is not None


def _folded(texts: Iterable[str]) -> set[str]:
    return {text.casefold() for text in texts}
