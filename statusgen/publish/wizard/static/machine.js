// The wizard's state machine: answers in; what is asked, recommended, forbidden, what it costs out.
// The same program (JSON) and the same steps as statusgen/wizard in Python; a test asks both the same.
// Numbers are whole millionths: BigInt where they are multiplied.

const MICRO = 1000000;
const LARGEST = 1e9 * MICRO;

// Answers by question are dictionaries without a prototype: no id is special there ("constructor"),
// and no order of theirs counts ("10" would come first): whoever lists them goes by the questions.
export const dict = (...parts) => Object.assign(Object.create(null), ...parts);
export const own = (object, key) => Object.hasOwn(object, key) ? object[key] : undefined;

export const entry = (program, name) => program.questions.find(one => one.id === name);
export const option = (question, id) => question.options.find(one => one.id === id);
export const chosen = value =>
  Array.isArray(value) ? value : typeof value === "string" ? [value] : [];

export function holds(condition, answers) {
  const word = condition[0];
  if (word === "and") return condition.slice(1).every(one => holds(one, answers));
  if (word === "or") return condition.slice(1).some(one => holds(one, answers));
  if (word === "not") return !holds(condition[1], answers);
  const value = answers[condition[1]];
  if (word === "said" || value === undefined) return value !== undefined;
  if (word === "is") return condition[2].includes(value);
  if (word === "has") return condition[2].some(one => value.includes(one));
  if (word === "yes") return value === condition[2];
  const limit = condition[3];
  return {"<": value < limit, "<=": value <= limit, ">": value > limit,
    ">=": value >= limit}[condition[2]];
}

function forbidden(program, name, known) {
  const found = dict();
  for (const rule of program.forbid)
    if (rule.for === name && holds(rule.when, known))
      for (const one of rule.options) found[one] ??= rule.id;
  return found;
}

function moved(program, question, options, known) {
  const rules = program.moves.filter(one => one.for === question.id && holds(one.when, known));
  const steps = rules.map(one => one.by);
  const order = question.options.map(one => one.id);
  const at = order.indexOf(options[0]) + Math.max(0, ...steps) + Math.min(0, ...steps);
  return [[order[Math.min(Math.max(at, 0), order.length - 1)]], rules.map(one => one.id)];
}

function recommended(program, question, known, no) {
  for (const rule of own(program.recommend, question.id) ?? []) {
    if (!holds(rule.when, known)) continue;
    let options = rule.options, steps = [];
    if (rule.movable) [options, steps] = moved(program, question, options, known);
    options = options.filter(one => !(one in no));
    const words = rule.words ?? [], need = rule.need ?? "";
    if (options.length || words.length || need)
      return {rule: rule.id, options, words, need, moved: steps};
  }
  return null;
}

export function stateOf(program, answers) {
  const known = dict(), visible = [], best = dict();
  answers = dict(answers);
  for (const question of program.questions) {
    const name = question.id;
    if (!holds(question.when, known)) continue;
    visible.push(name);
    const found = recommended(program, question, known, forbidden(program, name, known));
    if (found) best[name] = found;
    if (answers[name] !== undefined) known[name] = answers[name];
  }
  const blocked = dict(), defaults = dict();
  for (const name of visible) {
    const no = forbidden(program, name, known);
    if (Object.keys(no).length) blocked[name] = no;
    const rule = program.defaults.find(one => one.for === name && holds(one.when, known));
    const preset = rule ? rule.options : entry(program, name).default;
    if (preset.length) defaults[name] = preset;
  }
  const conflicts = [];
  for (const name of visible)
    for (const one of chosen(known[name]))
      if (blocked[name] && one in blocked[name])
        conflicts.push({question: name, option: one, rule: blocked[name][one]});
  return {
    visible, known,
    open: visible.filter(name => known[name] === undefined && !entry(program, name).optional),
    recommended: best, defaults, blocked, conflicts,
    warnings: program.warn.filter(one => holds(one.when, known)).map(one => one.id),
    derived: derived(program, known),
    counts: counted(program, known),
    cost: cost(program, known),
  };
}

// What is recommended for one question alone.
export function recommendedTo(program, answers, name) {
  const known = dict();
  answers = dict(answers);
  for (const question of program.questions) {
    if (!holds(question.when, known)) continue;
    if (question.id === name)
      return recommended(program, question, known, forbidden(program, name, known));
    if (answers[question.id] !== undefined) known[question.id] = answers[question.id];
  }
  return null;
}

