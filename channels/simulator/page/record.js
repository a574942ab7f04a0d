// The supplier's own record behind a fact, so that nobody has to believe a card.
import { friendly } from "/page/api.js";
import { h, iconButton } from "/page/dom.js";
import { full } from "/page/time.js";

export async function showRecord(fact, record) {
  const body = h("div", { class: "record-body" }, h("p", { class: "soft", text: "Asking the supplier…" }));
  const dialog = h("dialog", { class: "sheet record", "aria-label": "Source of this fact" },
    h("header", {}, h("h2", { text: "Where this comes from" }), iconButton("close", "Close", () => dialog.close())),
    h("p", { class: "record-claim" }, h("strong", { text: `${fact.label}: ${fact.value}` })),
    h("p", { class: "soft", text: `${fact.source} · record ${fact.ref}${fact.fetched_at ? ` · read ${full(fact.fetched_at)}` : ""}` }), body);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  body.replaceChildren(...(await record.then((answer) => [rows(answer)], (error) => [h("p", { class: "soft", text: refused(error) })])));
}

function refused(error) {
  return error.status === 404 ? "The sandbox supplier has no record of this: it does not come from the world." : friendly(error);
}

function rows(value) {
  if (Array.isArray(value)) return h("ul", {}, value.map((item) => h("li", {}, rows(item))));
  if (value === null || typeof value !== "object") return document.createTextNode(value === null ? "–" : String(value));
  return h("dl", {}, Object.entries(value).map(([name, item]) => h("div", {}, h("dt", { text: name.replace(/_/g, " ") }), h("dd", {}, rows(item)))));
}
