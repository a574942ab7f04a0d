// The conversation: keeps nodes in step with the timeline, the place in the scroll, and what is new.
import { h } from "/page/dom.js";
import { daySeparator, message, newSeparator, waiting } from "/page/message.js";
import { dayKey } from "/page/time.js";
import { t } from "/page/words.js";

const SHOWN = 150; // how many messages are drawn at first; "Show earlier" draws more
const GAP = 5 * 60 * 1000; // after this silence the name is shown again

export class Log {
  constructor(actions) {
    this.actions = actions;
    this.list = h("ol", { class: "messages", "aria-label": t("Messages") });
    this.earlier = h("button", { type: "button", class: "earlier", hidden: true, on: { click: () => this.showEarlier() } }, t("Show earlier messages"));
    this.typing = h("p", { class: "typing", hidden: true, role: "status" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", { text: t("Caravan is working on it") }));
    this.empty = h("div", { class: "opening" });
    this.content = h("div", { class: "log-content" }, this.earlier, this.empty, this.list, this.typing);
    this.node = h("div", { class: "log", tabindex: "0", role: "region", "aria-label": t("Messages. Arrow keys move between them.") }, this.content);
    this.node.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.node.addEventListener("keydown", (event) => this.keys(event));
    this.list.addEventListener("click", (event) => this.touched(event));
    this.list.addEventListener("pointerdown", () => (this.held = true));
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, () => setTimeout(() => this.letGo()));
    const sizes = new ResizeObserver(() => this.stuck && !this.held && this.toBottom());
    for (const node of [this.content, this.node]) sizes.observe(node);
    this.reset();
  }

  reset() {
    this.nodes = new Map();
    this.limit = SHOWN;
    this.stuck = true;
    this.newFrom = null;
    this.drawn = false;
    this.held = false;
    this.late = null;
    this.list.replaceChildren();
    this.typing.hidden = true;
  }

  // Nothing changes or moves under a finger: a button that is elsewhere at its release never hears its click.
  draw(shown) {
    if (this.held) this.late = shown;
    else this.drawNow(shown);
  }

  letGo() {
    const { late, held } = this;
    this.held = false;
    this.late = null;
    if (late) this.drawNow(late);
    else if (held && this.stuck) this.toBottom();
  }

  drawNow({ timeline, pending, me, idle }) {
    const all = timeline.sorted;
    const entries = all.slice(-this.limit);
    this.earlier.hidden = entries.length === all.length;
    this.timeline = timeline;
    const rows = [...this.rows(entries, me), ...pending.map((item) => ({ key: item.id, signature: item.state, make: () => waiting(item, this.actions) }))];
    this.reconcile(rows);
    this.drawn = rows.length > 0;
    this.typing.hidden = idle || all.at(-1)?.partial;
    if (this.stuck) this.toBottom();
  }

  rows(entries, me) {
    const rows = [];
    let before = null;
    for (const entry of entries) {
      if (entry.at && (!before?.at || dayKey(before.at) !== dayKey(entry.at))) rows.push({ key: `day:${dayKey(entry.at)}`, signature: "", make: () => daySeparator(entry.at) });
      if (entry.id === this.newFrom) rows.push({ key: "new", signature: "", make: newSeparator });
      rows.push(this.row(entry, before, me));
      before = entry;
    }
    return rows;
  }

  row(entry, before, me) {
    const mine = entry.author === me && entry.author_kind === "person";
    const head = !before || before.kind === "notice" || before.author !== entry.author || before.author_kind !== entry.author_kind || entry.id === this.newFrom || Date.parse(entry.at) - Date.parse(before.at) > GAP;
    const quoted = entry.reply_to ? this.timeline.byId.get(entry.reply_to) : null;
    const view = { mine, head, me, quoted, actions: this.boundTo(entry) };
    return { key: entry.id, signature: `${entry.n}|${head}|${quoted?.n}`, make: () => message(entry, view) };
  }

  boundTo(entry) {
    const press = (choice, node) => this.actions.press(entry, choice, node);
    return { ...this.actions, press, jump: (id) => this.jump(id) };
  }

  // rows: [{key, signature, make}] in order. Nodes whose signature is unchanged stay where they are.
  reconcile(rows) {
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, { node }] of this.nodes) {
      if (wanted.has(key)) continue;
      node.remove();
      this.nodes.delete(key);
    }
    const nodes = rows.map((row) => this.nodeFor(row));
    let cursor = this.list.firstChild;
    for (const node of nodes) {
      if (cursor === node) cursor = node.nextSibling;
      else this.list.insertBefore(node, cursor);
    }
  }

  nodeFor(row) {
    const known = this.nodes.get(row.key);
    if (known && known.signature === row.signature) return known.node;
    const node = row.make();
    if (known) replace(known.node, node);
    else if (this.drawn) node.classList.add("arriving");
    this.nodes.set(row.key, { node, signature: row.signature });
    return node;
  }

  showEarlier() {
    const height = this.node.scrollHeight;
    this.limit += SHOWN;
    this.stuck = false;
    this.actions.redraw();
    this.node.scrollTop += this.node.scrollHeight - height;
  }

  scrolled() {
    this.stuck = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 60;
    this.actions.scrolled(this.stuck);
  }

  toBottom() {
    this.stuck = true;
    this.node.scrollTop = this.node.scrollHeight;
  }

  toNew() {
    const marker = this.nodes.get("new")?.node;
    if (!marker) return this.toBottom();
    marker.scrollIntoView({ block: "start" });
    this.scrolled();
  }

  jump(id) {
    const node = this.nodes.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
    node.focus({ preventScroll: true });
  }

  // A tap on a message shows what can be done with it.
  touched(event) {
    if (event.target.closest("a, button, input, select, textarea, summary, label") || getSelection().toString()) return;
    event.target.closest(".message")?.focus({ preventScroll: true });
  }

  keys(event) {
    const at = event.target.closest(".message");
    if (event.target !== this.node && event.target !== at) return;
    const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (move) this.moveFocus(at, move, event);
    else if (at?.matches(":focus-visible") && !event.ctrlKey && !event.metaKey && !event.altKey) this.tool(at, event);
  }

  moveFocus(at, step, event) {
    const all = [...this.list.querySelectorAll(".message:not(.pending)")];
    const next = at ? all[all.indexOf(at) + step] : all.at(-1);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  // On a focused message: R replies, E edits, Delete deletes, + reacts, Enter goes to its first button.
  tool(at, event) {
    const name = { r: "reply", e: "edit", Delete: "delete", "+": "react" }[event.key];
    const node = event.key === "Enter" ? [...at.querySelectorAll(".bubble button, .bubble a, .bubble input")].find((one) => one.checkVisibility()) : name && at.querySelector(`[data-tool="${name}"]`);
    if (!node) return;
    event.preventDefault();
    if (event.key === "Enter") node.focus();
    else node.click();
  }
}

// A newer form of a message keeps what was typed into its form, its open details and the focus.
function replace(old, node) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  for (const field of old.querySelectorAll(".form [name]")) {
    const same = node.querySelector(`.form [name="${CSS.escape(field.name)}"]`);
    if (same) Object.assign(same, field.type === "checkbox" ? { checked: field.checked } : { value: field.value });
  }
  if (old.querySelector("details[open]")) node.querySelector("details")?.setAttribute("open", "");
  old.replaceWith(node);
  const key = focused?.dataset.key;
  if (focused === old) node.focus({ preventScroll: true });
  else if (key) node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
