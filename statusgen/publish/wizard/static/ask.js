// The page of a wizard: one question at a time. The answers stand in the address's fragment alone.

import {
  accept, chosen, cost, dict, entry, linkOf, moneyRange, option, own, plain, readLink, stateOf,
} from "./machine.js";
import {why} from "./why.js";
import {outputFiles, said} from "./blueprint.js";
import {zipped} from "./zip.js";

const root = document.getElementById("asked");
const words = JSON.parse(root.dataset.words);
const program = await (await fetch(root.dataset.program)).json();
const say = (key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole);

let answers = dict(), at = null, told = [], other = null;
const past = []; // what undo goes back to
// It stays while the rest is drawn anew: what appears in it is read out.
const total = make("p", {class: "ask-total", role: "status"});
root.after(total);

function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== "") made.setAttribute(name, value);
  made.append(...inside.filter(one => one !== null && one !== ""));
  return made;
}

const amount = found =>
  moneyRange(program.sign, found.low, found.high) + (found.open.length && found.high !== null ? " + ?" : "");
const number = value => {
  const [whole, rest] = plain(value).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
};
const nameOf = name => entry(program, name).name;
const phrase = (name, value) => {
  if (value === undefined) return say("unanswered");
  if (value === true || value === false) return say(value ? "yes" : "no");
  return Array.isArray(value) && !value.length ? say("none-of-these") : said(program, name, value);
};

function ruleText(id) {
  const rule = program.forbid.find(one => one.id === id);
  if (rule.kind === "requires") return say("works-only", {names: rule.named.join(", ")});
  if (rule.kind === "conflicts") return say("works-not", {names: rule.named.join(", ")});
  return rule.why || id;
}

// The address.

function read() {
  const fragment = location.hash.slice(1);
  if (/^(phase-|option-|defaults$|examples$|audit$|phases$)/.test(fragment)) {
    const phase = /^(?:phase-|option-)([a-z0-9-]+)/.exec(fragment);
    const page = phase ? phase[1] + "/" : "";
    location.replace(root.dataset.guide + page + location.hash); // where it stood before
    return;
  }
  [answers, told] = fragment ? readLink(program, fragment) : [dict(), []];
  const state = stateOf(program, answers), kept = history.state?.at;
  at = kept !== undefined && (kept === null || state.visible.includes(kept)) ? kept
    : Object.keys(state.known).length ? state.open[0] ?? null : state.visible[0];
  show(false);
}

function go(next, changed = answers) {
  if (changed !== answers) past.push([answers, at]);
  place(next, changed);
}

function undo() {
  const [changed, next] = past.pop();
  place(next, changed);
}

function place(next, changed) {
  answers = changed;
  at = next;
  told = [];
  history.pushState({at}, "", Object.keys(answers).length ? "#" + linkOf(program, answers) : "#");
  show(true);
}

function after(name, changed) {
  const visible = stateOf(program, changed).visible;
  return visible[visible.indexOf(name) + 1] ?? null;
}

function before(name) {
  const visible = stateOf(program, answers).visible;
  return visible[(name === null ? visible.length : visible.indexOf(name)) - 1];
}

// The page.

function show(focus) {
  const state = stateOf(program, answers);
  root.replaceChildren(rail(state), make("div", {class: "ask-main"},
    ...told.map(one => make("p", {class: "ask-told", role: "alert"}, say(one.key, one.values))),
    at === null ? result(state) : question(state)));
  if (focus) root.querySelector("h2").focus();
  tell(state.cost);
}

// The total, where it is shown and for who hears the page.
function tell(found) {
  const text = say("a-month", {cost: amount(found)});
  root.querySelector(".ask-cost strong").textContent = text;
  if (total.textContent !== text) total.textContent = text;
}

