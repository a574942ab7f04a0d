// The parts a message can carry: a card with its sources, buttons, a form, a poll, files.
import { get, query } from "/page/api.js";
import { h, icon } from "/page/dom.js";
import { inline, markdown, safeUrl } from "/page/markdown.js";
import { showRecord } from "/page/record.js";
import { age, full, until } from "/page/time.js";
import { t } from "/page/words.js";

const MANY_FACTS = 6;

// folded: its facts behind one line, where something else shows their values.
export function card(shown, folded = false) {
  const lines = shown.lines || [];
  return h("section", { class: "card" },
    shown.title ? h("h3", { class: "card-title" }, inline(shown.title)) : null,
    lines.length ? h("div", { class: "card-lines" }, lines.map((line) => h("div", { class: "card-line" }, markdown(line)))) : null,
    facts(shown.facts || [], folded));
}

function facts(list, folded) {
  if (!list.length) return null;
  const groups = [...Map.groupBy(list.map(split), ([group]) => group)];
  const chips = groups.map(([group, items]) => factGroup(groups.length > 1 ? group : "", items));
  if (list.length <= MANY_FACTS && !folded) return h("div", { class: "fact-groups" }, chips);
  return h("details", { class: "many-facts", "data-key": "facts" }, h("summary", {}, h("span", { text: t("{count} facts", { count: list.length }) }), origins(list)), h("div", { class: "fact-groups" }, chips));
}

// Where all facts of a group were read together, their source is written once.
function factGroup(name, items) {
  const together = items.length > 1 && new Set(items.map(([, , item]) => `${item.source}|${item.fetched_at}`)).size === 1;
  return h("div", { class: "fact-group" }, name ? h("span", { class: `fact-of${name.length > 3 ? " named" : ""}`, text: name }) : null,
    h("ul", { class: "facts", "aria-label": t("Facts and their sources") }, items.map(([, label, item]) => fact(item, label, !together)),
      together ? h("li", { class: "fact-source" }, source(items[0][2])) : null));
}

// "2 · Price" is the price of what stands under 2, "Fort Jesus – Open" when Fort Jesus is open.
function split(item) {
  const parts = /^(.{1,60}?) [·–] (.+)$/.exec(item.label);
  return parts ? [parts[1], parts[2], item] : ["", item.label, item];
}

function origins(list) {
  const sources = [...new Set(list.map((item) => item.source))];
  const oldest = list.map((item) => item.fetched_at).sort()[0];
  const names = sources.length > 2 ? t("{first} and {count} more sources", { first: sources[0], count: sources.length - 1 }) : sources.join(t(" and "));
  return h("span", { class: "fact-source" }, t(" from {names} · ", { names }), h("time", { class: "age", datetime: oldest, text: age(oldest) }));
}

function source(item) {
  return [item.source, item.fetched_at ? [" · ", h("time", { class: "age", datetime: item.fetched_at, text: age(item.fetched_at) })] : null];
}

function fact(item, label, withSource) {
  const own = item.source === "Caravan";
  const title = own ? t("Worked out by Caravan from the other facts.") : t(item.fetched_at ? "From {source}, record {ref}, read {at}. Press to see the supplier's own record." : "From {source}, record {ref}. Press to see the supplier's own record.", { source: item.source, ref: item.ref, at: item.fetched_at && full(item.fetched_at) });
  const check = () => showRecord(item, own ? null : get(query("/simulator/world", { ref: item.ref, at: item.fetched_at })));
  return h("li", {}, h("button", { type: "button", class: "fact", title, on: { click: check } },
    h("span", {}, h("span", { class: "fact-label", text: label }), " ", h("span", { class: "fact-value", text: item.value })),
    withSource ? h("span", { class: "fact-source" }, source(item)) : null));
}

export function buttons(list, press) {
  if (!list?.length) return null;
  return h("div", { class: `buttons${list.length > 4 ? " many" : ""}`, role: "group", "aria-label": t("Choices") }, list.map((item) => (item.url ? linkButton(item) : button(item, press))));
}

function linkButton(item) {
  const url = safeUrl(item.url);
  if (!url) return h("span", { class: "choice disabled", text: item.label });
  return h("a", { class: "choice link", href: url, target: "_blank", rel: "noopener noreferrer" }, item.label, icon("link"));
}

function button(item, press) {
  const click = (event) => press(item, event.currentTarget);
  return h("button", { type: "button", class: "choice", "data-key": `b:${item.id}`, "data-button": item.id, on: { click } }, item.label);
}

const INPUTS = {
  date: { type: "date" },
  count: { type: "number", min: "0", step: "1", inputmode: "numeric" },
  money: { type: "text", inputmode: "decimal", placeholder: "60 000 KES" },
  person: { type: "text", list: "known-people" },
  location: { type: "text", placeholder: t("Town or airport") },
};

