// The messages of one place from its change feed: the newest form of each, in the order they were first said.
export class Timeline {
  constructor() {
    this.byId = new Map();
    this.sorted = [];
  }

  // Returns the entries that were not known before.
  merge(entries) {
    const fresh = [];
    for (const entry of entries) {
      const old = this.byId.get(entry.id);
      if (old && old.n >= entry.n) continue;
      const kept = { ...entry, first: entry.first ?? old?.first ?? entry.n, at: old?.at ?? entry.at };
      kept.edited = Boolean(old && (old.edited || reworded(old, entry)));
      this.byId.set(entry.id, kept);
      if (!old) fresh.push(kept);
    }
    this.sorted = [...this.byId.values()].sort((a, b) => a.first - b.first);
    return fresh;
  }

  get newest() {
    return this.sorted.reduce((top, entry) => Math.max(top, entry.n), 0);
  }

  lastOf(author) {
    return this.sorted.findLast((entry) => entry.author === author && entry.kind === "message" && entry.author_kind === "person");
  }
}

function reworded(old, entry) {
  return entry.kind === "message" && entry.author_kind === "person" && old.text !== entry.text;
}
