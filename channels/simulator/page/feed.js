// Follows one place as one person: a long poll that continues from `next` whatever happens in between.
import { ApiError, get, query } from "/page/api.js";

const LONG = 20; // seconds that one poll waits for news or for Caravan to come to rest
const BUSY = 1; // while Caravan works: it may come to rest between two polls
const MANY = 500; // a batch this long is still history, not news

export class Feed {
  constructor({ place, person, onNews, onConnection, onRefused }) {
    Object.assign(this, { place, person, onNews, onConnection, onRefused });
    this.after = 0;
    this.fails = 0;
    this.first = true;
    this.idle = true;
    this.stopper = new AbortController();
    this.wake = () => {};
  }

  start() {
    const wake = () => this.wake();
    for (const event of ["online", "focus"]) window.addEventListener(event, wake, { signal: this.stopper.signal });
    document.addEventListener("visibilitychange", wake, { signal: this.stopper.signal });
    this.run();
  }

  stop() {
    this.stopper.abort();
    this.wake();
  }

  get stopped() {
    return this.stopper.signal.aborted;
  }

  async run() {
    while (!this.stopped) {
      try {
        await this.round();
      } catch (error) {
        if (this.stopped) return;
        if (!(error instanceof ApiError)) reportError(error);
        else if (!error.passing) return this.onRefused(error);
        await this.recover();
      }
    }
  }

  // A hidden window polls now and then: a browser has only six connections for all its windows.
  async round() {
    const wait = this.first || document.hidden || this.fails ? 0 : this.idle ? LONG : BUSY;
    const started = performance.now();
    const path = query("/simulator/transcript", { place: this.place, as: this.person, after: this.after, wait });
    const answer = await get(path, { signal: this.stopper.signal, timeout: (wait + 10) * 1000 });
    if (this.stopped) return;
    this.after = answer.next;
    this.idle = answer.idle;
    this.fails = 0;
    this.onConnection(true);
    this.onNews(answer.entries, { first: this.first, idle: answer.idle });
    this.first = this.first && answer.entries.length >= MANY;
    if (document.hidden) await this.pause(2500);
    else if (wait && !answer.entries.length && performance.now() - started < 200) await this.pause(300);
  }

  async recover() {
    this.fails += 1;
    this.onConnection(false);
    await this.pause(Math.min(5000, 300 * 1.7 ** this.fails) * (0.75 + Math.random() / 2));
  }

  pause(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.wake = () => (clearTimeout(timer), done());
    });
  }
}