export function form(fields, id) {
  if (!fields?.length) return null;
  return h("div", { class: "form" }, fields.map((field) => formField(field, `f-${id}-${field.name}`)));
}

function formField(field, id) {
  const label = field.name.replace(/_/g, " ");
  return h("div", { class: `field type-${field.type}` }, h("label", { for: id, text: label[0].toUpperCase() + label.slice(1) }), input(field, id));
}

function input(field, id) {
  const common = { id, name: field.name, "data-key": `f:${field.name}` };
  if (field.options?.length) {
    return h("select", common, h("option", { value: "", text: t("Choose…") }), field.options.map((option) => h("option", { value: option, text: option })));
  }
  if (field.type === "flag") return h("input", { ...common, type: "checkbox" });
  return h("input", { ...common, ...(INPUTS[field.type] || { type: "text" }), autocomplete: "off" });
}

export function formValues(node) {
  const values = {};
  for (const field of node.querySelectorAll(".form [name]")) {
    if (field.type === "checkbox") values[field.name] = field.checked;
    else if (field.value.trim()) values[field.name] = field.type === "number" ? Number(field.value) : field.value.trim();
  }
  return values;
}

const STATES = { closed: t("Closed"), tie: t("It is a tie"), no_quorum: t("Too few voted") };

export function poll(shown, choices, press) {
  const total = shown.options.reduce((sum, option) => sum + option.votes, 0);
  const state = shown.state === "open" ? until(shown.closes_at) : STATES[shown.state] || shown.state;
  const quorum = shown.quorum && shown.state === "open" ? ` · ${t("{given} of {quorum} needed", { given: Math.min(total, shown.quorum), quorum: shown.quorum })}` : "";
  return h("div", { class: `poll ${shown.state}` },
    h("ul", { class: "options" }, shown.options.map((option) => pollOption(option, total, shown, choices, press))),
    h("p", { class: "poll-state" }, `${votesOf(total)} · ${state}${quorum}`));
}

function pollOption(option, total, shown, choices, press) {
  const share = total ? Math.round((100 * option.votes) / total) : 0;
  const choice = choiceFor(option, choices);
  const won = shown.winner === option.id;
  const row = [
    h("span", { class: "option-label" }, won ? icon("check") : null, option.label, option.detail ? h("span", { class: "option-detail", text: option.detail }) : null),
    h("span", { class: "option-votes", text: String(option.votes) }),
    bar(share),
  ];
  const classes = `option${won ? " winner" : ""}`;
  const spoken = `${pollWords(option)}${won ? t(", the winner") : ""}`;
  if (!choice || shown.state !== "open") return h("li", { class: classes, "aria-label": spoken }, row);
  const click = (event) => event.detail < 2 && press(choice, event.currentTarget); // a double click is one vote
  return h("li", {}, h("button", { type: "button", class: classes, "aria-label": t("Vote for {option}", { option: spoken }), "data-key": `o:${option.id}`, "data-button": choice.id, on: { click } }, row));
}

function votesOf(count) {
  return t(count === 1 ? "{count} vote" : "{count} votes", { count });
}

function pollWords({ label, detail, votes }) {
  return `${label}${detail ? `, ${detail}` : ""}: ${votesOf(votes)}`;
}

// A poll as a screen reader tells how it stands.
export function pollSpoken(entry) {
  return `${entry.card?.title || t("Vote")} ${entry.poll.options.map(pollWords).join(". ")}`;
}

function bar(share) {
  const filled = h("span", { class: "bar-filled" });
  filled.style.width = `${share}%`;
  return h("span", { class: "bar", role: "img", "aria-label": t("{share} per cent", { share }) }, filled);
}

export function choiceFor(option, choices = []) {
  return choices.find((item) => item.id === option.id) || choices.find((item) => item.label === option.label);
}

export function files(list) {
  if (!list?.length) return null;
  return h("div", { class: "files" }, list.map(file));
}

export function spot(at) {
  return at ? h("p", { class: "file spot" }, icon("pin"), `${at.lat.toFixed(4)}, ${at.lon.toFixed(4)}`) : null;
}

function file(item) {
  const url = safeUrl(item.url);
  const open = { href: url, target: "_blank", rel: "noopener noreferrer" };
  if (url && /^image\/(png|jpe?g|gif|webp|avif|svg\+xml)$/.test(item.mime)) {
    return h("a", { ...open, class: "picture", "aria-label": t("Open {name}", { name: item.name }) }, h("img", { src: url, alt: item.name, loading: "lazy" }));
  }
  return h(url ? "a" : "span", { ...(url ? { ...open, download: item.name } : {}), class: "file" }, icon("file"), h("span", { class: "file-name", text: item.name }), h("span", { class: "file-mime", text: item.mime }));
}
