// The left side: who speaks, their threads with last line and unread count, and a new thread.
import { emit, on, state } from "/page/bus.js";
import { avatar, h, icon, iconButton, logo } from "/page/dom.js";
import { say } from "/page/outbox.js";
import { lastLine, unreadInAll } from "/page/places.js";
import { go, link } from "/page/route.js";
import { brief } from "/page/time.js";
import { keepLanguage, language, t } from "/page/words.js";

// As their speakers call them.
const OTHER = { en: "Kiswahili", sw: "English" };

export class Side {
  constructor(node, { onCreate, onWorld }) {
    this.whoName = h("span", { class: "switch-name" });
    this.whoAvatar = h("span");
    this.typed = h("input", { type: "text", placeholder: t("Somebody new…"), "aria-label": t("Name of somebody new"), maxlength: "60", autocomplete: "off" });
    this.names = h("ul", { "aria-label": t("People") });
    this.menu = h("div", { class: "people-menu", id: "people-menu", hidden: true }, this.names,
      h("button", { type: "button", class: "choice small tongue", lang: language === "sw" ? "en" : "sw", on: { click: () => this.speakOther() } }, OTHER[language]),
      h("form", { class: "new-person", on: { submit: (event) => this.submit(event) } }, this.typed, h("button", { type: "submit", class: "choice" }, t("Speak"))));
    this.switcher = h("button", { type: "button", class: "switch", "aria-expanded": "false", "aria-controls": "people-menu", "aria-label": t("Speak as"), on: { click: () => this.toggle() } },
      this.whoAvatar, h("span", { class: "switch-text" }, h("span", { class: "soft", text: t("You speak as") }), this.whoName), icon("chevron"));
    this.offline = h("p", { class: "side-offline", hidden: true, role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), t("Reconnecting…"));
    this.known = h("datalist", { id: "known-people" });
    this.list = h("nav", { class: "threads", "aria-label": t("Threads") });
    node.append(
      h("header", { class: "side-head" }, h("h1", { class: "brand" }, h("span", { class: "brand-mark" }, logo()), "Caravan"),
        iconButton("world", t("World: clock and faults"), onWorld), iconButton("plus", t("New thread"), onCreate, { class: "primary", id: "new-thread" })),
      h("div", { class: "switch-box" }, this.switcher, this.menu), this.offline, this.list, this.known);
    this.onCreate = onCreate;
    this.listen(node);
  }

  listen(node) {
    on("connection", (there) => (this.offline.hidden = there || Boolean(state.place)));
    on("places", () => this.draw());
    on("route", () => this.draw());
    document.addEventListener("click", (event) => !event.target.closest(".switch-box") && this.toggle(false));
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.menu.hidden) {
        this.toggle(false);
        this.switcher.focus();
      }
      arrows(event);
    });
  }

  draw() {
    this.whoName.textContent = state.me;
    this.whoAvatar.replaceChildren(avatar(state.me));
    const rows = [...state.places].sort(byNews).map(threadRow);
    replaceKeepingFocus(this.list, rows.length ? rows : [this.nothing()]);
    document.getElementById("app").classList.toggle("bare", !state.places.length);
    const unread = unreadInAll();
    document.title = unread ? `(${unread}) Caravan` : `Caravan · ${state.me}`;
    this.known.replaceChildren(...state.people.map((name) => h("option", { value: name })));
    if (!this.menu.hidden) this.drawMenu();
  }

  nothing() {
    return h("div", { class: "no-threads" }, h("p", { text: t("{name} is in no thread yet.", { name: state.me }) }), h("button", { type: "button", class: "choice", on: { click: this.onCreate } }, t("Start a thread")));
  }

  toggle(open = this.menu.hidden) {
    if (open === !this.menu.hidden) return;
    this.menu.hidden = !open;
    this.switcher.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.typed.value = "";
    this.drawMenu();
    this.menu.querySelector("button").focus();
  }

  // Who turns up while the menu is open takes neither the focus nor a name that is being typed away.
  drawMenu() {
    const names = [...new Set([state.me, ...state.people])];
    const sign = JSON.stringify([state.me, state.place, names]);
    if (this.names.dataset.sign === sign) return;
    this.names.dataset.sign = sign;
    replaceKeepingFocus(this.names, names.map((name) => this.personRow(name)));
  }

  // Said as anybody says it, so that what people choose with /language and here is one choice.
  speakOther() {
    const other = language === "sw" ? "en" : "sw";
    this.toggle(false);
    const place = state.place || state.places[0]?.place;
    if (place) return say({ place, as: state.me, text: `/language ${other}` });
    keepLanguage(state.me, other);
    emit("language");
  }

  submit(event) {
    event.preventDefault();
    if (this.typed.value.trim()) this.become(this.typed.value.trim());
  }

  personRow(name) {
    return h("li", {},
      h("button", { type: "button", class: `person-row${name === state.me ? " current" : ""}`, "data-key": name, "aria-current": name === state.me ? "true" : null, on: { click: () => this.become(name) } }, avatar(name, "person", "small"), name),
      h("a", { class: "icon-button", href: link(name, state.place), target: "_blank", rel: "noopener", title: t("Open a second window as {name}", { name }), "aria-label": t("Open a second window as {name}", { name }) }, icon("window")));
  }

  become(name) {
    this.toggle(false);
    go(name, state.place);
    this.switcher.focus();
  }
}

// The newest words first; a thread in which nothing was said yet stands above them.
function byNews(a, b) {
  const when = (item) => state.summaries.get(item.place)?.last?.at || (item.n ? "" : "9");
  return when(b).localeCompare(when(a));
}

function threadRow(item) {
  const summary = state.summaries.get(item.place);
  const unread = summary?.unread || 0;
  const open = item.place === state.place;
  return h("a", { class: `thread${open ? " open" : ""}${unread ? " unread" : ""}`, href: link(state.me, item.place), "data-key": item.place, "aria-current": open ? "page" : null },
    placeAvatar(item),
    h("span", { class: "thread-text" },
      h("span", { class: "thread-top" }, h("span", { class: "thread-title", text: item.title || t("Untitled") }), summary?.last?.at ? h("time", { text: brief(summary.last.at) }) : null),
      h("span", { class: "thread-last" }, h("span", { class: "thread-line", text: lastLine(summary) || item.people.join(", ") }), unread ? h("span", { class: "count", "aria-label": t("{count} unread", { count: unread }), text: unread > 99 ? "99+" : unread }) : null)));
}

export function placeAvatar(item) {
  if (item.kind === "direct") return avatar(item.title || "?", "place direct");
  return avatar(item.title || "?", "place group");
}

// Up and down move between the rows of a list; the lists are short, so every row is also a tab stop.
function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest(".thread, .person-row");
  if (!step || !row) return;
  const rows = [...row.closest("nav, ul").querySelectorAll(".thread, .person-row")];
  rows[rows.indexOf(row) + step]?.focus();
  event.preventDefault();
}

function replaceKeepingFocus(list, rows) {
  const key = list.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  list.replaceChildren(...rows);
  if (key) list.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
