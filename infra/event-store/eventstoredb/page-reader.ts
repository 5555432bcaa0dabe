import type { EventStoreDBClient } from '@eventstore/db-client';
import { CutOffStreamError } from '../errors.js';
import type { StoredEvent } from './event-codec.js';
import { FilteredRead } from './filtered-read.js';
import { Gate } from './gate.js';
import type { Limits } from './limits.js';
import { BEGINNING } from './positions.js';
import { readEvents } from './read-events.js';
import {
  encodeLogRead,
  encodeStreamRead,
  type Direction,
  type ReadEvent,
  type ServerFilter,
  type StreamWindow,
} from './read-messages.js';
import { retrying } from './retry.js';
import type { SameLog } from './same-log.js';

const AT_ONCE = 32;

export interface LogWindow {
  /** Exclusive; `BEGINNING` and `end` are what they say. */
  readonly from: string;
  readonly direction: Direction;
  readonly count: number;
}

export interface Page<Next> {
  readonly events: readonly StoredEvent[];
  /** Where to go on reading; what is none of ours counts as well. */
  readonly next: Next;
  readonly isLast: boolean;
}

export interface LogPage extends Page<string> {
  /** Position of the first event read, of anybody; null without one. */
  readonly first: string | null;
}

export interface FilteredPages {
  page(): Promise<Page<string>>;
  close(): void;
}

/** Reads pages with calls of their own, so that a lost connection costs a page and a reader may leave at any time. */
export class PageReader {
  readonly #gate = new Gate(AT_ONCE);

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly sameLog: SameLog,
    private readonly context: { readonly limits: Limits; readonly signal: AbortSignal },
  ) {}

  stream(stream: string, window: StreamWindow): Promise<Page<number>> {
    const patience = { doing: `read ${stream}`, limit: this.context.limits.answer, signal: this.context.signal };
    return retrying((left) => this.#stream(stream, window, left), patience);
  }

  /** @param signal who gives it waits until then, however long the store is away */
  log(window: LogWindow, signal?: AbortSignal): Promise<LogPage> {
    const limit = signal === undefined ? this.context.limits.answer : Infinity;
    return retrying((left) => this.#log(window, left), {
      doing: 'read the log',
      limit,
      signal: signal ?? this.context.signal,
    });
  }

  /** The same forwards, with a filter of the server's; read it by pages until the last one. */
  filtered(from: string, filter: ServerFilter): FilteredPages {
    let next = from;
    let read: FilteredRead | null = null;
    const drop = (): void => {
      read?.close();
      read = null;
    };
    const attempt = async (): Promise<Page<string>> => {
      await this.sameLog.assure();
      read ??= new FilteredRead(this.client, { from: next, filter, patience: this.context.limits.call });
      const page = await read.page();
      next = page.next;
      return { events: ours(page.events), next, isLast: page.isLast };
    };
    const anew = (error: unknown): never => {
      drop();
      throw error;
    };
    const patience = { doing: 'read the log', limit: this.context.limits.answer, signal: this.context.signal };
    return { page: () => retrying(() => attempt().catch(anew), patience), close: drop };
  }

  /** Position of the last event of anybody; `BEGINNING` where there is none. One try. */
  async end(): Promise<string> {
    const { next } = await this.#log({ from: 'end', direction: 'backwards', count: 1 }, this.context.limits.call);
    return next === 'end' ? BEGINNING : next;
  }

  /** @param left milliseconds for this try */
  async #stream(stream: string, window: StreamWindow, left: number): Promise<Page<number>> {
    const { direction, count } = window;
    const read = await this.#read(encodeStreamRead(stream, window), left);
    refuseCutOff(stream, window, read);
    const last = read.at(-1)?.revision;
    if (last === undefined) return { events: [], next: 0, isLast: true };
    const next = direction === 'forwards' ? last + 1 : last - 1;
    return { events: ours(read), next, isLast: read.length < count || next < 0 };
  }

  async #log({ from, direction, count }: LogWindow, left: number): Promise<LogPage> {
    // The direction decides whether the server includes the position itself, so one more event is read.
    const asked = from === 'end' || from === BEGINNING ? count : count + 1;
    const read = await this.#read(encodeLogRead({ from, direction, count: asked }), left);
    const beyond = direction === 'forwards' ? isAfter : isBefore;
    return {
      events: ours(read).filter(({ event }) => from === 'end' || beyond(event.position, from)),
      first: read[0]?.position ?? null,
      next: read.at(-1)?.position ?? from,
      isLast: read.length < asked,
    };
  }

  /** Who waits without end is told after a while too that its turn does not come. */
  async #read(request: Buffer, left: number): Promise<ReadEvent[]> {
    const until = performance.now() + Math.min(left, 2 * this.context.limits.call);
    await this.sameLog.assure();
    try {
      return await this.#gate.pass(
        (most) => readEvents(this.client, request, Math.min(most, this.context.limits.call)),
        until - performance.now(),
      );
    } catch (error) {
      this.sameLog.doubt();
      throw error;
    }
  }
}

/**
 * Refuses a stream whose first events are missing, as it would be folded as if it were whole. Read forwards it begins later than
 * requested, read backwards it ends before its first revision. The engine itself never shortens a stream.
 */
function refuseCutOff(stream: string, window: StreamWindow, read: readonly ReadEvent[]): void {
  const { from, direction, count } = window;
  if (direction === 'forwards') {
    const first = read[0]?.revision;
    if (first !== undefined && typeof from === 'number' && first > from) throw new CutOffStreamError(stream, first);
  } else if (read.length < count) {
    const oldest = read.at(-1)?.revision;
    if (oldest !== undefined && oldest > 0) throw new CutOffStreamError(stream, oldest);
  }
}

const isAfter = (position: string, from: string): boolean => position > from;
const isBefore = (position: string, from: string): boolean => position < from;

const ours = (read: readonly ReadEvent[]): StoredEvent[] => read.flatMap((event) => event.ours ?? []);
