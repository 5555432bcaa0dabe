import type { ExpectedRevision, StreamHead } from './expected-revision.js';
import { decideAppend } from './expected-revision.js';
import { RecentIds } from './recent-ids.js';
import type { ProposedEvent, StoredEvent } from './stored-event.js';
import { DELETED_REVISION, StreamState } from './stream-state.js';
import { ticksOf } from './ticks.js';
import { UnreadableRecords } from './unreadable-records.js';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
}

export type AppendOutcome =
  /** Revision and position of the batch's last event: -1 and null where nothing was ever written. */
  | {
      readonly kind: 'success';
      readonly revision: number;
      readonly position: number | null;
      /** Until when the node waits with its answer; null where the events can be read already. */
      readonly readable: Promise<void> | null;
    }
  /** A repetition of what cannot be read yet ("IdempotentNotReady"): the node never answers it. */
  | { readonly kind: 'dropped' }
  | { readonly kind: 'wrong-expected-version'; readonly currentRevision: number }
  | { readonly kind: 'stream-deleted' };

export interface EventLogOptions {
  readonly now: () => number;
  readonly recentIdsLimit: number;
}

const FIRST_POSITION = 1_174;
const RECORD_OVERHEAD_BYTES = 97;

/** The node's log in memory. Single-threaded, so an append is decided and written in one go. */
export class EventLog {
  /** What readers see. */
  readonly all: StoredEvent[] = [];
  readonly #unreadable = new UnreadableRecords();
  readonly #streams = new Map<string, StreamState>();
  readonly #recentIds: RecentIds;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #nextPosition = FIRST_POSITION;

  constructor(options: EventLogOptions) {
    this.#recentIds = new RecentIds(options.recentIdsLimit);
    this.#now = options.now;
  }

  /** Where the next record will begin that can be read. */
  get nextPosition(): number {
    return this.#unreadable.first ?? this.#nextPosition;
  }

  /** From now on the writer knows of events so much before they can be read; 0 ends it. */
  set readableAfterMs(milliseconds: number) {
    this.#unreadable.delayMs = milliseconds;
  }

  stream(name: string): StreamState | undefined {
    return this.#streams.get(name);
  }

  append(request: AppendRequest): AppendOutcome {
    const state = this.#stateOf(request.stream);
    const decision = this.#decide(state, request);
    switch (decision.kind) {
      case 'append':
        return this.#write(state, request);
      case 'idempotent': {
        const { lastRevision } = decision;
        if (lastRevision > state.lastReadable) return { kind: 'dropped' };
        const position = state.written[lastRevision]?.position ?? null;
        return { kind: 'success', revision: lastRevision, position, readable: null };
      }
      case 'wrong-expected-version':
        return { kind: 'wrong-expected-version', currentRevision: state.currentRevision };
      case 'stream-deleted':
        return { kind: 'stream-deleted' };
    }
  }

  /** Ends the stream for ever. */
  tombstone(stream: string, marker: ProposedEvent): StoredEvent {
    const state = this.#stateOf(stream);
    state.isTombstoned = true;
    const event = this.#record(stream, DELETED_REVISION, marker);
    this.#unreadable.add(event.position, () => {
      this.all.push(event);
      this.#tell();
    });
    return event;
  }

  /** Takes over the events of a backup, at their positions. */
  restore(backup: readonly StoredEvent[]): void {
    for (const event of backup) {
      const state = this.#stateOf(event.stream);
      state.written.push(event);
      state.events.push(event);
      this.all.push(event);
      this.#nextPosition = event.position + sizeOf(event.stream, event);
      if (event.stream.startsWith('$$')) this.#stateOf(event.stream.slice(2)).applyMetadata(event.data);
    }
  }

  /** What a node that starts anew no longer knows: the writer's recent ids. The events stay. */
  forgetRecentIds(): void {
    this.#recentIds.forget();
  }

  /** Calls back after every append that wrote something, until the returned function is called. */
  onAppended(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Index in `all` of the first event at or after the offset. */
  indexFrom(offset: number): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.all[middle];
      if (event !== undefined && event.position < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #decide(state: StreamState, { stream, expected, events }: AppendRequest): ReturnType<typeof decideAppend> {
    const head: StreamHead = {
      currentRevision: state.currentRevision,
      hasMetadata: (this.#streams.get(`$$${stream}`)?.written.length ?? 0) > 0,
      isSoftDeleted: state.isSoftDeleted,
      isTombstoned: state.isTombstoned,
      idAt: (revision) => state.idAt(revision),
      recentRevisionOf: (id) => this.#recentIds.revisionIn(stream, id),
    };
    return decideAppend(
      head,
      expected,
      events.map((event) => event.id),
    );
  }

  #write(state: StreamState, { stream, events }: AppendRequest): AppendOutcome {
    if (state.isSoftDeleted) state.applyMetadata(Buffer.from(`{"$tb":${state.written.length}}`));
    const added: StoredEvent[] = [];
    for (const proposed of events) {
      const revision = state.written.length;
      const event = this.#record(stream, String(revision), proposed);
      added.push(event);
      state.written.push(event);
      this.#recentIds.remember(proposed.id, { stream, revision });
      if (stream.startsWith('$$')) this.#stateOf(stream.slice(2)).applyMetadata(proposed.data);
    }
    const position = state.written.at(-1)?.position ?? null;
    const readable = added.length === 0 ? null : this.#show(state, added);
    return { kind: 'success', revision: state.currentRevision, position, readable };
  }

  #show(state: StreamState, added: readonly StoredEvent[]): Promise<void> | null {
    return this.#unreadable.add(added[0]?.position ?? 0, () => {
      state.events.push(...added);
      this.all.push(...added);
      this.#tell();
    });
  }

  #record(stream: string, revision: string, proposed: ProposedEvent): StoredEvent {
    const position = this.#nextPosition;
    this.#nextPosition += sizeOf(stream, proposed);
    return { ...proposed, stream, revision, position, createdTicks: ticksOf(this.#now()) };
  }

  #stateOf(stream: string): StreamState {
    const known = this.#streams.get(stream);
    if (known !== undefined) return known;
    const state = new StreamState();
    this.#streams.set(stream, state);
    return state;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const sizeOf = (stream: string, { data, metadata, type }: ProposedEvent): number =>
  RECORD_OVERHEAD_BYTES + data.length + metadata.length + 2 * type.length + stream.length;
