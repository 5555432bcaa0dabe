import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import { readWhile } from './as-of.js';
import type { Happened } from './as-of.js';

export interface FoldedStream<State> {
  /** Not to be changed; the next look may change it in place. */
  readonly state: State;
  /** Of its last event; null where it has none. */
  readonly position: Position | null;
}

interface Fold<State> {
  readonly stream: string;
  readonly initialState: () => State;
  readonly evolve: (state: State, event: RecordedEvent) => State;
}

/**
 * Keeps what one stream folds to, for streams that nearly every read needs: each look reads only what has been appended since the
 * one before, and sees all that was recorded before it was asked for.
 */
export class StreamFold<State> {
  private revision = -1;
  private folded: FoldedStream<State>;
  private reading: Promise<FoldedStream<State>> | null = null;
  /** The look after the one under way, for all who ask meanwhile. */
  private next: Promise<FoldedStream<State>> | null = null;

  constructor(
    private readonly log: EventStore,
    private readonly fold: Fold<State>,
  ) {
    this.folded = { state: fold.initialState(), position: null };
  }

  now(): Promise<FoldedStream<State>> {
    if (this.next !== null) return this.next;
    if (this.reading === null) return this.look();
    const look = (): Promise<FoldedStream<State>> => this.look();
    this.next = this.reading.then(look, look);
    return this.next;
  }

  /** Folds from the beginning what had happened by a moment. */
  async pastBy(happened: Happened): Promise<FoldedStream<State>> {
    const { stream, initialState, evolve } = this.fold;
    let folded: FoldedStream<State> = { state: initialState(), position: null };
    for await (const event of readWhile(this.log, stream, happened)) {
      folded = { state: evolve(folded.state, event), position: event.position };
    }
    return folded;
  }

  private look(): Promise<FoldedStream<State>> {
    this.next = null;
    this.reading = this.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  private async read(): Promise<FoldedStream<State>> {
    const { stream, evolve } = this.fold;
    for await (const event of this.log.read(stream, { from: this.revision + 1 })) {
      this.folded = { state: evolve(this.folded.state, event), position: event.position };
      this.revision = event.revision;
    }
    return this.folded;
  }
}
