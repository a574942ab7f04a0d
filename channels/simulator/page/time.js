// Times as people read them, by the world's clock (which a test or a person may have moved).
import { worldNow } from "/page/bus.js";
import { locale, t } from "/page/words.js";

const CLOCK = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const SHORT = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });

export const clock = (iso) => CLOCK.format(new Date(iso));
export const full = (iso) => FULL.format(new Date(iso));
export const dayKey = (iso) => new Date(iso).toDateString();

export function day(iso) {
  const then = new Date(iso);
  const days = Math.round((midnight(worldNow()) - midnight(then)) / 86400000);
  return days === 0 ? t("Today") : days === 1 ? t("Yesterday") : DAY.format(then);
}

export function brief(iso) {
  return dayKey(iso) === new Date(worldNow()).toDateString() ? clock(iso) : SHORT.format(new Date(iso));
}

export function age(iso) {
  const seconds = Math.max(0, Math.round((worldNow() - Date.parse(iso)) / 1000));
  if (seconds < 60) return t("just now");
  if (seconds < 3600) return t("{count} min ago", { count: Math.floor(seconds / 60) });
  if (seconds < 86400) return t("{count} h ago", { count: Math.floor(seconds / 3600) });
  return t("{count} d ago", { count: Math.floor(seconds / 86400) });
}

export function until(iso) {
  const minutes = Math.round((Date.parse(iso) - worldNow()) / 60000);
  if (minutes <= 0) return t("closing");
  if (minutes < 60) return t("closes in {count} min", { count: minutes });
  if (minutes < 2880) return t("closes in {count} h", { count: Math.round(minutes / 60) });
  return t("closes {day}", { day: SHORT.format(new Date(iso)) });
}

function midnight(moment) {
  return new Date(moment).setHours(0, 0, 0, 0);
}
