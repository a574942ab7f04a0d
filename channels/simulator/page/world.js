// The sandbox world: its clock can be moved, and its suppliers can be made to fail.
import { get, newId, post, remove } from "/page/api.js";
import { emit, state } from "/page/bus.js";
import { h, iconButton } from "/page/dom.js";
import { full } from "/page/time.js";
import { sorry, toast } from "/page/toast.js";

const STEPS = [["PT30M", "30 min"], ["PT6H", "6 hours"], ["P1D", "1 day"], ["P7D", "1 week"]];
const TARGETS = ["inventory", "payments", "brain", "channel"];
const KINDS = {
  sold_out: "sold out", price_up: "prices rise", slow: "slow", down: "down", timeout: "answer is lost", lost_notice: "notice is lost",
  doubled_notice: "notice comes twice", late_notice: "notice comes late", refused: "refused", lapse: "authorisation ends",
};
const BY = { price_up: "per cent", slow: "seconds", late_notice: "seconds" };

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
    h("header", { class: "panel-head" }, h("h2", { text: "World" }), iconButton("close", "Close", close)),
    h("p", { class: "panel-note", text: "Everything here is a sandbox. Move its clock to see timers and expiries; make suppliers fail to see what Caravan does." }),
    h("h3", { text: "Clock" }), time,
    h("div", { class: "buttons", role: "group", "aria-label": "Move the clock forward" }, STEPS.map(([step, label]) =>
      h("button", { type: "button", class: "choice", on: { click: act(() => post("/simulator/clock", { advance: step, id: newId() }), `The clock moved ${label} forward.`) } }, `+ ${label}`))),
    h("h3", { text: "Faults" }), list, faultForm(act),
    h("button", { type: "button", class: "plain", on: { click: act(() => remove("/simulator/faults"), "All faults are cleared.") } }, "Clear all faults"),
  ];
}

function drawFaults(faults) {
  if (!faults.length) return [h("li", { class: "soft", text: "None: suppliers behave." })];
  return faults.map((fault) => h("li", { class: "fault" }, h("strong", { text: `${fault.target}: ${KINDS[fault.kind] || fault.kind}` }),
    h("span", { class: "soft", text: [fault.match && `where “${fault.match}”`, fault.by && `${fault.by} ${BY[fault.kind] || ""}`, `${fault.times ?? 1} ×`].filter(Boolean).join(" · ") })));
}

function faultForm(act) {
  const field = (id, label, node) => h("div", { class: "field" }, h("label", { for: id, text: label }), node);
  const target = h("select", { id: "fault-target" }, TARGETS.map((name) => h("option", { value: name, text: name })));
  const kind = h("select", { id: "fault-kind" }, Object.entries(KINDS).map(([value, text]) => h("option", { value, text })));
  const match = h("input", { id: "fault-match", type: "text", placeholder: "any supplier or operation", autocomplete: "off" });
  const times = h("input", { id: "fault-times", type: "number", min: "1", value: "1" });
  const by = h("input", { id: "fault-by", type: "number", min: "0", placeholder: "–" });
  const body = () => ({ id: newId(), target: target.value, kind: kind.value, times: Number(times.value) || 1, ...(match.value.trim() ? { match: match.value.trim() } : {}), ...(by.value ? { by: Number(by.value) } : {}) });
  const form = h("form", { class: "fault-form" }, field("fault-target", "What", target), field("fault-kind", "How it fails", kind), field("fault-match", "Only where the name has", match),
    h("div", { class: "pair" }, field("fault-times", "Times", times), field("fault-by", "By (%, s)", by)), h("button", { type: "submit", class: "choice primary" }, "Add fault"));
  form.addEventListener("submit", (event) => (event.preventDefault(), act(() => post("/simulator/faults", body()), "The fault is set.")()));
  return form;
}
