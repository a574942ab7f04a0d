// The places and people of this installation, asked for again and again; unread counts are this browser's own.
import { ApiError, get, query } from "/page/api.js";
import { emit, state } from "/page/bus.js";
import { plain } from "/page/markdown.js";
import { link } from "/page/route.js";
import { Timeline } from "/page/timeline.js";
import { keepLanguage, language, languageOf, t } from "/page/words.js";

const MOST = 40; // places whose last line is fetched when the page opens
const EVERY = 3000;
let timer = 0;

export function readUpTo(place) {
  return Number(localStorage.getItem(`caravan.read.${state.me}.${place}`) || 0);
}

export function markRead(place, n) {
  if (n <= readUpTo(place)) return;
  localStorage.setItem(`caravan.read.${state.me}.${place}`, String(n));
  const summary = state.summaries.get(place);
  if (summary?.unread) Object.assign(summary, { unread: 0 });
  emit("places");
}

export async function refresh() {
  clearTimeout(timer);
  const asked = state.me;
  try {
    const [places, people] = await Promise.all([get(query("/simulator/places", { as: asked })), get(query("/simulator/people", { as: asked }))]);
    if (asked !== state.me) return;
    if (people.as && people.as !== asked) return call(people.as);
    Object.assign(state, { places: places.places, people: people.people });
    if (people.language && people.language !== languageOf(asked)) keepLanguage(asked, people.language);
    if (languageOf(asked) !== language) return emit("language");
    emit("connection", true);
    emit("places");
    await summarise(asked);
  } catch (error) {
    if (error.passing) emit("connection", false);
    else if (!(error instanceof ApiError)) reportError(error);
  } finally {
    clearTimeout(timer);
    timer = setTimeout(refresh, document.hidden ? EVERY * 4 : EVERY);
  }
}

// One person however the name is typed: words typed before the answer came stay in the composer.
function call(name) {
  emit("called", name);
  location.replace(link(name, state.place));
}

async function summarise(asked) {
  for (const item of state.places.slice(0, MOST)) {
    const known = state.summaries.get(item.place);
    if (known?.n >= item.n || item.place === state.place) continue;
    const path = query("/simulator/transcript", { place: item.place, as: asked, after: known?.n || 0, wait: 0 });
    const answer = await get(path).catch(() => null);
    if (asked !== state.me) return;
    if (answer) note(item.place, answer.entries, answer.next);
  }
}

// Called with every piece of transcript that arrives, of the open place too.
export function note(place, entries, next) {
  const summary = state.summaries.get(place) || { n: 0, last: null, unread: 0, timeline: new Timeline() };
  const fresh = summary.timeline.merge(entries);
  const read = readUpTo(place);
  summary.unread += fresh.filter((entry) => entry.first > read && entry.author !== state.me && entry.kind !== "deleted").length;
  summary.n = Math.max(summary.n, next);
  summary.last = summary.timeline.sorted.at(-1) || null;
  state.summaries.set(place, summary);
  if (place === state.place && !document.hidden) summary.unread = 0;
  emit("places");
}

export function lastLine(summary) {
  const entry = summary?.last;
  if (!entry) return "";
  const words = entry.kind === "deleted" ? t("message deleted") : plain(entry.text || entry.card?.title || entry.files?.[0]?.name || "");
  return entry.kind === "notice" ? words : `${entry.author === state.me ? t("You") : entry.author}: ${words}`;
}

export function unreadInAll() {
  return [...state.summaries.values()].reduce((sum, summary) => sum + summary.unread, 0);
}
