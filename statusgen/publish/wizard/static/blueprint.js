// What answers come to, as files: the same bytes as statusgen/wizard writes in Python.

import {chosen, dict, entry, filtered, linkOf, option, own, plain, stateOf} from "./machine.js";

export const ruleOf = (program, id) =>
  [...Object.values(program.recommend).flat(), ...program.moves, ...program.forbid, ...program.warn,
    ...program.defaults].find(one => one.id === id);
const unique = list => [...new Set(list)];

function written(program, answers) {
  const made = new Map();
  for (const one of program.questions)
    if (answers[one.id] !== undefined)
      made.set(one.id, one.kind === "number" ? plain(answers[one.id]) : answers[one.id]);
  return made;
}

export function projectName(program, state) {
  const named = program.questions.find(
    one => one.kind === "text" && state.known[one.id] !== undefined);
  return named ? state.known[named.id] : program.id;
}

const picked = (program, state) => program.questions
  .filter(one => one.options.length && state.known[one.id] !== undefined)
  .flatMap(question => chosen(state.known[question.id]).map(one => option(question, one)));

const texts = (program, state, use) => picked(program, state)
  .flatMap(one => one.code ?? []).filter(code => code.use === use).map(code => code.text);

function tree(program, state) {
  const blocks = texts(program, state, "tree").map(text => text.split("\n"));
  if (!blocks.length) return "";
  const lines = [`${projectName(program, state)}/`];
  blocks.forEach((block, number) => {
    const last = number === blocks.length - 1;
    block.forEach((line, index) => lines.push(
      (!index ? (last ? "└── " : "├── ") : last ? "    " : "│   ") + line));
  });
  return lines.join("\n") + "\n";
}

const SECRET = /^( *)([A-Z][A-Z0-9_]*PASSWORD): /;

function environment(program, state) {
  const names = (use, pattern, at) => texts(program, state, use)
    .flatMap(text => text.split("\n")).map(line => pattern.exec(line)).filter(Boolean)
    .map(match => match[at]);
  return unique([...names("env", /^([A-Z][A-Z0-9_]*)=/, 1), ...names("compose", SECRET, 2)]);
}

function compose(program, state) {
  const lines = [], volumes = [], database = filtered(projectName(program, state), "joined");
  for (const text of texts(program, state, "compose"))
    for (let line of text.split("\n")) {
      if (line.startsWith("#")) continue;
      const secret = SECRET.exec(line), volume = /^ *- ([a-z0-9_]+):\//.exec(line);
      if (volume) volumes.push(volume[1]);
      if (secret) line = `${secret[1]}${secret[2]}: \${${secret[2]}}`;
      lines.push(`  ${line}`.replaceAll("myapp", () => database).replace(/ +$/, ""));
    }
  if (!lines.length) return "";
  const below = unique(volumes).map(name => `  ${name}:`);
  return ["services:", ...lines, ...(below.length ? ["volumes:", ...below] : [])].join("\n") + "\n";
}

function monitors(program, state) {
  const found = new Map();
  for (const each of picked(program, state).flatMap(one => one.monitors ?? []))
    if (!found.has(each.id)) found.set(each.id, each);
  return [...found.values()];
}

export function blueprint(program, answers) {
  const state = stateOf(program, answers), known = state.known;
  const dependencies = new Map();
  for (const one of picked(program, state))
    if (one.dependencies) dependencies.set(one.name, one.dependencies);
  return {
    schema: "statusgen/blueprint@1",
    wizard: {id: program.id, name: program.name, version: program.version},
    name: projectName(program, state),
    link: linkOf(program, known),
    answers: written(program, known),
    derived: new Map(program.derive.filter(one => one.id in state.derived)
      .map(one => [one.id, state.derived[one.id]])),
    choices: program.questions
      .filter(one => !one.fact && one.options.length && known[one.id] !== undefined)
      .map(one => {
        const now = state.recommended[one.id];
        return {
          question: one.id, name: one.name, phase: one.phase, chosen: chosen(known[one.id]),
          recommended: now?.options ?? [], reason: now ? ruleOf(program, now.rule).why : "",
          rule: now?.rule ?? "",
        };
      }),
    cost: {
      currency: program.currency, low: plain(state.cost.low),
      high: state.cost.high === null ? null : plain(state.cost.high),
      open: state.cost.open, unpriced: state.cost.unpriced,
      bill: state.cost.bill.map(one => ({
        ...one, used: plain(one.used), free: plain(one.free), paid: plain(one.paid),
        low: plain(one.low), high: one.high === null ? null : plain(one.high),
      })),
    },
    conflicts: state.conflicts,
    warnings: program.warn.filter(one => state.warnings.includes(one.id))
      .map(one => ({rule: one.id, text: one.text})),
    open: state.open,
    tree: tree(program, state),
    dependencies,
    environment: environment(program, state),
    compose: compose(program, state),
    monitors: monitors(program, state),
  };
}

