import type { IncomingMessage } from 'node:http';

/** How long requests are begun before the event loop turns to all else there is to do, milliseconds. */
const SLICE_MS = 5;
/** Connections taken between two slices at most: who only connects, however often, does not keep others from being answered. */
const MOST_TAKEN = 64;

/** How a request came to be begun. */
export interface Arrival {
  /** When its head had arrived, by `performance.now()`. */
  readonly at: number;
  /** Requests that waited behind it. */
  readonly waiting: number;
}

interface Waiting {
  readonly request: IncomingMessage;
  readonly at: number;
  readonly begin: () => void;
}

const arrivals = new WeakMap<IncomingMessage, Arrival>();

/** How this request came to be begun; one that was in no queue has just arrived. */
export const arrivalOf = (request: IncomingMessage): Arrival =>
  arrivals.get(request) ?? { at: performance.now(), waiting: 0 };

/**
 * Begins requests in the order of their arrival, for a short time in each turn of the event loop. What has been begun goes on in
 * every turn, so under load requests wait here, where it is seen how many they are and how long, and not behind each other's
 * commits. The event loop takes one new connection a turn (libuv from 1.45 on): while they come, turns follow that begin nothing,
 * else each would wait for as long as all that is asked on the others takes.
 */
export class RequestQueue {
  #waiting: Waiting[] = [];
  #first = 0;
  #isDue = false;
  #hasTaken = false;
  #taken = 0;

  /** Calls `begin` when it is this request's turn. */
  add(request: IncomingMessage, begin: () => void): void {
    this.#waiting.push({ request, at: performance.now(), begin });
    this.#soon();
  }

  /** A connection was taken, behind which others may wait. */
  connected(): void {
    this.#hasTaken = true;
  }

  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isDue = false;
    const givesWay = this.#hasTaken && this.#taken < MOST_TAKEN;
    this.#hasTaken = false;
    this.#taken = givesWay ? this.#taken + 1 : 0;
    if (givesWay) this.#soon();
    else this.#beginUntil(performance.now() + SLICE_MS);
  }

  #beginUntil(end: number): void {
    const next = this.#next();
    if (next === undefined) return;
    const { request, at, begin } = next;
    arrivals.set(request, { at, waiting: this.#waiting.length - this.#first });
    begin();
    // Behind what it does at once, promises too, which counts.
    queueMicrotask(() => process.nextTick(() => (performance.now() < end ? this.#beginUntil(end) : this.#soon())));
  }

  #next(): Waiting | undefined {
    const next = this.#waiting[this.#first];
    this.#first += 1;
    if (this.#first < this.#waiting.length) return next;
    this.#waiting = [];
    this.#first = 0;
    return next;
  }
}
