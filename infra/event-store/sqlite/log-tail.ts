import type { CommittedEvent } from './committed-event.js';

const MOST_KEPT = 8_192;
/** How many events back a single event is looked for; reading it from the file takes as long as some hundred comparisons. */
const LOOKED_THROUGH = 512;

/** Keeps the newest consecutive events of this thread's commits for subscribers near the end of the log. */
export class LogTail {
  #events: CommittedEvent[] = [];

  /** Adds the events of one commit. Where another writer's events came between, the earlier ones are dropped. */
  add(events: readonly CommittedEvent[]): void {
    const last = this.#events.at(-1);
    const first = events[0];
    if (first === undefined) return;
    if (last === undefined || last.position + 1 !== first.position) this.#events = [...events];
    else for (const event of events) this.#events.push(event);
    if (this.#events.length > MOST_KEPT) this.#events = this.#events.slice(-MOST_KEPT / 2);
  }

  /** Finds the events that follow a position directly; null where they are not kept. */
  after(position: number, most: number): readonly CommittedEvent[] | null {
    const first = this.#events[0];
    if (first === undefined) return null;
    const start = position + 1 - first.position;
    return start < 0 || start >= this.#events.length ? null : this.#events.slice(start, start + most);
  }

  /** Finds an event that was added recently; null for any other. */
  find(stream: string, revision: number): CommittedEvent | null {
    const oldest = Math.max(0, this.#events.length - LOOKED_THROUGH);
    for (let index = this.#events.length - 1; index >= oldest; index -= 1) {
      const event = this.#events[index];
      if (event?.revision === revision && event.stream === stream) return event;
    }
    return null;
  }

  clear(): void {
    this.#events = [];
  }
}
