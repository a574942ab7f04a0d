// Times as people read them, by the world's clock (which a test or a person may have moved).
import { worldNow } from "/page/bus.js";

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const SHORT = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

export const clock = (iso) => CLOCK.format(new Date(iso));
export const full = (iso) => FULL.format(new Date(iso));
export const dayKey = (iso) => new Date(iso).toDateString();

export function day(iso) {
  const then = new Date(iso);
  const days = Math.round((midnight(worldNow()) - midnight(then)) / 86400000);
  return days === 0 ? "Today" : days === 1 ? "Yesterday" : DAY.format(then);
}

export function brief(iso) {
  return dayKey(iso) === new Date(worldNow()).toDateString() ? clock(iso) : SHORT.format(new Date(iso));
}

export function age(iso) {
  const seconds = Math.max(0, Math.round((worldNow() - Date.parse(iso)) / 1000));
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

export function until(iso) {
  const minutes = Math.round((Date.parse(iso) - worldNow()) / 60000);
  if (minutes <= 0) return "closing";
  if (minutes < 60) return `closes in ${minutes} min`;
  if (minutes < 2880) return `closes in ${Math.round(minutes / 60)} h`;
  return `closes ${SHORT.format(new Date(iso))}`;
}

function midnight(moment) {
  return new Date(moment).setHours(0, 0, 0, 0);
}
