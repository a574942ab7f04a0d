// One message as a node: who, when, what, and what can be done with it.
import { avatar, h, icon, iconButton } from "/page/dom.js";
import { inline, markdown, plain } from "/page/markdown.js";
import { buttons, card, choiceFor, files, form, poll, spot } from "/page/parts.js";
import { clock, day, full } from "/page/time.js";
import { t } from "/page/words.js";

const HUGE = 40000; // longer texts are shown as they are

export function daySeparator(iso) {
  return h("li", { class: "separator day", role: "separator" }, h("span", { text: day(iso) }));
}

export function newSeparator() {
  return h("li", { class: "separator new", role: "separator" }, h("span", { text: t("New") }));
}

// view: {mine, head, quoted, actions}; actions: reply, react, edit, remove, press, jump, more
export function message(entry, view) {
  if (entry.kind === "notice") return notice(entry, view);
  const classes = ["message", entry.author_kind, view.mine && "mine", view.head && "head", `kind-${entry.kind}`, entry.partial && "partial"];
  return h("li", { class: classes.filter(Boolean).join(" "), "data-id": entry.id, tabindex: "-1", "aria-label": spoken(entry), "aria-busy": entry.partial ? "true" : null },
    view.head && !view.mine ? avatar(entry.author, entry.author_kind) : h("span", { class: "gutter" }),
    h("div", { class: "said" },
      view.head ? head(entry, view) : null,
      h("div", { class: "bubble-row" }, bubble(entry, view), entry.kind === "deleted" ? null : tools(entry, view)),
      reactions(entry, view)));
}

function spoken(entry) {
  const what = entry.kind === "deleted" ? t("deleted") : plain([entry.text, entry.card?.title].filter(Boolean).join(". ")).slice(0, 300);
  return `${entry.author}${entry.at ? `, ${clock(entry.at)}` : ""}: ${what}`;
}

function notice(entry, view) {
  return h("li", { class: "message notice", "data-id": entry.id, tabindex: "-1" },
    h("div", { class: "notice-text" }, inline(entry.text), onlyFor(entry), buttons(entry.buttons, view.actions.press)));
}

function head(entry, view) {
  return h("div", { class: "who" },
    view.mine ? null : h("span", { class: `name ${entry.author_kind}`, text: entry.author }),
    entry.author_kind === "persona" ? h("span", { class: "badge", text: t("persona") }) : null,
    entry.at ? h("time", { datetime: entry.at, title: full(entry.at), text: clock(entry.at) }) : null);
}

function bubble(entry, view) {
  if (entry.kind === "deleted") return h("div", { class: "bubble gone" }, view.mine ? t("You deleted this message") : t("{name} deleted this message", { name: entry.author }));
  const { press } = view.actions;
  const voted = entry.poll ? entry.poll.options.map((option) => choiceFor(option, entry.buttons)) : [];
  const rest = (entry.buttons || []).filter((item) => !voted.includes(item));
  const shown = h("div", { class: "bubble" },
    onlyFor(entry),
    entry.reply_to ? quote(view) : null,
    text(entry),
    entry.card ? card(entry.card, Boolean(entry.poll)) : null,
    entry.poll ? poll(entry.poll, entry.buttons, press) : null,
    files(entry.files),
    spot(entry.location),
    form(entry.form, entry.id),
    buttons(rest, press),
    entry.edited ? h("span", { class: "edited", text: t("edited") }) : null);
  if (entry.author_kind !== "person") offerCommands(shown, view.actions);
  return shown;
}

function onlyFor(entry) {
  if (!entry.only_for?.length) return null;
  return h("p", { class: "only", title: t("Visible to {names}", { names: entry.only_for.join(", ") }) }, icon("eye"), t("Only for you"));
}

function text(entry) {
  if (!entry.text && !entry.partial) return null;
  const blocks = entry.text.length > HUGE ? [h("p", { text: entry.text })] : markdown(entry.text);
  const node = h("div", { class: "text", dir: "auto" }, blocks);
  if (entry.partial) (node.lastElementChild || node).append(h("span", { class: "caret", "aria-hidden": "true" }));
  return node;
}

// A command that Caravan names can be taken into the composer.
function offerCommands(node, actions) {
  for (const marked of node.querySelectorAll(":not(pre) > code, strong")) {
    const words = marked.textContent;
    if (/^\/[a-z]/.test(words)) marked.replaceWith(h("button", { type: "button", class: "command", title: t("Write this"), on: { click: () => actions.command(`${words} `) } }, words));
  }
}

function quote({ quoted, actions }) {
  if (!quoted) return h("p", { class: "quote missing", text: t("An earlier message") });
  const words = quoted.kind === "deleted" ? t("deleted message") : plain(quoted.text || quoted.card?.title || t("a file")).slice(0, 140);
  return h("button", { type: "button", class: "quote", on: { click: () => actions.jump(quoted.id) } }, h("strong", { text: quoted.author }), h("span", { text: words }));
}

function tools(entry, { mine, actions }) {
  const own = mine && entry.author_kind === "person";
  const key = (name) => ({ class: "small", tabindex: "-1", "data-tool": name });
  return h("div", { class: "tools", role: "toolbar", "aria-label": t("Message") },
    iconButton("smile", t("React"), (event) => actions.pickReaction(entry, event.currentTarget), key("react")),
    iconButton("reply", t("Reply"), () => actions.reply(entry), key("reply")),
    own ? iconButton("edit", t("Edit"), () => actions.edit(entry), key("edit")) : null,
    own ? iconButton("trash", t("Delete"), () => actions.remove(entry), key("delete")) : null);
}

function reactions(entry, { me, actions }) {
  if (!entry.reactions?.length) return null;
  return h("div", { class: "reactions" }, entry.reactions.map(({ emoji, by }) =>
    h("button", { type: "button", class: `reaction${by.includes(me) ? " own" : ""}`, title: by.join(", "), "aria-label": t("{emoji} from {names}", { emoji, names: by.join(", ") }),
      "data-key": `r:${emoji}`, on: { click: () => actions.react(entry, emoji) } }, h("span", { class: "emoji", text: emoji }), h("span", { text: String(by.length) }))));
}

export function waiting(item, actions) {
  const status = { sending: t("Sending…"), waiting: t("Not sent yet. It goes out as soon as Caravan is back."), sent: "" }[item.state];
  return h("li", { class: `message person mine pending ${item.state}`, "data-id": item.id },
    h("span", { class: "gutter" }),
    h("div", { class: "said" },
      h("div", { class: "bubble-row" }, h("div", { class: "bubble" }, item.body.text ? h("div", { class: "text", dir: "auto" }, markdown(item.body.text)) : null,
        spot(item.body.location), (item.body.files || []).map((file) => h("p", { class: "file" }, icon("file"), file.name)))),
      item.state === "failed" ? failed(item, actions) : status ? h("p", { class: "delivery" }, icon("clock"), status) : null));
}

function failed(item, actions) {
  return h("p", { class: "delivery failed" }, icon("alert"), h("span", { text: actions.reason(item.error) }),
    h("button", { type: "button", class: "plain", on: { click: () => actions.retry(item) } }, t("Try again")),
    h("button", { type: "button", class: "plain", on: { click: () => actions.discard(item) } }, t("Discard")));
}