export function filtered(text, name) {
  if (name === "snake") return text.replaceAll("-", "_");
  if (name === "joined") return text.replaceAll("-", "");
  return name === "upper" ? text.replaceAll("-", "_").toUpperCase() : text;
}

function filled(parts, known, made) {
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") { text += part; continue; }
    const value = made[part[0]] ?? known[part[0]];
    if (typeof value !== "string") return null;
    text += filtered(value, part[1]);
  }
  return text;
}

function derived(program, known) {
  const made = dict();
  for (let ready = true; ready;) {
    ready = false;
    for (const rule of program.derive) {
      if (rule.id in made || !holds(rule.when, known)) continue;
      const text = filled(rule.value, known, made);
      if (text !== null) { made[rule.id] = text; ready = true; }
    }
  }
  const sorted = dict();
  for (const rule of program.derive) if (rule.id in made) sorted[rule.id] = made[rule.id];
  return sorted;
}

// What is counted, and what it costs. No number goes beyond what the browser holds exactly.

const times = (amount, count, per) => {
  const found = (2n * BigInt(amount) * BigInt(count) + BigInt(per)) / (2n * BigInt(per));
  return found > BigInt(LARGEST) ? LARGEST : Number(found);
};

export const counted = (program, known) => program.counts
  .filter(rule => holds(rule.when, known))
  .map(rule => ({rule: rule.id, unit: rule.unit, value: product(rule.factors, known)}));

function product(factors, known) {
  let value = MICRO;
  for (const factor of factors) {
    const number = typeof factor === "string" ? known[factor] : factor;
    if (number === undefined) return null;
    value = times(value, number, MICRO);
  }
  return value;
}

function usedOf(program, known) {
  const used = new Map();
  for (const one of program.questions) if (one.unit) used.set(one.unit, known[one.id] ?? null);
  for (const {unit, value} of counted(program, known)) {
    const before = used.has(unit) ? used.get(unit) : 0;
    used.set(unit, before === null || value === null ? null : before + value);
  }
  return used;
}

export function cost(program, known) {
  let low = 0, high = 0, unlimited = false;
  const open = [], unpriced = [], bill = [];
  known = dict(known);
  const counts = usedOf(program, known);
  for (const question of program.questions) {
    if (!question.options.length || known[question.id] === undefined) continue;
    for (const one of chosen(known[question.id])) {
      const price = option(question, one).cost;
      if (!price) {
        if (one !== "none" && question.options.some(other => other.cost))
          unpriced.push([question.id, one]);
        continue;
      }
      low += price.low;
      high += price.high ?? 0;
      unlimited ||= price.high === null;
      for (const what of price.open) open.push([question.id, one, what]);
      for (const rate of price.rates) {
        const used = counts.get(rate.unit) ?? null;
        if (used === null) {
          open.push([question.id, one, rate.unit]);
          unlimited = true;
          continue;
        }
        const paid = Math.max(0, used - rate.free);
        const line = {
          question: question.id, option: one, unit: rate.unit, used, free: rate.free, paid,
          low: times(rate.low, paid, rate.per),
          high: rate.high === null ? null : times(rate.high, paid, rate.per),
        };
        bill.push(line);
        low += line.low;
        high += line.high ?? 0;
        unlimited ||= line.high === null;
      }
    }
  }
  return {low, high: unlimited ? null : high, open, unpriced, bill};
}

// Numbers as people write them.

export function plain(value) {
  const whole = Math.floor(value / MICRO);
  const rest = String(value % MICRO).padStart(6, "0").replace(/0+$/, "");
  return rest ? `${whole}.${rest}` : String(whole);
}

export function money(sign, value) {
  if (value > 0 && value < MICRO && value % 10000) return sign + plain(value);
  const cents = Math.floor((value + 5000) / 10000), rest = cents % 100;
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  return sign + whole + (rest ? "." + String(rest).padStart(2, "0") : "");
}

export function moneyRange(sign, low, high) {
  const first = money(sign, low);
  if (high === null) return first + "+";
  return money(sign, high) === first ? first : `${first}-${money("", high)}`;
}

// Answers as people give them. What is refused is thrown as {key, values}.

const no = (key, values = {}) => { throw {key, values}; };
const NUMBER = /^(\d{1,3}(?:[, _]\d{3})+|\d{1,15})(?:\.(\d{1,6}))?\s?([kKmM])?$/;

