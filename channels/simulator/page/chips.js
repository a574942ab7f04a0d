// Names as chips: type and press Enter or comma, pick a suggestion, Backspace takes the last one away.
import { avatar, h, iconButton } from "/page/dom.js";
import { t } from "/page/words.js";

export class Chips {
  constructor({ label, fixed = [], suggestions = [], names = [] }) {
    Object.assign(this, { fixed, names: [...names], suggestions });
    this.input = h("input", { type: "text", id: "chips-input", placeholder: t("Add a name…"), autocomplete: "off", maxlength: "60" });
    this.box = h("div", { class: "chips" });
    this.more = h("div", { class: "chip-suggestions", role: "group", "aria-label": t("People you can invite") });
    this.node = h("div", { class: "field" }, h("label", { for: "chips-input", text: label }), this.box, this.more);
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.add(this.input.value));
    this.box.addEventListener("click", (event) => event.target === this.box && this.input.focus());
    this.draw();
  }

  get all() {
    this.add(this.input.value);
    return [...this.fixed, ...this.names];
  }

  key(event) {
    if (event.key === "," || (event.key === "Enter" && this.input.value.trim())) {
      event.preventDefault();
      this.add(this.input.value);
      this.input.focus();
    } else if (event.key === "Backspace" && !this.input.value) {
      this.names.pop();
      this.draw();
      this.input.focus();
    }
  }

  add(typed) {
    const fresh = typed.split(",").map((name) => name.trim()).filter((name) => name && ![...this.fixed, ...this.names].includes(name));
    this.input.value = "";
    if (!fresh.length) return;
    this.names.push(...new Set(fresh));
    this.draw();
  }

  take(name) {
    this.names = this.names.filter((other) => other !== name);
    this.draw();
    this.input.focus();
  }

  draw() {
    const chip = (name, fixed) => h("span", { class: "chip" }, avatar(name, "person", "tiny"), name, fixed ? h("span", { class: "soft", text: t("you") }) : iconButton("close", t("Take {name} off", { name }), () => this.take(name), { class: "small" }));
    this.box.replaceChildren(...this.fixed.map((name) => chip(name, true)), ...this.names.map((name) => chip(name, false)), this.input);
    const offered = this.suggestions.filter((name) => ![...this.fixed, ...this.names].includes(name)).slice(0, 8);
    const pick = (name) => () => (this.add(name), this.input.focus());
    this.more.replaceChildren(...offered.map((name) => h("button", { type: "button", class: "choice small", "aria-label": t("Invite {name}", { name }), on: { click: pick(name) } }, `+ ${name}`)));
  }
}