function rail(state) {
  const phases = program.phases.map(phase => {
    const own = state.visible.filter(name => entry(program, name).phase === phase.id);
    const main = own.find(name => name === phase.id) ?? own[own.length - 1];
    const here = at !== null && entry(program, at).phase === phase.id;
    const answer = main && state.known[main] !== undefined ? phrase(main, state.known[main]) : "";
    return make("li", {},
      make("button", {type: "button", "aria-current": here ? "step" : "", onclick: () => go(own[0])},
        make("span", {}, `${phase.number} ${phase.name}`),
        answer && make("small", {}, answer)));
  });
  return make("nav", {class: "ask-rail", "aria-label": say("phases")},
    make("p", {class: "ask-cost"}, make("strong", {})),
    ...state.cost.bill.map(one => make("p", {class: "muted"}, billed(one))),
    make("details", {open: matchMedia("(min-width: 60em)").matches},
      make("summary", {}, say("phases")),
      make("ol", {}, ...phases,
        make("li", {}, make("button", {type: "button", "aria-current": at === null ? "step" : "",
          onclick: () => go(null)}, say("answers"))))));
}

function question(state) {
  const one = entry(program, at), best = state.recommended[at];
  const phase = program.phases.find(each => each.id === one.phase);
  const given = answers[at] ?? preset(state, one);
  const error = make("p", {class: "ask-told", role: "alert"});
  const form = make("form", {novalidate: true, onchange: () => {
    try {
      tell(cost(program, dict(state.known, {[at]: accept(one, value(form, one))})));
    } catch (refused) {
      if (!refused.key) throw refused; // not finished yet
    }
  }, onsubmit: event => {
    event.preventDefault();
    try {
      const changed = dict(answers, {[at]: accept(one, value(form, one))});
      go(after(at, changed), changed);
    } catch (refused) {
      if (!refused.key) throw refused;
      error.textContent = say(refused.key, refused.values);
    }
  }});
  const hint = [one.help, best?.words.length && say("no-option", {words: best.words.join(", ")}),
    best?.need && say(best.need)].filter(Boolean);
  form.append(
    make("fieldset", {"aria-describedby": hint.length ? "hint" : ""},
      make("legend", {}, make("span", {class: "ask-phase"},
        say("phase", {number: phase.number, count: program.phases.length, name: phase.name})),
      make("h2", {tabindex: "-1"}, one.ask)),
      hint.length ? make("p", {class: "muted", id: "hint"}, hint.join(" ")) : "",
      best ? asking() : "",
      ...fields(state, one, given)),
    error,
    make("p", {class: "ask-steps"},
      make("button", {type: "submit", class: "ask-next"}, say("next")),
      before(at) === undefined ? "" : make("button", {type: "button", onclick: () => go(before(at))}, say("back")),
      one.optional ? make("button", {type: "button", onclick: () => {
        const changed = dict(answers);
        delete changed[at];
        go(after(at, changed), changed);
      }}, say("skip")) : "",
      undoing()));
  return make("div", {}, at === state.visible[0] ? presets() : "", form);
}

const undoing = () => past.length ? make("button", {type: "button", onclick: undo}, say("undo")) : "";

// Why: the rule, the answers that made it hold, and the nearest change, reckoned when it is asked.
function asking() {
  const name = at, about = make("div", {});
  return make("details", {class: "ask-reason", ontoggle: () => {
    if (about.childElementCount) return;
    const found = why(program, answers, name), near = found.nearest;
    const change = near?.answers.map(([one, value]) => `${nameOf(one)}: ${phrase(one, value)}`);
    const then = near && [...near.options.map(one => option(entry(program, name), one).name), ...near.words];
    const known = found.fired.filter(one => own(answers, one) !== undefined);
    about.append(
      make("p", {}, found.reason ? `${found.rule}: ${found.reason}` : found.rule),
      make("ul", {}, ...known.map(one => make("li", {}, `${nameOf(one)}: ${phrase(one, answers[one])}`))),
      make("p", {}, near ? say("nearest", {changes: change.join("; "),
        options: then.join(", ") || say("none-of-these")}) : say("nearest-none")));
  }}, make("summary", {}, say("why")), about);
}

function preset(state, one) {
  const found = state.defaults[one.id] ?? state.recommended[one.id]?.options ?? [];
  if (!found.length) return undefined;
  return one.kind === "several" ? found : found[0];
}

function presets() {
  if (!program.presets.length) return "";
  return make("p", {class: "ask-presets"}, say("begin-with") + " ",
    ...program.presets.map(one => make("button", {type: "button",
      onclick: () => go(at, dict(answers, one.answers))}, one.name)));
}

