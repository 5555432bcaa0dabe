import { streamOf, type DomainEvent } from '../../../domain/shared/index.js';
import {
  batchAfter,
  eventsToAppend,
  expectedEvents,
  PendingAppend,
  rememberCommand,
  type AggregateRepository,
  type ExpectedEvent,
  type FoldedAggregate,
} from './aggregate-repository.js';
import type { Execution, Outcome } from './command-executor.js';
import type { ErasedAggregate } from './erased.js';

/** Decides what follows from an event before it is recorded, so that one append records both. */
export interface FollowUps {
  /** Whether anything may follow from an event of this type. */
  follows(type: string): boolean;
  /** Decides it within the unit; false, and any error, says that nothing follows at once: the event is then recorded alone. */
  decide(event: ExpectedEvent, unit: UnitOfWork): Promise<boolean>;
}

/** Lets others have commands decided together. */
export interface UnitsOfWork {
  /** Whoever decides what follows from the events of commands, where the store is joint; null while nobody does. */
  followUps: FollowUps | null;
  /** Begins a unit outside of a command; null where the store appends to one stream at a time. */
  beginUnit(): UnitOfWork | null;
}

/** A command cannot be decided within the unit of work, which is abandoned: its commands are decided one by one. */
export class NotWithinUnitError extends Error {
  constructor(stream: string, why: string) {
    super(`no part of a unit of work: ${stream} ${why}`);
    this.name = 'NotWithinUnitError';
  }
}

/** What a unit of work needs of the executor that it is decided by. */
export interface UnitPorts {
  /** Keeps other commands for the stream waiting; false where one is under way. */
  readonly lock: (stream: string) => boolean;
  /** Lets other commands for the stream go on. */
  readonly unlock: (stream: string) => void;
  readonly aggregates: AggregateRepository;
}

/** A stream that no other command may be decided for until the unit is recorded. */
interface LockedStream {
  readonly stream: string;
  readonly aggregate: ErasedAggregate;
  /** The cached state with the events that were decided folded into it, and their append; null until then. */
  decided: { readonly folded: FoldedAggregate; readonly append: PendingAppend } | null;
}

/**
 * Decides commands for several streams, whose events one append records together, or not at all. A unit may begin with events that
 * are not recorded yet, and its commands follow from those. It is abandoned where a command cannot be decided at once or is refused.
 */
export class UnitOfWork {
  /** Resolves to null when a command has been decided as far as it can be before the unit is recorded. */
  readonly whenCommitAwaited: Promise<null>;
  /** Resolves when all of the unit is on disk. @throws what hindered that: nothing of it is recorded, as far as is known */
  readonly whenRecorded: Promise<void>;
  readonly #appends: PendingAppend[] = [];
  readonly #locked: LockedStream[] = [];
  #state: 'open' | 'committing' | 'recorded' | 'abandoned' = 'open';
  /** Commands that were sent and are not decided. */
  #undecided = 0;
  #whenAllDecided: (() => void)[] = [];
  #commitAwaited: (nothing: null) => void = () => undefined;
  #recorded: () => void = () => undefined;
  #abandoned: (reason: unknown) => void = () => undefined;

