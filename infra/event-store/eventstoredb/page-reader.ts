import type {
  EventStoreDBClient,
  Filter,
  ReadPosition,
  ReadRevision,
  ResolvedEvent,
  StreamingRead,
} from '@eventstore/db-client';
import { CutOffStreamError } from '../errors.js';
import { collect } from './collect.js';
import { isMissingStream } from './errors.js';
import { decode, type StoredEvent } from './event-codec.js';
import { FilteredRead } from './filtered-read.js';
import { Gate } from './gate.js';
import type { Limits } from './limits.js';
import { BEGINNING, fromPosition, toPosition } from './positions.js';
import { retrying } from './retry.js';
import type { SameLog } from './same-log.js';

const AT_ONCE = 32;

export type Direction = 'forwards' | 'backwards';

export interface StreamWindow {
  /** Inclusive. */
  readonly from: number | 'end';
  readonly direction: Direction;
  readonly count: number;
}

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
  filtered(from: string, filter: Filter): FilteredPages {
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
      return { events: ours(page.resolved), next, isLast: page.isLast };
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
  async #stream(stream: string, { from, direction, count }: StreamWindow, left: number): Promise<Page<number>> {
    const fromRevision: ReadRevision = from === 'end' ? 'end' : BigInt(from);
    const options = { fromRevision, direction, maxCount: count, requiresLeader: true };
    try {
      const resolved = await this.#collect(() => this.client.readStream(stream, options), left);
      const last = Number(resolved.at(-1)?.event?.revision ?? 0);
      refuseCutOff(stream, { from, direction, count }, resolved);
      const next = direction === 'forwards' ? last + 1 : last - 1;
      return { events: ours(resolved), next, isLast: resolved.length < count || next < 0 };
    } catch (error) {
      if (isMissingStream(error)) return { events: [], next: 0, isLast: true };
      throw error;
    }
  }

  async #log({ from, direction, count }: LogWindow, left: number): Promise<LogPage> {
    // Whether the server takes the position itself in depends on the direction, so one more is asked for.
    const asked = from === 'end' || from === BEGINNING ? count : count + 1;
    const options = { fromPosition: readPosition(from), direction, maxCount: asked, requiresLeader: true };
    const resolved = await this.#collect(() => this.client.readAll(options), left);
    const [first, last] = [resolved[0], resolved.at(-1)].map((one) => one?.event?.position);
    const beyond = direction === 'forwards' ? isAfter : isBefore;
    return {
      events: ours(resolved).filter(({ event }) => from === 'end' || beyond(event.position, from)),
      first: first === undefined ? null : toPosition(first),
      next: last === undefined ? from : toPosition(last),
      isLast: resolved.length < asked,
    };
  }

  /** Who waits without end is told after a while too that its turn does not come. */
  async #collect<Resolved>(read: () => StreamingRead<Resolved>, left: number): Promise<Resolved[]> {
    const until = performance.now() + Math.min(left, 2 * this.context.limits.call);
    await this.sameLog.assure();
    try {
      return await this.#gate.pass(
        (most) => collect(read(), Math.min(most, this.context.limits.call)),
        until - performance.now(),
      );
    } catch (error) {
      if (!isMissingStream(error)) this.sameLog.doubt();
      throw error;
    }
  }
}

/**
 * Nothing of ours ever shortens a stream. One whose first events are gone would be folded as if it were whole: forwards it
 * begins later than was asked, backwards it ends before its first revision.
 */
function refuseCutOff(stream: string, window: StreamWindow, resolved: readonly ResolvedEvent[]): void {
  const { from, direction, count } = window;
  if (direction === 'forwards') {
    const first = resolved[0]?.event?.revision;
    if (first !== undefined && typeof from === 'number' && Number(first) > from)
      throw new CutOffStreamError(stream, Number(first));
  } else if (resolved.length < count) {
    const oldest = resolved.at(-1)?.event?.revision;
    if (oldest !== undefined && oldest > 0n) throw new CutOffStreamError(stream, Number(oldest));
  }
}

const isAfter = (position: string, from: string): boolean => position > from;
const isBefore = (position: string, from: string): boolean => position < from;

function readPosition(from: string): ReadPosition {
  if (from === 'end') return 'end';
  return from === BEGINNING ? 'start' : fromPosition(from);
}

function ours(resolved: readonly Parameters<typeof decode>[0][]): StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const one of resolved) {
    const stored = decode(one);
    if (stored !== null) events.push(stored);
  }
  return events;
}
