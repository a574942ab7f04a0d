// What this window knows (who speaks, which place is open) and a way to hear of changes.
export const state = {
  me: "", // name of the person this window speaks as
  place: "", // the open place, "" for none
  people: [], // names ever used on this installation
  places: [], // [{place, thread, title, kind, like, people, personas, n}]
  summaries: new Map(), // place -> {n, last, unread}
  commands: [], // [{name, summary, parameters}]
  clockOffset: 0, // the world's clock minus this machine's, in ms
};

const bus = new EventTarget();

export function on(topic, listener) {
  bus.addEventListener(topic, (event) => listener(event.detail));
}

export function emit(topic, detail) {
  bus.dispatchEvent(new CustomEvent(topic, { detail }));
}

export function openPlace() {
  return state.places.find((item) => item.place === state.place) || null;
}

export function worldNow() {
  return Date.now() + state.clockOffset;
}
