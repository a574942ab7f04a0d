// The supplier's own record behind a fact, so that nobody has to believe a card.
import { friendly } from "/page/api.js";
import { h, icon, iconButton } from "/page/dom.js";
import { full } from "/page/time.js";
import { t } from "/page/words.js";

export async function showRecord(fact, record) {
  const body = h("div", { class: "record-body" }, h("p", { class: "soft", text: t("Asking the supplier…") }));
  const dialog = h("dialog", { class: "sheet record", "aria-label": t("Source of this fact") },
    h("header", {}, h("h2", { text: t("Where this comes from") }), iconButton("close", t("Close"), () => dialog.close())),
    h("p", { class: "record-claim" }, h("strong", { text: `${fact.label}: ${fact.value}` })),
    h("p", { class: "soft", text: t(fact.fetched_at ? "{source} · record {ref} · read {at}" : "{source} · record {ref}", { source: fact.source, ref: fact.ref, at: fact.fetched_at && full(fact.fetched_at) }) }), body);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  if (!record) return body.replaceChildren(h("p", { class: "soft", text: t("Caravan worked this out itself, from the facts on these cards that suppliers gave.") }));
  body.replaceChildren(...(await record.then((answer) => [same(fact, answer), rows(answer)].filter(Boolean), (error) => [h("p", { class: "soft", text: refused(error) })])));
}

function refused(error) {
  return error.status === 404 ? t("The sandbox supplier has no record of this: it does not come from the world.") : friendly(error);
}

function same(fact, record) {
  const amount = (value) => value?.minor === fact.minor && value?.currency === fact.currency;
  const found = (value) => Boolean(value) && typeof value === "object" && (amount(value) || Object.values(value).some(found));
  return fact.currency && found(record) ? h("p", { class: "record-same" }, icon("check"), t("The supplier's record has the same amount.")) : null;
}

function rows(value) {
  if (value && typeof value === "object" && "minor" in value && "amount" in value) return document.createTextNode(`${value.currency} ${value.amount}`);
  if (typeof value === "boolean") return document.createTextNode(t(value ? "yes" : "no"));
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(value)) return document.createTextNode(full(value));
  if (Array.isArray(value)) return h("ul", {}, value.map((item) => h("li", {}, rows(item))));
  if (value === null || typeof value !== "object") return document.createTextNode(value === null ? "–" : String(value));
  return h("dl", {}, Object.entries(value).map(([name, item]) => h("div", {}, h("dt", { text: name.replace(/_/g, " ") }), h("dd", {}, rows(item)))));
}
