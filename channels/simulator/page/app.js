// Wires the page: the address says who speaks where; everything else follows.
import { get } from "/page/api.js";
import { emit, on, state } from "/page/bus.js";
import { createThread } from "/page/create.js";
import { membersPanel } from "/page/members.js";
import * as outbox from "/page/outbox.js";
import { refresh } from "/page/places.js";
import { read } from "/page/route.js";
import { Side } from "/page/side.js";
import { Talk } from "/page/talk.js";
import { age } from "/page/time.js";
import { language, languageOf, translatePage } from "/page/words.js";
import { learnClock, worldPanel } from "/page/world.js";

const DRAFTS = "caravan.drafts";
const app = document.getElementById("app");
const panel = document.getElementById("panel");
let panelName = "";
let opener = null;

const talk = new Talk(document.getElementById("talk"), { onCreate: createThread, onMembers: () => showPanel("members") });
new Side(document.getElementById("side"), { onCreate: () => createThread(), onWorld: () => showPanel("world") });

const PANELS = {
  members: () => membersPanel(closePanel, suggestWords),
  world: () => worldPanel(closePanel),
};

function showPanel(name) {
  if (panelName === name) return closePanel();
  opener = document.activeElement;
  panelName = name;
  drawPanel();
  panel.querySelector("button")?.focus();
}

function drawPanel() {
  panel.replaceChildren(...PANELS[panelName]().filter(Boolean));
  panel.hidden = !panel.firstChild;
  app.classList.toggle("with-panel", !panel.hidden);
}

function closePanel() {
  panelName = "";
  panel.hidden = true;
  app.classList.remove("with-panel");
  opener?.focus();
}

// Words for the open conversation; the panel makes way for those that are not finished.
function suggestWords(words) {
  if (words.endsWith(" ") || matchMedia("(max-width: 1080px)").matches) closePanel();
  talk.begin(words);
}

let members = "";
on("places", () => {
  const now = JSON.stringify(state.places.find((item) => item.place === state.place) || null);
  if (panelName === "members" && now !== members && !panel.querySelector("input:focus")?.value) drawPanel();
  members = now;
});

function route() {
  const { me, place } = read();
  const person = me !== state.me;
  if (!person && place === state.place && talk.feed) return;
  if (languageOf(me) !== language) return again();
  if (person) state.summaries.clear();
  Object.assign(state, { me, place });
  localStorage.setItem("caravan.me", me);
  app.dataset.view = place ? "talk" : "list";
  if (panelName === "members") closePanel();
  talk.open();
  emit("route");
  refresh();
  if (place && matchMedia("(hover: hover)").matches) talk.composer.input.focus();
}

// The page is drawn anew in another language; words that are not sent yet stay.
function again() {
  talk.swapDrafts();
  sessionStorage.setItem(DRAFTS, JSON.stringify([...talk.drafts]));
  location.reload();
}

// Ages of facts go on while a card is looked at.
function older() {
  for (const node of document.querySelectorAll("time.age")) node.textContent = age(node.dateTime);
}

// Letters typed while nothing takes them go to the composer.
function typing(event) {
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  return plain && state.place && !event.target.closest("input, textarea, select, button, a, summary, dialog, .log:focus-visible, .message:focus-visible");
}

function keys(event) {
  if (event.defaultPrevented) return;
  if (typing(event)) return talk.composer.input.focus();
  if (event.key !== "Escape") return;
  if (panelName) closePanel();
  else if (state.place) talk.composer.input.focus();
}

document.getElementById("skip").addEventListener("click", () => (state.place ? talk.composer.input : document.getElementById("new-thread")).focus());
window.addEventListener("hashchange", route);
document.addEventListener("keydown", keys);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
setInterval(older, 20000);
on("clock", older);
on("language", again);
for (const [where, words] of JSON.parse(sessionStorage.getItem(DRAFTS) || "[]")) talk.drafts.set(where, words);
sessionStorage.removeItem(DRAFTS);
translatePage();
outbox.restore();
route();
learnClock().catch(() => {});
get("/simulator/commands").then(({ commands }) => (state.commands = commands), () => {});