  constructor(
    private readonly ports: UnitPorts,
    private readonly first: readonly ExpectedEvent[] = [],
  ) {
    this.whenCommitAwaited = new Promise((resolve) => (this.#commitAwaited = resolve));
    this.whenRecorded = new Promise((resolve, reject) => {
      this.#recorded = resolve;
      this.#abandoned = reject;
    });
    this.whenRecorded.catch(() => undefined);
  }

  /** Whether the unit is on disk: a command that is sent with it from then on is decided by itself. */
  get isRecorded(): boolean {
    return this.#state === 'recorded';
  }

  /** Finds one of the events that the unit began with. */
  find(stream: string, revision: number): ExpectedEvent | undefined {
    return this.first.find((event) => event.stream === stream && event.revision === revision);
  }

  /** Adds events that no command decides, for a stream that nobody else writes to. */
  add(append: PendingAppend): void {
    this.#appends.push(append);
  }

  /** Waits for the commit: to be awaited before anything leaves the process. @throws what hindered it */
  recorded(): Promise<void> {
    this.#commitAwaited(null);
    return this.whenRecorded;
  }

  /** Decides a command, whose events are new; answers once those that were sent with it are decided too. @throws NotWithinUnitError */
  async execute<State, Command, Event extends DomainEvent, Answer>(
    execution: Execution<State, Command, Event, Answer>,
  ): Promise<Outcome<Answer>> {
    const { aggregate, id, command, context, creates = false } = execution;
    const { decider } = aggregate;
    const stream = streamOf(aggregate.category, id);
    const locked = this.#lock(stream, aggregate);
    const folded = await this.ports.aggregates.get(aggregate, stream, creates);
    // What is cached of the stream is a state of this aggregate.
    const decision = decider.decide(command, folded.state as State);
    if (!decision.accepted) throw new NotWithinUnitError(stream, `refuses: ${decision.refusal.code}`);
    if (decision.events.length === 0 || folded.commands.has(context.commandId)) {
      throw new NotWithinUnitError(stream, 'has it already');
    }
    await this.#othersDecided();
    if (this.#state !== 'open') throw new NotWithinUnitError(stream, 'was decided too late');
    const events = eventsToAppend(context, decision.events);
    const expected = expectedEvents(stream, folded.revision + 1, events);
    const append = new PendingAppend(batchAfter(stream, folded.revision, events));
    this.#appends.push(append);
    locked.decided = { folded, append };
    let state = folded.state as State;
    for (const event of decision.events) state = decider.evolve(state, event);
    folded.state = state;
    folded.revision += events.length;
    rememberCommand(folded, context.commandId);
    const { revision } = folded;
    const answer = execution.answer(state, decision.events, revision);
    return { kind: 'accepted', answer, revision, position: null, events: expected, repeated: false };
  }

  /** Appends the given batches and all of the unit in one go. @throws what hindered that: the unit is abandoned then */
  async commit(before: readonly PendingAppend[] = []): Promise<void> {
    this.#state = 'committing';
    try {
      await this.ports.aggregates.append([...before, ...this.#appends]);
    } catch (error) {
      this.abandon(error);
      throw error;
    }
    this.#state = 'recorded';
    for (const { stream, aggregate, decided } of this.#locked) {
      if (decided !== null) {
        const { folded, append } = decided;
        folded.position = append.appended?.position ?? null;
        this.ports.aggregates.keepSnapshot(aggregate, stream, folded);
      }
      this.ports.unlock(stream);
    }
    this.#recorded();
  }

  /** Gives the unit up: nothing of it will be recorded together. */
  abandon(reason: unknown): void {
    if (this.#state === 'recorded' || this.#state === 'abandoned') return;
    this.#state = 'abandoned';
    for (const { stream, decided } of this.#locked) {
      if (decided !== null) this.ports.aggregates.drop(stream);
      this.ports.unlock(stream);
    }
    for (const goOn of this.#whenAllDecided.splice(0)) goOn();
    this.#abandoned(reason);
  }

  #lock(stream: string, aggregate: ErasedAggregate): LockedStream {
    if (this.#state !== 'open') throw new NotWithinUnitError(stream, 'was sent too late');
    if (!this.ports.lock(stream)) throw new NotWithinUnitError(stream, 'is busy');
    const locked: LockedStream = { stream, aggregate, decided: null };
    this.#locked.push(locked);
    this.#undecided += 1;
    return locked;
  }

  /**
   * Waits until the unit's other commands are decided. Until then nothing is folded, so that the cached state of a stream is still
   * right where another one refuses. Nobody waits for the others of an abandoned unit: one of them is never decided.
   */
  #othersDecided(): Promise<void> {
    this.#undecided -= 1;
    if (this.#undecided > 0 && this.#state === 'open')
      return new Promise((resolve) => this.#whenAllDecided.push(resolve));
    for (const goOn of this.#whenAllDecided.splice(0)) goOn();
    return Promise.resolve();
  }
}
