// Who is in the open thread: people and personas; people can be added and taken off here.
import { openPlace, state } from "/page/bus.js";
import { avatar, h, icon, iconButton } from "/page/dom.js";
import { submit } from "/page/outbox.js";
import { refresh } from "/page/places.js";
import { go, link } from "/page/route.js";
import { sorry, toast } from "/page/toast.js";
import { t } from "/page/words.js";

export function membersPanel(close, say) {
  const here = openPlace();
  if (!here) return [];
  return [
    h("header", { class: "panel-head" }, h("h2", { text: t("In this thread") }), iconButton("close", t("Close"), close)),
    h("h3", { text: t("People · {count}", { count: here.people.length }) }), h("ul", { class: "members" }, here.people.map((name) => person(name, here))), addForm(here),
    h("h3", { text: t("Personas · {count}", { count: (here.personas || []).length }) }), personas(here, say),
    h("p", { class: "panel-note", text: likeNote(here) }),
  ];
}

function person(name, here) {
  return h("li", {}, avatar(name, "person", "small"), name === state.me ? h("span", { class: "member-name" }, name, h("span", { class: "soft", text: t("you") })) : h("button", { type: "button", class: "member-name", title: t("Speak as {name} here", { name }), "aria-label": t("Speak as {name}", { name }), on: { click: () => go(name, here.place) } }, name),
    h("a", { class: "icon-button small", href: link(name, here.place), target: "_blank", rel: "noopener", title: t("Second window as {name}", { name }), "aria-label": t("Second window as {name}", { name }) }, icon("window")),
    here.kind === "group" ? iconButton("trash", t("Remove {name}", { name }), () => change(here, { remove: [name] }, t("{name} was removed.", { name })), { class: "small" }) : null);
}

function addForm(here) {
  if (here.kind !== "group") return null;
  const typed = h("input", { type: "text", placeholder: t("Add a person…"), "aria-label": t("Add a person"), maxlength: "60", list: "people-to-add", autocomplete: "off" });
  const known = h("datalist", { id: "people-to-add" }, state.people.filter((name) => !here.people.includes(name)).map((name) => h("option", { value: name })));
  const add = (event) => {
    event.preventDefault();
    const name = typed.value.trim();
    if (name) change(here, { add: [name] }, t("{name} was added.", { name }));
    typed.value = "";
  };
  return h("form", { class: "add-member", on: { submit: add } }, typed, known, h("button", { type: "submit", class: "choice" }, t("Add")));
}

async function change(here, what, done) {
  try {
    await submit("/simulator/members", { place: here.place, ...what });
    toast(done);
    await refresh();
  } catch (error) {
    sorry(error);
  }
}

// What is said for a press on a persona, as the person who speaks could say it too.
const ACTIONS = [["switch", t("Switch to")], ["quiet", t("Silence")], ["wake", t("Wake")], ["remove", t("Remove")]];

function personas(here, say) {
  const act = (name) => ([command, label]) => h("button", { type: "button", class: "choice small", "aria-label": `${label}: ${name}`, on: { click: () => (say(`/${command} ${name}`), setTimeout(refresh, 600)) } }, label);
  const list = (here.personas || []).map((name) => h("li", { class: "with-actions" }, avatar(name, "persona", "small"), h("span", { class: "member-name" }, name, h("span", { class: "badge", text: t("persona") })),
    h("div", { class: "member-actions" }, ACTIONS.map(act(name)))));
  return h("div", {}, h("ul", { class: "members" }, list),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "choice", on: { click: () => say("/persona new") } }, t("Create a persona")), h("button", { type: "button", class: "choice", on: { click: () => say("/add ") } }, t("Add one to this thread"))));
}

function likeNote(here) {
  return here.like ? t("This thread keeps {network}'s limits: length of texts, buttons, edits and private replies are as there.", { network: here.like[0].toUpperCase() + here.like.slice(1) }) : t("This thread has no network's limits: everything can be shown.");
}
