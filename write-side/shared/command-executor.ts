import type { Aggregate, DomainEvent, Refusal } from '../../domain/shared/index.js';
import type { Position, RecordedEvent } from '../../infra/event-store/index.js';
import type { Along } from './along.js';

/** What a command came to that left no event: refused, or there was nothing to change at that revision (-1: no stream). */
export type Settled = { readonly refusal: Refusal } | { readonly unchangedAt: number };

/** Who sends a command, why, and how it is told apart from others. */
export interface CommandContext {
  /** UUID. The same id is applied once: again, it is answered from the events that it recorded. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: string;
  readonly traceparent?: string;
  /** What became of the same command before, where it left no event. */
  readonly settled?: Settled;
  /** Hash of the request's body where the client sent an Idempotency-Key. */
  readonly requestHash?: string;
  /** Recorded with the first events of the command. */
  readonly along?: Along;
  /** True when the id may have been used before (a client's key, a saga's command): the stream is searched for it. */
  readonly repeatable: boolean;
}

export interface Execution<State, Command, Event extends DomainEvent, Answer> {
  readonly aggregate: Aggregate<State, Command, Event>;
  readonly id: string;
  readonly command: Command;
  readonly context: CommandContext;
  /**
   * The command makes the aggregate: its stream is taken to be empty without looking. Should it not be, the append finds
   * out, and the stream is read before the command is decided again.
   */
  readonly creates?: boolean;
  /** If-Match: the revision that the stream must have; -1 for none. */
  readonly expectedRevision?: readonly number[];
  /**
   * Makes the answer out of the state right after this command; called before later commands change that state.
   * `events` are the ones of this command, also when it is answered again.
   */
  readonly answer: (state: State, events: readonly Event[], revision: number) => Answer;
}

export type Outcome<Answer> =
  | {
      readonly kind: 'accepted';
      readonly answer: Answer;
      /** The stream's revision after the command; -1 when there is no such stream. */
      readonly revision: number;
      /** Position of the command's last event, or the stream's last when it added nothing; null without a stream. */
      readonly position: Position | null;
      readonly events: readonly RecordedEvent[];
      /** The command had been applied before. */
      readonly repeated: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly revision: number;
      readonly position: Position | null;
    }
  | { readonly kind: 'precondition-failed'; readonly revision: number }
  /** The id was used with another body. */
  | { readonly kind: 'id-reused' };

/** The one generic path of every command: load, fold, decide, append. */
export interface CommandExecutor {
  /** @throws StoreUnavailableError when nothing can be recorded now */
  execute<State, Command, Event extends DomainEvent, Answer>(
    execution: Execution<State, Command, Event, Answer>,
  ): Promise<Outcome<Answer>>;
  /** Reads from the folded state of an aggregate now (facts for another's command); `revision` -1 when there is none. */
  query<State, Command, Event extends DomainEvent, Answer>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    read: (state: State, revision: number, position: Position | null) => Answer,
  ): Promise<Answer>;
}
