import type { Appended, EventToAppend, ExpectedRevision, StreamBatch } from '../event-store.js';
import { isUuid } from './event-columns.js';
import { packEvent } from './submitted-append.js';
import { EXPECT_ANY, EXPECT_NO_STREAM, type Appends } from './writer-protocol.js';

/** The batches of one append, mostly one, for different streams; all of them are appended or none. */
export interface PendingAppend {
  readonly batches: readonly StreamBatch[];
  readonly resolve: (appended: readonly Appended[]) => void;
  readonly reject: (error: Error) => void;
}

/** Limits of one transaction, so that no append waits long for others of its group. */
const MOST_APPENDS = 2_048;
const MOST_CHARACTERS = 4_000_000;
/** Approximate size of an event without its data. */
const EVENT_CHARACTERS = 200;

/** The appends that go to the writer together, and the callers that wait for them. */
export class CommitGroup {
  readonly pending: PendingAppend[] = [];
  readonly #numbers: number[] = [];
  readonly #texts: (string | null)[] = [];
  #characters = 0;

  get appends(): Appends {
    return { numbers: this.#numbers, texts: this.#texts };
  }

  get isFull(): boolean {
    return this.pending.length >= MOST_APPENDS || this.#characters >= MOST_CHARACTERS;
  }

  /** @throws TypeError a batch is empty, a stream is there twice, an id is no UUID in lower case, or the data are not JSON */
  add(append: PendingAppend): void {
    const { batches } = append;
    const [numbers, texts] = [this.#numbers.length, this.#texts.length];
    try {
      if (new Set(batches.map(({ stream }) => stream)).size < batches.length || batches.length === 0)
        throw new TypeError('appends that belong together are to different streams, and to one at least');
      this.#numbers.push(batches.length);
      for (const batch of batches) this.#addBatch(batch);
    } catch (error) {
      this.#numbers.length = numbers;
      this.#texts.length = texts;
      throw error;
    }
    this.pending.push(append);
  }

  #addBatch({ stream, events, expectedRevision }: StreamBatch): void {
    if (events.length === 0) throw new TypeError(`an append to ${stream} needs at least one event`);
    this.#numbers.push(numberOf(expectedRevision), events.length);
    this.#texts.push(stream);
    for (const event of events) this.#addEvent(event);
  }

  /** Makes the JSON once: the writer stores the text, and subscribers parse it. */
  #addEvent(event: EventToAppend): void {
    // An id that is derived from its command's id is a UUID where that is one.
    const id = event.id ?? event.metadata.commandId;
    if (!isUuid(id)) throw new TypeError(`the event id ${id} is not a UUID in lower case`);
    const text = JSON.stringify(event.data);
    packEvent(event, text, this.#texts);
    this.#characters += text.length + EVENT_CHARACTERS;
  }
}

function numberOf(expected: ExpectedRevision): number {
  if (expected === 'no-stream') return EXPECT_NO_STREAM;
  if (expected === 'any') return EXPECT_ANY;
  if (!Number.isSafeInteger(expected) || expected < 0) throw new TypeError(`${expected} is not a revision`);
  return expected;
}
