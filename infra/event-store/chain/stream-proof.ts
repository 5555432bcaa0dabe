import type { ChainFault, FaultKind } from './log-chain.js';
import { NO_HASH, type ChainedEvent, type HashedEvent } from './event-hash.js';
import { explain, hashAt, type Explained, type Suspect } from './suspects.js';

/** The recorded end of a stream. */
export interface StreamEnd {
  readonly revision: number;
  readonly hash: string;
}

/**
 * Checks a stream in the order of its revisions. Events whose hash does not follow from the one before are kept until the end, as
 * later events often show what happened to them.
 */
export class StreamProof {
  /** Whether another stream's event may be in its place; known once the faults are. */
  readonly altered: Explained[] = [];
  readonly #faults: ChainFault[] = [];
  readonly #suspects: Suspect[] = [];
  /** Number of events after the recorded end whose hashes follow. */
  readonly #beyond: HashedEvent[] = [];
  #next = 0;
  /** Hash of the event before; null where that event is missing. */
  #before: string | null = NO_HASH;

  constructor(
    private readonly stream: string,
    private readonly end: StreamEnd,
  ) {}

  add({ event, hash }: ChainedEvent): void {
    const { revision } = event;
    if (revision < this.#next) return this.#fault('added', revision, event);
    this.#miss(revision);
    const before = this.#before;
    if (before !== null && hashAt({ stream: this.stream, revision, before }, event) !== hash)
      this.#suspects.push({ event, hash, before });
    else if (revision > this.end.revision) this.#beyond.push(event);
    this.#next = revision + 1;
    this.#before = hash;
  }

  /** @param lastPosition recorded end of the log; later events were never appended */
  faults(lastPosition: number): readonly ChainFault[] {
    const { end } = this;
    const { found, offset } = explain(this.#suspects);
    for (const explained of found) {
      const { suspect, fault, place } = explained;
      const { revision } = suspect.event;
      if (fault === 'missing') this.#fault(fault, place.revision);
      else if (revision > end.revision || suspect.event.position > lastPosition)
        this.#fault('added', revision, suspect.event);
      else this.#fault(fault, revision, suspect.event);
      if (fault === 'altered') this.altered.push(explained);
    }
    for (const event of this.#beyond) this.#fault('added', event.revision, event);
    const last = this.#next + offset - 1;
    for (let revision = last + 1; revision <= end.revision; revision += 1) this.#fault('missing', revision);
    // Its hash was recomputed to match, so only the recorded end shows the change.
    if (last === end.revision && this.#faults.length === 0 && (this.#before ?? end.hash) !== end.hash)
      this.#fault('altered', last);
    return this.#faults.sort((one, other) => one.revision - other.revision);
  }

  #miss(upTo: number): void {
    for (; this.#next < upTo; this.#next += 1) {
      this.#fault('missing', this.#next);
      this.#before = null;
    }
  }

  #fault(fault: FaultKind, revision: number, event?: HashedEvent): void {
    this.#faults.push({ stream: this.stream, revision, ...(event !== undefined && { eventId: event.id }), fault });
  }
}