export function accept(question, raw) {
  if (question.kind === "several") {
    const listed = (Array.isArray(raw) ? raw : [raw]).filter(one => one !== "" && one !== "-");
    const found = listed.map(one => optionOf(question, one));
    return question.options.map(one => one.id).filter(one => found.includes(one));
  }
  if (question.kind === "yes-no") {
    const word = String(raw).trim().toLowerCase();
    if (["true", "yes", "y"].includes(word)) return true;
    if (["false", "no", "n"].includes(word)) return false;
    no("refused-yes");
  }
  if (question.kind === "one") return optionOf(question, raw);
  if (question.kind === "number") {
    const match = NUMBER.exec(raw.trim()) ?? no("refused-number", {text: raw.slice(0, 40)});
    const scale = {k: 1000, m: 1000000}[(match[3] ?? "").toLowerCase()] ?? 1;
    const value = (Number(match[1].replace(/[, _]/g, "")) * MICRO
      + Number((match[2] ?? "").padEnd(6, "0"))) * scale;
    if (value > LARGEST) no("refused-number", {text: raw.slice(0, 40)});
    if (value < question.least || value > question.most)
      no("refused-range", {low: plain(question.least), high: plain(question.most)});
    return value;
  }
  const rule = question.text, length = [...raw].length;
  if (!rule) {
    if (!raw.trim() || length > 200 || /[\p{C}\p{Zl}\p{Zp}]/u.test(raw)) no("refused-line");
    return raw.trim();
  }
  if (length < rule.least || length > rule.most)
    no("refused-length", {low: rule.least, high: rule.most});
  if (!new RegExp(`^(?:${rule.pattern})$`, "u").test(raw))
    no("refused-pattern", {pattern: rule.pattern});
  if (rule.reserved.includes(raw)) no("refused-reserved", {text: raw});
  return raw;
}

function optionOf(question, raw) {
  const text = String(raw).trim(), folded = text.toLowerCase();
  const found = question.options.find(
    one => text === one.id || text === one.short || (one.was ?? []).includes(text),
  ) ?? question.options.find(one => one.name.toLowerCase() === folded);
  return found ? found.id : no("refused-option", {name: question.name, text: text.slice(0, 60)});
}

export function linkOf(program, answers) {
  const parts = ["v=1"];
  answers = dict(answers);
  for (const question of program.questions) {
    const value = answers[question.id];
    if (value === undefined) continue;
    const short = id => option(question, id).short ?? id;
    parts.push(`${question.id}=` + {
      number: () => plain(value),
      "yes-no": () => value ? "yes" : "no",
      text: () => encodeURIComponent(value),
      several: () => value.map(short).join(",") || "-",
      one: () => short(value),
    }[question.kind]());
  }
  return parts.join("&");
}

// Returns [answers, what could not be read].
export function readLink(program, text) {
  const fragment = text.includes("#") ? text.slice(text.indexOf("#") + 1) : text;
  if ([...fragment].length > 4000) return [dict(), [{key: "link-long", values: {}}]];
  const found = dict(), told = [];
  let version = "";
  const parts = new Map();
  for (const part of fragment.split("&")) {
    const at = part.indexOf("=");
    if (at < 0) continue;
    if (part.slice(0, at) === "v") version = part.slice(at + 1);
    else parts.set(part.slice(0, at), part.slice(at + 1));
  }
  if (version && version !== "1") told.push({key: "link-newer", values: {version: version.slice(0, 10)}});
  if (fragment && !version) told.push({key: "link-none", values: {}});
  for (const [key, value] of parts) {
    const name = own(program.renamed, key) ?? key, question = entry(program, name);
    if (!question) { told.push({key: "refused-question", values: {text: key.slice(0, 60)}}); continue; }
    const several = question.kind === "several", listed = several ? value.split(",") : [decoded(value)];
    let kept = [];
    for (const one of listed) {
      try { kept = kept.concat(accept(question, several ? [one] : one)); }
      catch (refused) { if (!refused.key) throw refused; told.push(refused); }
    }
    if (several && (kept.length || listed.join() === "-"))
      found[name] = question.options.map(one => one.id).filter(one => kept.includes(one));
    else if (!several && kept.length) found[name] = kept[0];
  }
  const sorted = dict();
  for (const one of program.questions) if (one.id in found) sorted[one.id] = found[one.id];
  return [sorted, told];
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}