function fields(state, one, given) {
  if (one.kind === "text" || one.kind === "number")
    return [make("p", {}, make("input", {
      type: "text", name: "answer", autocomplete: "off", spellcheck: "false",
      inputmode: one.kind === "number" ? "decimal" : "", "aria-label": one.name,
      value: given === undefined ? "" : one.kind === "number" ? plain(given) : given,
    }), one.unit ? ` ${one.unit}` : "")];
  if (one.kind === "yes-no")
    return [["yes", true], ["no", false]].map(([word, meaning]) => make("label", {class: "ask-option"},
      make("input", {type: "radio", name: "answer", value: word, checked: given === meaning}),
      make("span", {class: "ask-name"}, say(word))));
  let group = "";
  const totals = new Map(one.options.map(each => [each.id, totalWith(state, one, each.id)]));
  const differ = new Set(totals.values()).size > 1;
  return one.options.flatMap(each => {
    const made = choice(state, one, each, given, each.price || differ ? totals.get(each.id) : "");
    const head = (each.group ?? "") !== group ? [make("h3", {}, group = each.group ?? "")] : [];
    return [...head, made];
  });
}

function totalWith(state, one, id) {
  const next = one.kind === "several" ? [...new Set([...chosen(answers[one.id]), id])] : id;
  return say("a-month", {cost: amount(cost(program, dict(state.known, {[one.id]: next})))});
}

function choice(state, one, each, given, becomes) {
  const no = state.blocked[one.id]?.[each.id], best = state.recommended[one.id];
  const good = best?.options.includes(each.id), id = `about-${each.id}`;
  const several = one.kind === "several";
  const facts = [...each.facets ?? [],
    ...["pros", "cons"].filter(key => each[key] && !each.facets).map(key => [say(key), each[key]])];
  return make("div", {class: "ask-option" + (no ? " ask-no" : "")},
    make("label", {},
      make("input", {type: several ? "checkbox" : "radio", name: "answer", value: each.id,
        checked: chosen(given).includes(each.id), "aria-describedby": id}),
      make("span", {class: "ask-name"}, each.name),
      each.note ? make("span", {class: "muted"}, ` ${each.note}`) : ""),
    make("div", {class: "ask-about", id},
      good ? make("p", {class: "ask-good"}, "★ " + say("recommended", {why: reason(state, best)})) : "",
      no ? make("p", {class: "ask-why"}, "✗ " + ruleText(no)) : "",
      becomes ? make("p", {}, [each.price, each.as_of && `(${each.as_of})`, "→", becomes]
        .filter(Boolean).join(" ")) : ""),
    facts.length || each.links ? make("details", {},
      make("summary", {"aria-label": `${say("details")}: ${each.name}`}, say("details")),
      make("dl", {}, ...facts.flatMap(([label, list]) =>
        [make("dt", {}, label), make("dd", {}, list.join(", "))])), sources(each)) : "");
}

const sources = each => each.links ? make("ul", {}, ...each.links.map(([text, url]) =>
  make("li", {}, /^https?:\/\/[^@\s]+$/.test(url) ? make("a", {href: url, rel: "noreferrer"}, text) : text))) : "";

function billed(one) {
  return say("bill", {
    name: `${nameOf(one.question)} (${option(entry(program, one.question), one.option).name})`, used: number(one.used),
    unit: one.unit, free: number(one.free), paid: number(one.paid),
    cost: moneyRange(program.sign, one.low, one.high),
  });
}

// What is counted, and what comes of it, with where the price was read.
function bill(state) {
  const counts = state.counts.filter(one => one.value);
  if (!counts.length && !state.cost.bill.length) return "";
  return make("section", {class: "ask-bill"}, make("h3", {}, say("cost")),
    make("ul", {}, ...counts.map(one => make("li", {}, `${number(one.value)} `
      + (program.counts.find(rule => rule.id === one.rule).why || one.unit))),
    ...state.cost.bill.map(one => {
      const taken = option(entry(program, one.question), one.option);
      return make("li", {}, billed(one), taken.as_of ? ` (${taken.as_of})` : "", sources(taken));
    })));
}

