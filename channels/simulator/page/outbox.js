// What this person does, sent in order and tried again with the same id until the server has it: said once, never twice.
import { ApiError, newId, post } from "/page/api.js";
import { emit } from "/page/bus.js";

const KEPT = "caravan.outbox.";
const lanes = new Map(); // place -> items waiting, oldest first
const shown = []; // messages on their way: kept until the transcript shows them
const wakers = new Set();

export function wakeAll() {
  for (const wake of wakers) wake();
}

for (const event of ["online", "focus"]) window.addEventListener(event, wakeAll);

export function submit(path, body) {
  return new Promise((resolve, reject) => {
    enqueue({ id: newId(), path, body, resolve, reject });
  });
}

export function say(body) {
  const item = { id: newId(), path: "/simulator/say", body, at: new Date().toISOString(), state: "sending", resolve() {}, reject() {} };
  shown.push(item);
  keep(item);
  enqueue(item);
  emit("outbox");
}

export function pending(place, person) {
  return shown.filter((item) => item.body.place === place && item.body.as === person);
}

// The transcript may show a message before its own request is answered: the request's id ends the message's.
export function arrived(entries) {
  const there = (item) => entries.some((entry) => entry.id === item.entry || entry.id.endsWith(`:${item.id}`));
  for (const item of shown.filter(there)) shown.splice(shown.indexOf(item), 1);
}

export function discard(item) {
  shown.splice(shown.indexOf(item), 1);
  forget(item);
  emit("outbox");
}

export function retry(item) {
  Object.assign(item, { state: "sending", error: null });
  enqueue(item);
  emit("outbox");
}

export function restore() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
  const kept = keys.map((key) => JSON.parse(localStorage.getItem(key))).sort((a, b) => a.at.localeCompare(b.at));
  for (const item of kept) {
    Object.assign(item, { path: "/simulator/say", state: "sending", resolve() {}, reject() {} });
    shown.push(item);
    enqueue(item);
  }
}

function enqueue(item) {
  const lane = lanes.get(item.body.place);
  if (lane) return lane.push(item);
  lanes.set(item.body.place, [item]);
  drain(item.body.place);
}

async function drain(place) {
  const lane = lanes.get(place);
  for (let fails = 0; lane.length; ) {
    const item = lane[0];
    try {
      finish(item, await post(item.path, { ...item.body, id: item.id }));
    } catch (error) {
      if (error instanceof ApiError && error.passing) {
        mark(item, "waiting");
        await pause(Math.min(5000, 300 * 1.7 ** (fails += 1)));
        continue;
      }
      item.error = error;
      mark(item, "failed");
      item.reject(error);
    }
    fails = 0;
    lane.shift();
  }
  lanes.delete(place);
}

function finish(item, answer) {
  item.entry = answer.entry;
  mark(item, "sent");
  item.resolve(answer);
}

function mark(item, status) {
  item.state = status;
  if (status === "sent" || status === "failed") forget(item);
  emit("outbox", item);
}

function pause(ms) {
  return new Promise((done) => {
    const wake = () => (clearTimeout(timer), wakers.delete(wake), done());
    const timer = setTimeout(wake, ms);
    wakers.add(wake);
  });
}

// Words survive a closed window (another window may send them too: the id is the same); a large file may not fit.
function keep({ id, body, at }) {
  try {
    localStorage.setItem(KEPT + id, JSON.stringify({ id, body, at }));
  } catch {
    // The message itself still goes out from this window.
  }
}

function forget(item) {
  localStorage.removeItem(KEPT + item.id);
}
