// Why something is recommended, and the smallest change of answers that would change that.
// The same steps as statusgen/wizard/why.py; a test asks both the same.

import {askedOf, ruleOf} from "./blueprint.js";
import {dict, entry, own, recommendedTo, stateOf} from "./machine.js";

const MICRO = 1000000;

// Returns {rule, reason, fired, nearest: {answers: [[question, answer]], options, words} or null}.
export function why(program, answers, question) {
  const state = stateOf(program, answers), now = state.recommended[question];
  if (!now) return null;
  const rule = ruleOf(program, now.rule);
  const fired = askedOf(rule.when).filter(name => state.known[name] !== undefined);
  for (const moved of now.moved) fired.push(...askedOf(ruleOf(program, moved).when));
  return {
    rule: now.rule, reason: rule.why, fired: [...new Set(fired)],
    nearest: nearest(program, state.known, question),
  };
}

function nearest(program, known, question) {
  const looked = lookedAt(program, question);
  const names = program.questions.map(one => one.id)
    .filter(name => looked.has(name) && known[name] !== undefined);
  const now = said(program, known, question), changes = name =>
    others(entry(program, name), known[name], looked.get(name));
  let best = null;
  const tried = (size, made) => {
    if (best && size >= best.size) return;
    if (said(program, dict(known, Object.fromEntries(made)), question) !== now) best = {size, made};
  };
  for (const name of names)
    for (const [size, value] of changes(name)) tried(size, [[name, value]]);
  if (!best)
    for (let first = 0; first < names.length; first++)
      for (let second = first + 1; second < names.length; second++)
        for (const [one, a] of changes(names[first]))
          for (const [two, b] of changes(names[second]))
            tried(one + two, [[names[first], a], [names[second], b]]);
  if (!best) return null;
  const then = recommendedTo(program, dict(known, Object.fromEntries(best.made)), question);
  return {answers: best.made, options: then?.options ?? [], words: then?.words ?? []};
}

function said(program, answers, question) {
  const found = recommendedTo(program, answers, question);
  return JSON.stringify([found?.options ?? [], found?.words ?? []]);
}

// What is looked at for a question's recommendation, by question.
function lookedAt(program, question) {
  const found = new Map();
  for (const rule of [...own(program.recommend, question) ?? [],
    ...program.moves.filter(one => one.for === question),
    ...program.forbid.filter(one => one.for === question)])
    for (const leaf of leaves(rule.when))
      found.set(leaf[1], [...found.get(leaf[1]) ?? [], leaf]);
  return found;
}

const leaves = condition => ["and", "or", "not"].includes(condition[0])
  ? condition.slice(1).flatMap(leaves) : [condition];

// Other answers to a question, each with how large the change is.
function others(question, value, looked) {
  if (question.kind === "yes-no") return [[1, !value]];
  const ids = question.options.map(one => one.id);
  if (question.kind === "one") {
    const at = ids.indexOf(value);
    return ids.map((one, index) => [Math.abs(index - at), one]).filter(([size]) => size);
  }
  if (question.kind === "several")
    return ids.map(one =>
      [1, value.includes(one) ? value.filter(each => each !== one) : [...value, one]]);
  if (question.kind !== "number") return [];
  const found = new Set(looked.filter(leaf => leaf[0] === "cmp").flatMap(beside));
  return [...found].filter(n => n >= question.least && n <= question.most && n !== value)
    .sort((a, b) => Math.abs(a - value) - Math.abs(b - value) || a - b)
    .map((n, index) => [index + 1, n]);
}

// The numbers nearest to a limit, one on each side of it.
function beside([, , operator, limit]) {
  return operator === "<" || operator === ">=" ? [limit - MICRO, limit] : [limit, limit + MICRO];
}
