import type { Aggregate, DomainEvent, Refusal } from '../../../domain/shared/index.js';
import type { Position } from '../../shared/position.js';
import type { ExpectedEvent, PendingAppend } from './aggregate-repository.js';
import type { UnitOfWork } from './unit-of-work.js';

/**
 * For this time, in milliseconds, only the process that has a command sends it: a process that was paused for longer may find
 * that another one took over, sent the command, and went on from what followed.
 */
export const EXCLUSIVE_WINDOW_MS = 1_000;

/** The outcome of a command that left no event: it was refused, or changed nothing at that revision (-1: no stream). */
export type Settled = { readonly refusal: Refusal } | { readonly unchangedAt: number };

/** Who sends a command, why, and how it is told apart from others. */
export interface CommandContext {
  /** UUID. The same id is applied once: again, it is answered from the events that it recorded. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: string;
  readonly traceparent?: string;
  /** The outcome that the same command had before, where it left no event. */
  readonly settled?: Settled;
  /** Hash of the request's body where the client sent an Idempotency-Key. */
  readonly requestHash?: string;
  /** Appended in one go with the first events of the command, after them; only where the store is joint. */
  readonly joined?: PendingAppend;
  /** The command is decided within this unit of work, until that is recorded, or not at all. */
  readonly unit?: UnitOfWork;
  /** The id may have been used before (a client's key, a saga's command): the stream is searched for it. */
  readonly repeatable: boolean;
}

export interface Execution<State, Command, Event extends DomainEvent, Answer> {
  readonly aggregate: Aggregate<State, Command, Event>;
  readonly id: string;
  readonly command: Command;
  readonly context: CommandContext;
  /**
   * The command makes the aggregate: its stream is assumed to be new and is not read. Where it is not new, the append finds
   * out, and the stream is read before the command is decided again.
   */
  readonly creates?: boolean;
  /** The revisions that the stream may have (If-Match); -1 for none. */
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
      /** Position of the command's last event, or the stream's last when it added nothing; null without a stream or within a unit of work. */
      readonly position: Position | null;
      readonly events: readonly ExpectedEvent[];
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

/** Handles every command the same way: load, decide, fold, append, answer (`executor.ts` has the steps). */
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
  /** The state of an aggregate as it was at a revision. */
  stateAt<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    revision: number,
  ): Promise<State>;
}
