// The sandbox world: its clock can be moved, and its suppliers can be made to fail.
import { get, newId, post, remove } from "/page/api.js";
import { emit, state } from "/page/bus.js";
import { h, iconButton } from "/page/dom.js";
import { full } from "/page/time.js";
import { sorry, toast } from "/page/toast.js";
import { t } from "/page/words.js";

const STEPS = [["PT30M", t("30 min")], ["PT6H", t("6 hours")], ["P1D", t("1 day")], ["P7D", t("1 week")]];
const TARGETS = ["inventory", "payments", "brain", "channel"];
const KINDS = {
  sold_out: t("sold out"), price_up: t("prices rise"), slow: t("slow"), down: t("down"), timeout: t("answer is lost"), lost_notice: t("notice is lost"),
  doubled_notice: t("notice comes twice"), late_notice: t("notice comes late"), refused: t("refused"), lapse: t("authorisation ends"),
};
const BY = { price_up: t("per cent"), slow: t("seconds"), late_notice: t("seconds") };

export async function learnClock() {
  const { now } = await get("/simulator/clock");
  if (now) state.clockOffset = Date.parse(now) - Date.now();
  emit("clock");
  return now;
}

export function worldPanel(close) {
  const time = h("p", { class: "world-time", text: "…" });
  const list = h("ul", { class: "faults" });
  const showTime = () => learnClock().then((now) => (time.textContent = full(now)), sorry);
  const showFaults = () => get("/simulator/faults").then(({ faults }) => list.replaceChildren(...drawFaults(faults)), sorry);
  const act = (work, done) => () => work().then(() => (toast(done), showTime(), showFaults()), sorry);
  showTime();
  showFaults();
  return [
    h("header", { class: "panel-head" }, h("h2", { text: t("World") }), iconButton("close", t("Close"), close)),
    h("p", { class: "panel-note", text: t("Everything here is a sandbox. Move its clock to see timers and expiries; make suppliers fail to see what Caravan does.") }),
    h("h3", { text: t("Clock") }), time,
    h("div", { class: "buttons", role: "group", "aria-label": t("Move the clock forward") }, STEPS.map(([step, label]) =>
      h("button", { type: "button", class: "choice", on: { click: act(() => post("/simulator/clock", { advance: step, id: newId() }), t("The clock moved {step} forward.", { step: label })) } }, `+ ${label}`))),
    h("h3", { text: t("Faults") }), list, faultForm(act),
    h("button", { type: "button", class: "plain", on: { click: act(() => remove("/simulator/faults"), t("All faults are cleared.")) } }, t("Clear all faults")),
  ];
}

function drawFaults(faults) {
  if (!faults.length) return [h("li", { class: "soft", text: t("None: suppliers behave.") })];
  return faults.map((fault) => h("li", { class: "fault" }, h("strong", { text: `${fault.target}: ${KINDS[fault.kind] || fault.kind}` }),
    h("span", { class: "soft", text: [fault.match && t("where “{match}”", { match: fault.match }), fault.by && `${fault.by} ${BY[fault.kind] || ""}`, `${fault.times ?? 1} ×`].filter(Boolean).join(" · ") })));
}

function faultForm(act) {
  const field = (id, label, node) => h("div", { class: "field" }, h("label", { for: id, text: label }), node);
  const target = h("select", { id: "fault-target" }, TARGETS.map((name) => h("option", { value: name, text: name })));
  const kind = h("select", { id: "fault-kind" }, Object.entries(KINDS).map(([value, text]) => h("option", { value, text })));
  const match = h("input", { id: "fault-match", type: "text", placeholder: t("any supplier or operation"), autocomplete: "off" });
  const times = h("input", { id: "fault-times", type: "number", min: "1", value: "1" });
  const by = h("input", { id: "fault-by", type: "number", min: "0", placeholder: "–" });
  const body = () => ({ id: newId(), target: target.value, kind: kind.value, times: Number(times.value) || 1, ...(match.value.trim() ? { match: match.value.trim() } : {}), ...(by.value ? { by: Number(by.value) } : {}) });
  const form = h("form", { class: "fault-form" }, field("fault-target", t("What"), target), field("fault-kind", t("How it fails"), kind), field("fault-match", t("Only where the name has"), match),
    h("div", { class: "pair" }, field("fault-times", t("Times"), times), field("fault-by", t("By (%, s)"), by)), h("button", { type: "submit", class: "choice primary" }, t("Add fault")));
  form.addEventListener("submit", (event) => (event.preventDefault(), act(() => post("/simulator/faults", body()), t("The fault is set."))()));
  return form;
}
