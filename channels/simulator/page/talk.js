// The open conversation: header, messages and composer of one place as one person.
import { ApiError, friendly, newId, post } from "/page/api.js";
import { on, openPlace, state, worldNow } from "/page/bus.js";
import { Composer } from "/page/composer.js";
import { avatar, h, icon, iconButton } from "/page/dom.js";
import { Feed } from "/page/feed.js";
import { shareLocation } from "/page/location.js";
import { Log } from "/page/log.js";
import { plain } from "/page/markdown.js";
import * as outbox from "/page/outbox.js";
import { formValues, pollSpoken } from "/page/parts.js";
import { markRead, note, readUpTo, refresh } from "/page/places.js";
import { pickReaction } from "/page/reactions.js";
import { go } from "/page/route.js";
import { placeAvatar } from "/page/side.js";
import { Timeline } from "/page/timeline.js";
import { sorry, toast } from "/page/toast.js";
import { names, opening, welcome } from "/page/welcome.js";
import { learnClock } from "/page/world.js";
import { language, t } from "/page/words.js";

const QUIET = 800; // ms

export class Talk {
  constructor(node, { onCreate, onMembers }) {
    Object.assign(this, { node, onCreate, onMembers, feed: null, timeline: new Timeline(), idle: true, unseen: 0, drafts: new Map(), drafting: "" });
    this.log = new Log(this.actions());
    this.composer = new Composer({ onSay: (said) => this.say(said), onEdit: (entry, text) => this.change("edit", entry, { text }), onEditLast: () => this.editLast(), onSpot: () => shareLocation((location) => this.say({ location })) });
    this.head = h("header", { class: "talk-head" });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, on: { click: () => (this.unseen ? this.log.toNew() : this.log.toBottom()) } }, icon("down"), h("span"));
    this.link = h("p", { class: "connection", hidden: true, role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), t("Reconnecting…"));
    this.body = h("div", { class: "talk-body" }, this.log.node, this.link, this.jump);
    on("outbox", () => this.draw());
    on("places", () => (this.drawHead(), this.drawOpening()));
    on("called", (name) => (this.drafting = `${name}|${state.place}`));
    this.takeDrops();
    document.addEventListener("visibilitychange", () => this.seen());
  }

  actions() {
    return {
      reply: (entry) => this.composer.reply(entry),
      edit: (entry) => this.composer.edit(entry),
      remove: (entry) => this.change("delete", entry),
      react: (entry, emoji) => this.react(entry, emoji),
      pickReaction: (entry, anchor) => pickReaction(anchor, (emoji) => this.react(entry, emoji)),
      command: (words) => this.composer.fill(words),
      press: (entry, choice, node) => this.press(entry, choice, node),
      retry: outbox.retry,
      discard: outbox.discard,
      reason: friendly,
      redraw: () => this.draw(),
      scrolled: () => this.seen(),
    };
  }

  open() {
    this.feed?.stop();
    this.feed = null;
    this.timeline = new Timeline();
    this.idle = true;
    this.unseen = 0;
    this.openingSign = null;
    this.log.reset();
    this.swapDrafts();
    this.link.hidden = true;
    this.composer.input.placeholder = t("Message as {name}", { name: state.me });
    if (!state.place) return this.node.replaceChildren(welcome({ onCreate: this.onCreate }));
    this.body.replaceChildren(this.log.node, this.link, this.jump);
    this.node.replaceChildren(this.head, this.body, this.composer.node);
    this.readBefore = readUpTo(state.place);
    this.drawHead();
    this.draw();
    this.follow();
  }

  // Words not sent yet stay with the person and the place they were meant for.
  swapDrafts() {
    this.drafts.set(this.drafting, this.composer.editing ? "" : this.composer.input.value);
    this.composer.clear();
    this.drafting = `${state.me}|${state.place}`;
    this.composer.put(this.drafts.get(this.drafting) || "");
  }

  follow() {
    this.feed = new Feed({
      place: state.place,
      person: state.me,
      onNews: (entries, about) => this.news(entries, about),
      onConnection: (there) => this.connected(there),
      onRefused: (error) => this.refused(error),
    });
    this.feed.start();
  }

  connected(there) {
    if (there && !this.link.hidden) outbox.wakeAll();
    this.link.hidden = there;
  }

  news(entries, { first, idle }) {
    this.idle = idle;
    if (!entries.length && !first) return this.draw();
    if (entries.some((entry) => Date.parse(entry.at) > worldNow() + 60000)) learnClock().catch(() => {});
    const counted = entries.filter((entry) => entry.poll && this.timeline.byId.has(entry.id));
    const fresh = this.timeline.merge(entries).filter((entry) => entry.author !== state.me || entry.author_kind !== "person");
    outbox.arrived(entries);
    if (first) this.firstLook(fresh);
    else this.announce(fresh, counted);
    note(state.place, entries, this.feed.after);
    this.draw();
    if (first) this.log.toNew();
    this.seen();
  }

  firstLook(others) {
    const fresh = this.readBefore ? others.filter((entry) => entry.first > this.readBefore) : [];
    this.log.newFrom = fresh[0]?.id || null;
    this.log.stuck = true;
  }

  // Tells what is new, and how the votes stand now.
  announce(fresh, counted) {
    if (!fresh.length && !counted.length) return;
    if (fresh.length && (!this.log.stuck || document.hidden)) {
      if (!this.unseen) this.log.newFrom = fresh[0].id;
      this.unseen += fresh.length;
    }
    const live = document.getElementById("live");
    const votes = counted.map((entry) => h("p", { text: pollSpoken(entry) }));
    live.replaceChildren(...votes, ...fresh.slice(-3).map((entry) => h("p", { text: `${entry.author}: ${plain(entry.text || entry.card?.title || "").slice(0, 200)}` })));
  }

  seen() {
    if (!state.place) return;
    if (this.log.stuck && !document.hidden) {
      this.unseen = 0;
      if (this.timeline.sorted.length) markRead(state.place, this.timeline.newest);
    }
    this.jump.hidden = this.log.stuck;
    this.jump.lastChild.textContent = this.unseen ? t(this.unseen === 1 ? "{count} new message" : "{count} new messages", { count: this.unseen }) : "";
    this.jump.setAttribute("aria-label", this.jump.textContent || t("Latest messages"));
    this.jump.classList.toggle("fresh", this.unseen > 0);
  }

  draw() {
    if (!state.place) return;
    const pending = outbox.pending(state.place, state.me).filter((item) => !this.timeline.byId.has(item.entry));
    this.log.draw({ timeline: this.timeline, pending, me: state.me, idle: this.idle });
    this.drawOpening();
  }

  // What to begin with, once it is clear that nobody says anything: a welcome may be on its way.
  drawOpening() {
    const here = openPlace();
    const silent = here && this.feed && !this.feed.first && !this.log.list.firstChild;
    if (silent && !this.feed.quietSince) {
      this.feed.quietSince = Date.now();
      setTimeout(() => this.drawOpening(), QUIET);
    }
    if (silent && Date.now() - this.feed.quietSince < QUIET) return;
    const sign = silent ? JSON.stringify(here.people) : "";
    if (sign === this.openingSign) return;
    this.openingSign = sign;
    this.log.empty.replaceChildren(...(silent ? opening(here, (words) => this.begin(words)) : []));
  }

  drawHead() {
    const here = openPlace();
    if (!state.place) return;
    const title = here ? here.title || t("Untitled") : "…";
    const members = here ? [...here.people, ...(here.personas || [])].slice(0, 4) : [];
    const sign = JSON.stringify([here?.title, here?.people, here?.personas, here?.like, state.me]);
    if (sign === this.sign && this.head.firstChild) return;
    this.sign = sign;
    this.head.replaceChildren(
      iconButton("back", t("All threads"), () => go(state.me), { class: "back" }),
      here ? placeAvatar(here) : null,
      h("div", { class: "talk-title" }, h("h2", { text: title }), h("p", { class: "soft" }, here ? names([...here.people, ...(here.personas || [])]) : "", here?.like ? h("span", { class: "badge like", text: t("like {network}", { network: here.like }) }) : null)),
      h("button", { type: "button", class: "faces", "aria-label": t("People and personas in this thread"), title: t("People and personas"), on: { click: this.onMembers } }, members.map((name) => avatar(name, here.people.includes(name) ? "person" : "persona", "small")), icon("people")));
  }

  // A command is said at once; other words can still be changed.
  begin(words) {
    if (/^\/\S.*\S$/.test(words)) this.say({ text: words });
    else this.composer.fill(words);
  }

  say(said) {
    this.log.stuck = true;
    outbox.say({ place: state.place, as: state.me, language, ...said });
  }

  async change(what, entry, more = {}) {
    try {
      await outbox.submit(`/simulator/${what}`, { place: state.place, as: state.me, entry: entry.id, ...more });
    } catch (error) {
      sorry(error);
    }
  }

  async press(entry, choice, node) {
    const holder = node.closest(".message");
    const values = entry.form?.length ? formValues(holder) : undefined;
    if (node.classList.contains("busy")) return;
    node.classList.add("busy"); // not disabled: that would take the focus away
    node.setAttribute("aria-disabled", "true");
    try {
      await outbox.submit("/simulator/press", { place: state.place, as: state.me, entry: entry.id, button: choice.id, values });
    } catch (error) {
      if (error instanceof ApiError) sorry(error);
    } finally {
      node.classList.remove("busy");
      node.removeAttribute("aria-disabled");
    }
  }

  // The same reaction again takes it away: an empty one means none.
  react(entry, emoji) {
    const given = entry.reactions?.some((reaction) => reaction.emoji === emoji && reaction.by.includes(state.me));
    return this.change("react", entry, { emoji: given ? "" : emoji });
  }

  editLast() {
    const last = this.timeline.lastOf(state.me);
    if (last) this.composer.edit(last);
    return Boolean(last);
  }

  refused(error) {
    const outside = error.status === 403;
    const join = async () => {
      await post("/simulator/members", { place: state.place, add: [state.me], id: newId() }).catch(sorry);
      await refresh();
      this.open();
    };
    this.composer.node.remove();
    this.body.replaceChildren(h("div", { class: "refused" }, avatar(state.me), h("h2", { text: outside ? t("{name} is not in this thread", { name: state.me }) : t("This thread is not here") }), h("p", { class: "soft", text: friendly(error) }),
      h("div", { class: "buttons" }, outside ? h("button", { type: "button", class: "choice primary", on: { click: join } }, t("Add {name}", { name: state.me })) : null, h("button", { type: "button", class: "choice", on: { click: () => go(state.me) } }, t("All threads")))));
  }

  takeDrops() {
    for (const name of ["dragenter", "dragover"]) this.node.addEventListener(name, (event) => (event.preventDefault(), this.node.classList.add("dropping")));
    this.node.addEventListener("dragleave", (event) => !this.node.contains(event.relatedTarget) && this.node.classList.remove("dropping"));
    this.node.addEventListener("drop", (event) => {
      event.preventDefault();
      this.node.classList.remove("dropping");
      if (!state.place) return toast(t("Open a thread first, then drop files into it."), "error");
      this.composer.take(event.dataTransfer.files);
    });
  }
}
