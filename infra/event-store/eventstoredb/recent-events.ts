import type { RecordedEvent } from '../event-store.js';

const MOST = 2_048;

/** The newest stretch of the log without a gap: everything after `start` up to `end`. */
export class RecentEvents {
  #events: RecordedEvent[] = [];
  #start: string;
  #end: string;

  /**
   * @param start position after which no event will be missing
   * @param most number of events that are kept at least, once there are as many
   */
  constructor(
    start: string,
    private readonly most = MOST,
  ) {
    this.#start = start;
    this.#end = start;
  }

  get end(): string {
    return this.#end;
  }

  push(event: RecordedEvent): void {
    this.#events.push(event);
    this.#end = event.position;
    if (this.#events.length < 2 * this.most) return;
    const dropped = this.#events.splice(0, this.most);
    this.#start = dropped.at(-1)?.position ?? this.#start;
  }

  /** At most so many events after the position; null where some of them may be gone. */
  after(position: string, most: number): readonly RecordedEvent[] | null {
    if (position < this.#start) return null;
    if (position >= this.#end) return [];
    const first = this.#indexAfter(position);
    return this.#events.slice(first, first + most);
  }

  /** How many events there are after the position. */
  countAfter(position: string): number {
    return this.#events.length - this.#indexAfter(position);
  }

  /** The last so many events up to the newest. */
  last(count: number): readonly RecordedEvent[] {
    return this.#events.slice(-count);
  }

  #indexAfter(position: string): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.position ?? '') > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
