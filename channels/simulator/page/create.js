// A new thread: title, group or direct, who is in it, and which network's limits it imitates.
import { newId, post } from "/page/api.js";
import { state } from "/page/bus.js";
import { Chips } from "/page/chips.js";
import { h, iconButton } from "/page/dom.js";
import { go } from "/page/route.js";
import { refresh } from "/page/places.js";
import { sorry } from "/page/toast.js";
import { t } from "/page/words.js";

const LIKES = [
  ["", t("Caravan's own"), t("everything a chat can show")],
  ["telegram", "Telegram", t("buttons, edits, 4,096 characters")],
  ["slack", "Slack", t("cards, private replies")],
  ["discord", "Discord", t("2,000 characters, buttons")],
  ["whatsapp", "WhatsApp", t("no edits, three buttons, 1,600 characters")],
];
const FRIENDS = ["Ana", "Ben", "Chi"];

export function createThread({ title = "", people = [] } = {}) {
  const chips = new Chips({ label: t("Who is in it"), fixed: [state.me], names: people.filter((name) => name !== state.me), suggestions: [...new Set([...FRIENDS, ...state.people])] });
  const named = h("input", { type: "text", id: "thread-title", name: "title", value: title, maxlength: "120", placeholder: t("Mombasa in March"), autocomplete: "off" });
  const kind = segmented("kind", [["group", t("Group"), t("several people and personas")], ["direct", t("Direct"), t("you and Caravan")]]);
  const like = h("select", { id: "thread-like", name: "like" }, LIKES.map(([value, name, hint]) => h("option", { value, text: `${name}: ${hint}` })));
  const id = newId();
  const form = h("form", { method: "dialog" },
    h("header", {}, h("h2", { text: t("New thread") }), iconButton("close", t("Close"), () => dialog.close())),
    h("div", { class: "field" }, h("label", { for: "thread-title", text: t("Title") }), named), kind, chips.node,
    h("div", { class: "field" }, h("label", { for: "thread-like", text: t("Behaves like") }), like),
    h("footer", {}, h("button", { type: "button", class: "choice", on: { click: () => dialog.close() } }, t("Cancel")), h("button", { type: "submit", class: "choice primary" }, t("Create"))));
  const dialog = h("dialog", { class: "sheet", "aria-label": t("New thread") }, form);
  const chosen = () => form.querySelector("[name=kind]:checked").value;
  form.addEventListener("change", () => (chips.node.hidden = chosen() === "direct"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const direct = chosen() === "direct";
    const body = { id, title: named.value.trim() || (direct ? "Caravan" : t("Our trip")), kind: chosen(), people: direct ? [state.me] : chips.all, ...(like.value ? { like: like.value } : {}) };
    try {
      const made = await post("/simulator/places", body);
      dialog.close();
      await refresh();
      go(state.me, made.place);
    } catch (error) {
      sorry(error);
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  named.focus();
}

function segmented(name, options) {
  return h("fieldset", { class: "segmented" }, h("legend", { class: "sr", text: t("Kind") }), options.map(([value, label, hint], index) =>
    h("label", {}, h("input", { type: "radio", name, value, checked: index === 0 }), h("span", {}, h("strong", { text: label }), h("span", { class: "soft", text: hint })))));
}
