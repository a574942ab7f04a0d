// Where a person writes: text that grows, files by button, drop or paste, a reply or an edit in progress.
import { h, icon, iconButton } from "/page/dom.js";
import { plain } from "/page/markdown.js";
import { Suggest } from "/page/suggest.js";
import { toast } from "/page/toast.js";
import { t } from "/page/words.js";

const MOST_BYTES = 5 * 1024 * 1024; // of all files of one message: base64 stays under what the server takes

export class Composer {
  constructor({ onSay, onEdit, onEditLast, onSpot }) {
    Object.assign(this, { onSay, onEdit, onEditLast, onSpot });
    this.files = [];
    this.input = h("textarea", { id: "composer", rows: "1", placeholder: t("Message"), "aria-label": t("Message"), enterkeyhint: "send", autocomplete: "off", on: { input: () => this.grow() } });
    this.suggest = new Suggest(this.input, { onPick: () => this.grow() });
    this.picker = h("input", { type: "file", multiple: true, class: "sr", tabindex: "-1", "aria-hidden": "true", on: { change: () => this.take(this.picker.files) } });
    this.attach = iconButton("clip", t("Attach files"), () => this.picker.click());
    this.spot = iconButton("pin", t("Share a place on the map"), onSpot);
    this.sendButton = iconButton("send", t("Send"), () => this.send(), { class: "send" });
    this.context = h("div", { class: "context", hidden: true });
    this.tray = h("ul", { class: "tray", "aria-label": t("Files to send"), hidden: true });
    this.node = h("form", { class: "composer", "aria-label": t("Write a message") }, this.suggest.node, this.context, this.tray,
      h("div", { class: "composer-row" }, this.attach, this.picker, this.spot, this.input, this.sendButton));
    this.listen();
    this.grow();
  }

  listen() {
    this.node.addEventListener("submit", (event) => (event.preventDefault(), this.send()));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      this.take(event.clipboardData.files);
    });
  }

  key(event) {
    if (event.isComposing) return;
    if (this.suggest.key(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && (this.replying || this.editing)) {
      event.stopPropagation();
      this.leaveContext();
    } else if (event.key === "ArrowUp" && !this.input.value && this.onEditLast()) {
      event.preventDefault();
    }
  }

  send() {
    const text = this.input.value.trim();
    if (!text && !this.files.length) return this.input.focus();
    if (this.editing) this.onEdit(this.editing, text);
    else this.onSay({ text, reply_to: this.replying?.id, files: this.files.length ? this.files.map(({ name, mime, base64 }) => ({ name, mime, base64 })) : undefined });
    this.clear();
    this.input.focus();
  }

  clear() {
    this.input.value = "";
    this.files = [];
    this.leaveContext();
    this.drawTray();
    this.grow();
    this.suggest.close();
  }

  put(text) {
    this.input.value = text;
    this.grow();
  }

  fill(text) {
    this.put(text);
    this.input.focus();
    this.suggest.update();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 200)}px`;
    this.node.classList.toggle("ready", Boolean(this.input.value.trim() || this.files.length));
  }

  reply(entry) {
    this.leaveContext();
    this.replying = entry;
    this.showContext("reply", t("Reply to {name}", { name: entry.author }), plain(entry.text || entry.card?.title || "").slice(0, 120));
  }

  edit(entry) {
    this.leaveContext();
    this.editing = entry;
    this.fill(entry.text);
    this.showContext("edit", t("Edit message"), t("Enter saves, Esc leaves it as it was"));
  }

  showContext(name, title, detail) {
    this.context.replaceChildren(icon(name), h("p", {}, h("strong", { text: title }), h("span", { text: detail })), iconButton("close", t("Cancel"), () => this.leaveContext(), { class: "small" }));
    this.context.hidden = false;
    this.input.focus();
  }

  leaveContext() {
    if (this.editing) this.input.value = "";
    this.editing = this.replying = null;
    this.context.hidden = true;
    this.grow();
  }

  async take(list) {
    for (const file of [...list]) {
      const size = this.files.reduce((sum, item) => sum + item.size, file.size);
      if (size > MOST_BYTES) toast(t("{name} is too big: 5 MB in one message at most.", { name: file.name }), "error");
      else this.files.push({ name: file.name || "picture.png", mime: file.type || "application/octet-stream", size: file.size, base64: await base64(file) });
    }
    this.picker.value = "";
    this.drawTray();
    this.grow();
    this.input.focus();
  }

  drawTray() {
    this.tray.hidden = !this.files.length;
    this.tray.replaceChildren(...this.files.map((file) => h("li", {}, preview(file), h("span", { text: file.name }), iconButton("close", t("Remove {name}", { name: file.name }), () => this.drop(file), { class: "small" }))));
  }

  drop(file) {
    this.files = this.files.filter((other) => other !== file);
    this.drawTray();
    this.grow();
    this.input.focus();
  }
}

function preview(file) {
  const picture = /^image\/(png|jpe?g|gif|webp)$/.test(file.mime);
  return picture ? h("img", { src: `data:${file.mime};base64,${file.base64}`, alt: "" }) : icon("file");
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