// JSON, as Python's json writes it with an indent of one. Maps keep their order, whatever the keys.
function json(value, indent = 0) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const list = Array.isArray(value), space = " ".repeat(indent + 1);
  const parts = list ? value.map(one => json(one, indent + 1)) : pairs(value)
    .map(([key, one]) => `${JSON.stringify(key)}: ${json(one, indent + 1)}`);
  const [start, end] = list ? "[]" : "{}";
  if (!parts.length) return start + end;
  return `${start}\n${space}${parts.join(`,\n${space}`)}\n${" ".repeat(indent)}${end}`;
}

const pairs = value => value instanceof Map ? [...value] : Object.entries(value);

// YAML, as base/yamlwrite writes it.

const UNPRINTABLE =
  /[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;
const quoted = text => JSON.stringify(text)
  .replace(UNPRINTABLE, one => "\\u" + one.codePointAt(0).toString(16).padStart(4, "0"));
const WORDS = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
const keyed = text =>
  /^[A-Za-z][A-Za-z0-9_-]*$/.test(text) && !WORDS.includes(text.toLowerCase()) ? text : quoted(text);
const isMap = value => value !== null && typeof value === "object" && !Array.isArray(value);

const mapping = (data, indent) => pairs(data)
  .flatMap(([key, value]) => under(" ".repeat(indent) + keyed(key) + ":", value, indent));

function under(head, value, indent) {
  if (isMap(value) && pairs(value).length) return [head, ...mapping(value, indent + 2)];
  if (Array.isArray(value) && value.length)
    return [head, ...value.flatMap(one => element(one, indent + 2))];
  return [scalar(head, value)];
}

function element(value, indent) {
  const space = " ".repeat(indent);
  if (isMap(value) && pairs(value).length) {
    const [first, ...rest] = mapping(value, indent + 2);
    return [`${space}- ${first.trimStart()}`, ...rest];
  }
  return [scalar(`${space}-`, value)];
}

const scalar = (head, value) =>
  Array.isArray(value) ? `${head} []` : isMap(value) ? `${head} {}`
    : typeof value === "boolean" ? `${head} ${value}` : `${head} ${quoted(value)}`;

// The roadmap.

const DEVICE = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/;
const RESERVED = ["v2", "rss.xml", "atom.xml", "feed.json", "summary.json", "index", "index.html"];
const isId = text => /^[a-z0-9][a-z0-9-]{0,62}$/.test(text) && !DEVICE.test(text)
  && !RESERVED.includes(text) && !/^\d{4}-\d\d$/.test(text);

function idLike(text) {
  if (DEVICE.test(text) || RESERVED.includes(text) || /^\d{4}-\d\d$/.test(text))
    return `site-${text}`.replaceAll(".", "-");
  return text.replace(/(?<=[a-z0-9])(?=[A-Z][a-z])/g, "-").toLowerCase().normalize("NFKD")
    .replace(/\p{M}/gu, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 63)
    .replace(/-+$/, "");
}

function planId(program, state) {
  const name = projectName(program, state);
  return isId(name) ? name : isId(idLike(name)) ? idLike(name) : "plan";
}

function planText(program, state) {
  const title = program.title.replaceAll("{name}", () => projectName(program, state));
  const made = {schema: "statusgen/roadmap@1", name: title};
  if (program.summary) made.summary = program.summary;
  if (program.currency !== "USD") made.currency = program.currency;
  if (program.updated) made.as_of = program.updated;
  made.stages = stages(program, state);
  const picture = architecture(program, state);
  if (picture) made.architectures = [picture];
  const groups = picked(program, state).filter(one => one.checklist)
    .map(one => ({name: one.name, points: one.checklist}));
  if (groups.length) made.checklists = [{id: "set-up", name: "Set-up", groups}];
  const notes = program.warn.filter(one => state.warnings.includes(one.id)).map(one => one.text);
  if (notes.length) made.notes = notes;
  return mapping(made, 0).map(line => line + "\n").join("");
}

function stages(program, state) {
  const now = program.scale ? state.known[program.scale] : undefined, own = items(program, state);
  if (now === undefined) return [{id: "stage-now", name: "Now", status: "current", items: own}];
  const scales = entry(program, program.scale).options;
  const at = scales.findIndex(one => one.id === now);
  const made = [{id: `stage-${now}`, name: scales[at].name, status: "current", items: own}];
  for (let next = at + 1; next < scales.length; next++) {
    const before = scales[next - 1], one = scales[next];
    const stage = {id: `stage-${one.id}`, name: one.name, status: "planned"};
    if (before.outgrown) stage.trigger = before.outgrown;
    const changes = changed(program, state, before.id, one.id);
    if (changes.length) stage.items = changes;
    made.push(stage);
  }
  return made;
}

const shortened = text => text.slice(0, 63).replace(/-+$/, "");

function items(program, state) {
  const phases = new Map(program.phases.map(one => [one.id, one.name]));
  const usage = new Map(), made = [];
  for (const one of program.questions)
    if (one.unit && state.known[one.id] !== undefined) usage.set(one.unit, plain(state.known[one.id]));
  for (const question of program.questions) {
    const name = question.id;
    if (question.fact || name === program.scale || state.known[name] === undefined) continue;
    const taken = question.options.length ? chosen(state.known[name]) : [];
    if (question.kind === "one" && taken.length) {
      const good = state.recommended[name]?.options ?? [];
      made.push({
        id: name, name: question.name, category: phases.get(question.phase),
        options: question.options.map(one => considered(one, good.includes(one.id), usage)),
        chosen: {option: taken[0]},
      });
    }
    for (const one of question.kind === "several" ? taken : []) {
      const found = option(question, one), service = {name: found.name};
      if (found.price) service.price = found.price;
      const count = used(found, usage);
      if (count.size) service.usage = count;
      made.push({
        id: shortened(`${name}-${one}`), name: found.name,
        category: found.group ?? question.name, service,
      });
    }
  }
  return made;
}

const used = (one, usage) => new Map((one.cost?.rates ?? [])
  .filter(rate => usage.has(rate.unit)).map(rate => [rate.unit, usage.get(rate.unit)]));

function considered(one, good, usage) {
  const made = {id: one.id, name: one.name};
  if (one.note) made.qualifier = one.note;
  if (good) made.recommended = true;
  if (one.price) {
    made.price = one.price;
    const count = used(one, usage);
    if (count.size) made.usage = count;
  }
  for (const key of ["pros", "cons"]) if (one[key]) made[key] = one[key];
  return made;
}

function changed(program, state, before, after) {
  const phases = new Map(program.phases.map(one => [one.id, one.name])), made = [];
  for (const question of program.questions) {
    const name = question.id, rules = own(program.recommend, name) ?? [];
    const [old, next] = [before, after].map(
      scale => rules.find(one => one.id === `defaults.${name}.${scale}`));
    if (!next || state.known[name] === undefined) continue;
    if (!next.options.length && !(next.words ?? []).length) continue;
    if (old && old.why === next.why) continue;
    made.push({
      id: shortened(`${name}-${after}`), name: `${question.name}: ${next.why}`,
      category: phases.get(question.phase),
    });
  }
  return made;
}

function architecture(program, state) {
  const nodes = new Map();
  for (const name of program.architecture.nodes) {
    const question = entry(program, name);
    const names = chosen(state.known[name]).filter(one => one !== "none");
    if (question.options.length && names.length)
      nodes.set(name, {
        label: names.map(one => option(question, one).name).join(", "), sub: [question.name],
      });
  }
  if (nodes.size < 2) return null;
  const edges = program.architecture.edges.filter(one => nodes.has(one.from) && nodes.has(one.to))
    .map(one => ({from: one.from, to: one.to, label: one.label}));
  const made = {id: "parts", name: "The chosen parts", nodes};
  if (edges.length) made.edges = edges;
  return made;
}

// The decision records.

const escaped = text => text.trim().split(/\s+/u).join(" ").replaceAll("&", "&amp;")
  .replaceAll("<", "&lt;").replace(/([\\`*_[\]{}#|])/g, "\\$1");

export function askedOf(condition) {
  if (["and", "or", "not"].includes(condition[0])) return unique(condition.slice(1).flatMap(askedOf));
  return [condition[1]];
}

export function said(program, name, value) {
  const question = entry(program, name);
  if (question.kind === "number") return plain(value);
  if (question.kind === "yes-no") return value ? "yes" : "no";
  if (question.kind === "text") return value;
  return chosen(value).map(one => option(question, one).name).join(", ") || "none";
}

function records(program, state, day, link, first) {
  const made = {};
  let number = first;
  for (const question of program.questions) {
    const name = question.id;
    if (question.fact || !question.options.length || !chosen(state.known[name]).length) continue;
    const start = String(number++).padStart(4, "0");
    made[`content/decisions/${start}-${planId(program, state)}-${name}.md`] =
      record(program, state, question, day, link).join("\n") + "\n";
  }
  return made;
}

function record(program, state, question, day, link) {
  const taken = chosen(state.known[question.id]).map(one => option(question, one));
  const names = taken.map(one => escaped(one.name)).join(", ");
  const now = state.recommended[question.id], rule = now && ruleOf(program, now.rule);
  const drivers = (rule ? askedOf(rule.when) : []).filter(one => state.known[one] !== undefined)
    .map(one => `* ${escaped(entry(program, one).name)}: `
      + escaped(said(program, one, state.known[one])));
  const told = taken.flatMap(points);
  const unfit = state.conflicts.filter(one => one.question === question.id).map(one =>
    `* ${escaped(option(question, one.option).name)}: ${escaped(forbids(program, one.rule))}`);
  const others = question.options.filter(one => points(one).length || one.price);
  return [
    "---", "status: accepted", `date: ${day}`, "---", "",
    `# ${escaped(question.name)}: ${names}`, "",
    "## Context and Problem Statement", "", escaped(question.ask), "",
    ...(drivers.length ? ["## Decision Drivers", "", ...drivers, ""] : []),
    "## Considered Options", "", ...question.options.map(one => `* ${escaped(one.name)}`), "",
    "## Decision Outcome", "", `Chosen: "${names}", because ${because(question, taken, now, rule)}.`,
    ...(unfit.length ? ["", "What does not fit:", "", ...unfit] : []),
    ...(told.length ? ["", "### Consequences", "", ...told] : []),
    ...(others.length ? ["", "## Pros and Cons of the Options"] : []),
    ...others.flatMap(one => ["", `### ${escaped(one.name)}`, "",
      ...(one.price ? [`Price: ${escaped(one.price)}`, ""] : []), ...points(one)]),
    "", "## More Information", "", `Answers: \`${link}\``,
  ];
}

const points = one => [
  ...(one.pros ?? []).map(text => `* Good for: ${escaped(text)}`),
  ...(one.cons ?? []).map(text => `* Bad: ${escaped(text)}`),
];

function forbids(program, id) {
  const rule = ruleOf(program, id), named = (rule.named ?? []).join(" or ");
  if (rule.kind === "requires") return `works only with ${named}`;
  if (rule.kind === "conflicts") return `does not work with ${named}`;
  return rule.why || id;
}

function because(question, taken, now, rule) {
  const good = now?.options ?? [];
  if (!good.length) return "that was the answer; the wizard recommended nothing here";
  const why = rule.why ? escaped(rule.why) : "";
  if (taken.some(one => good.includes(one.id)))
    return why ? `it is recommended (${why})` : "it is recommended";
  const names = good.map(one => escaped(option(question, one).name)).join(", ");
  return `it was taken over what is recommended (${names})`;
}

// Every file by its path.
export function outputFiles(program, answers, day, first = 1) {
  const state = stateOf(program, answers), made = blueprint(program, answers);
  const name = planId(program, state);
  const files = {
    [`data/roadmaps/${name}.yml`]: planText(program, state),
    ...records(program, state, day, linkOf(program, state.known), first),
    [`data/blueprints/${name}.json`]: json(made) + "\n",
  };
  if (made.compose) files[`data/blueprints/${name}.compose.yml`] = made.compose;
  if (made.monitors.length)
    files["monitors.yml"] = ["monitors:", ...made.monitors.map(one =>
      `  - {id: ${one.id}, name: ${quoted(one.name)}, url: ${quoted(one.url)}}`
      + (one.fill ? "  # put your own address here" : ""))].join("\n") + "\n";
  return files;
}
