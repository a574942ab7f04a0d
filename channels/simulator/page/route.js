// Who speaks and which place is open, in the address: two windows can be two people.
import { state } from "/page/bus.js";

export function link(person, place = "") {
  const values = new URLSearchParams({ as: person });
  if (place) values.set("place", place);
  return `#${values}`;
}

export function go(person, place = "") {
  const target = link(person, place);
  if (location.hash === target) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = target;
}

export function read() {
  const values = new URLSearchParams(location.hash.slice(1));
  const me = values.get("as") || state.me || localStorage.getItem("caravan.me") || "Ana";
  return { me, place: values.get("place") || "" };
}
