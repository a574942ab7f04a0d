// Suggestions above the composer: commands after "/", members after "@". Arrow keys, Enter or Tab choose, Esc closes.
import { state, openPlace } from "/page/bus.js";
import { avatar, h } from "/page/dom.js";
import { language, t } from "/page/words.js";

export class Suggest {
  constructor(input, { onPick }) {
    this.input = input;
    this.onPick = onPick;
    this.items = [];
    this.at = 0;
    this.node = h("ul", { class: "suggest", id: "suggest", role: "listbox", "aria-label": t("Suggestions"), hidden: true });
    input.setAttribute("aria-controls", "suggest");
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.update());
    input.addEventListener("blur", () => setTimeout(() => this.close(), 120));
  }

  get open() {
    return !this.node.hidden;
  }

  update() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    this.items = commands(before) || mentions(before) || [];
    this.at = 0;
    this.draw();
  }

  draw() {
    this.node.replaceChildren(...this.items.map((item, index) => this.option(item, index)));
    this.node.hidden = !this.items.length;
    this.input.setAttribute("aria-expanded", String(this.open));
    if (this.open) this.input.setAttribute("aria-activedescendant", `suggest-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.node.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  option(item, index) {
    const pick = (event) => (event.preventDefault(), this.pick(item));
    return h("li", { id: `suggest-${index}`, role: "option", class: "suggestion", "aria-selected": String(index === this.at), on: { mousedown: pick } },
      item.kind ? avatar(item.label, item.kind, "tiny") : null, h("strong", { text: item.label }), h("span", { class: "soft", text: item.hint }));
  }

  // True when the key was used up here.
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.items.length) % this.items.length;
    else if (event.key === "Enter" || event.key === "Tab") return this.pick(this.items[this.at]);
    else if (event.key === "Escape") return this.close();
    else return false;
    this.draw();
    return true;
  }

  pick(item) {
    const end = this.input.selectionStart;
    this.input.setRangeText(`${item.insert} `, end - item.typed, end, "end");
    this.close();
    this.onPick();
    return true;
  }

  close() {
    this.items = [];
    this.draw();
    return true;
  }
}

function commands(before) {
  const typed = /^\/([a-z][a-z _-]*|)$/i.exec(before);
  if (!typed) return null;
  const found = state.commands.filter((item) => item.name.startsWith(typed[1].toLowerCase()) && item.name !== typed[1].trimEnd());
  return found.map((item) => ({ label: `/${item.name}`, insert: `/${item.name}`, hint: item.summaries?.[language] || item.summary, typed: before.length }));
}

function mentions(before) {
  const typed = /(?:^|\s)@([\p{L}\p{N}_-]*)$/u.exec(before);
  if (!typed) return null;
  const here = openPlace();
  const names = [...(here?.personas || []).map((name) => [name, "persona"]), ...(here?.people || []).map((name) => [name, "person"])];
  return names
    .filter(([name]) => name !== state.me && name.toLowerCase().startsWith(typed[1].toLowerCase()))
    .slice(0, 8)
    .map(([name, kind]) => ({ label: name, insert: `@${name}`, hint: t(kind), kind, typed: typed[1].length + 1 }));
}
