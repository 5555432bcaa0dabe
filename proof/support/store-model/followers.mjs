// Subscriptions that go on while the log grows, held to the model.
import { setTimeout as delay } from 'node:timers/promises';
import { expectSame, Mismatch } from './log-model.mjs';

const MOST = 6;
const PATIENCE_MS = 30_000;

/** One subscription, and what it has handed over since it was last looked at. */
class Follower {
  #events = [];
  #upTo;
  #caughtUp = 0;
  #error = null;
  #isClosed = false;
  #isHandling = false;
  #checkedUpTo;

  constructor(store, { from, filter, isSlow }) {
    Object.assign(this, { store, from, filter, isSlow });
    this.#upTo = this.#checkedUpTo = from;
    this.subscription = store.subscribe({ from, ...(filter && { filter }) }, this);
  }

  get #name() {
    return `the subscription from ${this.from} ${JSON.stringify(this.filter)}`;
  }

  async onEvents(events, upTo) {
    if (this.#isClosed) this.#error ??= new Mismatch(`${this.#name} is closed`, { expected: 'nothing', got: events });
    if (this.#isHandling) this.#error ??= new Error(`${this.#name} hands over a page while one is being handled`);
    if (this.#upTo !== null && upTo < this.#upTo) this.#error ??= new Error(`${this.#name} goes back to ${upTo}`);
    this.#isHandling = true;
    if (this.isSlow) await delay(1);
    this.#isHandling = false;
    this.#events.push(...events);
    this.#upTo = upTo;
  }

  onCaughtUp() {
    this.#caughtUp += 1;
  }

  onError(error) {
    this.#error ??= error;
  }

  async untilAt(head) {
    const until = performance.now() + PATIENCE_MS;
    const isThere = () => this.#error !== null || ((head === null || this.#upTo >= head) && this.#caughtUp > 0);
    while (!isThere()) {
      if (performance.now() > until)
        throw new Mismatch(`${this.#name} does not get there`, { expected: head, got: this.#upTo });
      await delay(2);
    }
  }

  /** Every matching event up to where it says that it is, in order, and no other. */
  check(model) {
    if (this.#error !== null) throw this.#error;
    const upTo = this.#upTo;
    const all = model.readAll({ from: this.#checkedUpTo, ...(this.filter && { filter: this.filter }) });
    const expected = upTo === null ? [] : all.filter(({ position }) => position <= upTo);
    expectSame(`${this.#name}, ${this.#checkedUpTo} to ${upTo}`, this.#events.splice(0), expected);
    this.#checkedUpTo = upTo;
  }

  async close() {
    await this.subscription.close();
    this.#isClosed = true;
  }
}

export class Followers {
  #open = [];
  #closed = [];

  constructor(random, model, reads) {
    Object.assign(this, { random, model, reads });
  }

  /** Begins one more, at any position; the oldest one ends where there are too many. */
  async change(store) {
    if (this.#open.length === MOST) await this.#close(this.random.below(MOST));
    const { random, model } = this;
    const { length } = model.log;
    const back = random.chance(0.05) ? length : Math.min(length, 600);
    const place = length - random.below(back + 1);
    const from = place === 0 ? null : model.log[place - 1].position;
    const filter = random.chance(0.6) ? this.reads.filter() : undefined;
    this.#open.push(new Follower(store, { from, filter, isSlow: random.chance(0.2) }));
  }

  async #close(index) {
    const [follower] = this.#open.splice(index, 1);
    await follower.close();
    this.#closed.push(follower);
  }

  /** All of a store that is about to be closed. */
  async leave(store) {
    for (let index = this.#open.length - 1; index >= 0; index -= 1)
      if (this.#open[index].store === store) await this.#close(index);
  }

  /** Waits until all are at the end of the log; nothing is being appended. */
  async check() {
    await Promise.all(this.#open.map((follower) => follower.untilAt(this.model.head)));
    for (const follower of [...this.#open, ...this.#closed.splice(0)]) follower.check(this.model);
  }

  async close() {
    while (this.#open.length > 0) await this.#close(0);
    await this.check();
  }
}