function reason(state, best) {
  const rule = own(program.recommend, at).find(one => one.id === best.rule);
  const names = [...new Set(JSON.stringify(rule.when).match(/"[^"]+"/g).map(one => one.slice(1, -1)))]
    .filter(name => state.known[name] !== undefined && program.questions.some(q => q.id === name));
  return names.map(name => `${nameOf(name)}: ${phrase(name, state.known[name])}`).join("; ");
}

function value(form, one) {
  const data = new FormData(form);
  if (one.kind === "several") return data.getAll("answer");
  return data.get("answer") ?? "";
}

// The result.

function result(state) {
  const trouble = [
    ...state.conflicts.map(one =>
      `${nameOf(one.question)}: ${option(entry(program, one.question), one.option).name} – `
      + ruleText(one.rule)),
    ...program.warn.filter(one => state.warnings.includes(one.id)).map(one => one.text)];
  return make("div", {},
    make("h2", {tabindex: "-1"}, say("answers")),
    make("p", {class: "lede"}, say("a-month", {cost: amount(state.cost)})),
    trouble.length ? make("section", {class: "ask-told"}, make("h3", {}, say("fits-not")),
      make("ul", {}, ...trouble.map(one => make("li", {}, one)))) : "",
    bill(state), table(state), links(), comparing(state), files());
}

function table(state) {
  const there = other && stateOf(program, other);
  const names = program.questions.map(one => one.id).filter(
    name => state.visible.includes(name) || there?.known[name] !== undefined);
  const rows = names.map(name => {
    const here = phrase(name, state.known[name]), that = there && phrase(name, there.known[name]);
    return make("tr", {class: there && here !== that ? "ask-differs" : ""},
      make("th", {scope: "row"}, make("button", {type: "button", onclick: () => go(name)}, nameOf(name))),
      make("td", {}, here), there ? make("td", {}, that) : "");
  });
  const costs = make("tr", {}, make("th", {scope: "row"}, say("cost")),
    make("td", {}, amount(state.cost)), there ? make("td", {}, amount(there.cost)) : "");
  const head = there ? make("thead", {}, make("tr", {}, make("td", {}),
    make("th", {scope: "col"}, say("this-link")), make("th", {scope: "col"}, say("other-link")))) : "";
  return make("table", {class: "ask-table"}, head, make("tbody", {}, ...rows, costs));
}

function links() {
  return make("p", {class: "ask-steps"},
    copying(say("copy-link"), () => location.href.replace(/#.*/, "") + "#" + linkOf(program, answers)),
    make("button", {type: "button", onclick: () => { other = null; go(stateOf(program, {}).visible[0], dict()); }},
      say("anew")), undoing());
}

function copying(title, text) {
  return make("button", {type: "button", onclick: async event => {
    await navigator.clipboard.writeText(text());
    event.target.textContent = say("copied");
  }}, title);
}

function comparing(state) {
  const field = make("input", {type: "text", id: "other", autocomplete: "off"});
  return make("form", {class: "ask-compare", onsubmit: event => {
    event.preventDefault();
    [other, told] = readLink(program, field.value);
    show(true);
  }}, make("label", {for: "other"}, say("compare-with")), field,
  make("button", {type: "submit"}, say("compare")),
  ...(other ? stateOf(program, other).conflicts.map(one =>
    make("p", {}, `${say("other-link")}: ${option(entry(program, one.question), one.option).name} – `
      + ruleText(one.rule))) : []));
}

function files() {
  const day = new Date().toISOString().slice(0, 10), made = outputFiles(program, answers, day);
  return make("section", {class: "ask-files"},
    make("h3", {}, say("files")),
    make("p", {class: "ask-steps"}, make("button", {type: "button", class: "ask-next", onclick: () => {
      const url = URL.createObjectURL(new Blob([zipped(made)], {type: "application/zip"}));
      make("a", {href: url, download: `${program.id}.zip`}).click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    }}, say("zip"))),
    ...Object.entries(made).map(([path, text]) => make("details", {},
      make("summary", {}, path), copying(say("copy"), () => text),
      make("pre", {tabindex: "0"}, text))));
}

addEventListener("popstate", read);
addEventListener("hashchange", read);
read();
