import { randomUUID } from 'node:crypto';
import {
  asEvent,
  type Appended,
  type EventStore,
  type RecordedEvent,
  type StreamBatch,
  UnknownOutcomeError,
  WrongExpectedRevisionError,
} from '../../event-store/index.js';
import type { BackOff } from '../../shared/back-off.js';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import { batchAfter, eventsToAppend } from '../commands/index.js';
import type { EventReference } from './cursor.js';
import type { InstanceState, SagaInstance } from './instances.js';
import type { SentCommand } from './saga.js';
import type { SagaLogger } from './saga-runner.js';
import type { RecordedCommand, StepRecord, Stepped } from './step-record.js';

/** The business event that a step goes back to, and the request behind it. */
interface StepOrigin {
  readonly causationId: string;
  readonly correlationId: string;
}

export const actorOf = (saga: string): string => `saga:${saga}`;

/** The runner was stopped before the store could answer; what was under way is done again after a start. */
export class RunnerStoppedError extends Error {
  constructor() {
    super('the saga runner was stopped');
    this.name = 'RunnerStoppedError';
  }
}

/** Loads instances and appends their steps; it waits for a store that is away, for as long as the runner runs. */
export class InstanceStore {
  constructor(
    private readonly eventStore: EventStore,
    private readonly backOff: BackOff,
    private readonly logger: SagaLogger,
  ) {}

  /** Loads the instance from the last step of its stream. */
  async load(instance: SagaInstance): Promise<void> {
    const last = await this.persist(instance, () => this.lastOf(instance.stream));
    instance.forget();
    instance.loaded = true;
    if (last === undefined) return;
    instance.steppedTo(last);
    instance.current = stateOf(last);
  }

  /** Reads the revision of the instance's stream, whoever has recorded in it; -1 for no stream. */
  async revisionOf(instance: SagaInstance): Promise<number> {
    return (await this.persist(instance, () => this.lastOf(instance.stream)))?.revision ?? -1;
  }

  /** Reads the event that began the instance. */
  eventAt(instance: SagaInstance, { stream, revision }: EventReference): Promise<RecordedEvent> {
    return this.persist(instance, async () => {
      for await (const event of this.eventStore.read(stream, { from: revision, limit: 1 })) return event;
      throw new Error(`there is no event ${revision} of ${stream}, which began ${instance.stream}`);
    });
  }

  /** Records a step. @throws WrongExpectedRevisionError another runner recorded one meanwhile */
  async append(instance: SagaInstance, { stream, events, expectedRevision }: StreamBatch): Promise<void> {
    const append = (): Promise<Appended> => this.eventStore.append(stream, events, expectedRevision);
    instance.steppedTo(await this.persist(instance, append, events[0]?.metadata.correlationId));
  }

  private async lastOf(stream: string): Promise<RecordedEvent | undefined> {
    for await (const event of this.eventStore.read(stream, { direction: 'backwards', limit: 1 })) return event;
    return undefined;
  }

  /** Tries until the store answers: the same batch again is harmless, whether the answer was lost or there was none. */
  private async persist<Result>(
    { stream }: SagaInstance,
    work: () => Promise<Result>,
    correlationId?: string,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreUnavailableError || error instanceof UnknownOutcomeError)) throw error;
        this.logger.warn({ err: error, correlationId, stream }, 'saga waits for the event store');
        if (!(await this.backOff.after(attempt))) throw new RunnerStoppedError();
      }
    }
  }
}

/** Whether another runner has recorded a step of the instance. */
export const isConflictOf = ({ stream }: SagaInstance, error: unknown): boolean =>
  error instanceof WrongExpectedRevisionError && error.stream === stream;

/** Makes the batch that records a step; every try appends the same one. */
export function batchOf(instance: SagaInstance, record: StepRecord, next: InstanceState): StreamBatch {
  const { saga, stream, revision } = instance;
  const { cause: causationId, correlationId, traceparent } = next;
  const context = { commandId: randomUUID(), correlationId, causationId, actor: actorOf(saga.name), repeatable: false };
  const stepped: Stepped = { type: `saga.${saga.name}.stepped.v1`, data: record };
  const events = eventsToAppend(traceparent === undefined ? context : { ...context, traceparent }, [stepped]);
  return batchAfter(stream, revision, events);
}

/** Leaves out of commands what the step's metadata has: the step of a big cart has hundreds of them. */
export function toRecorded(commands: Iterable<SentCommand>, origin: StepOrigin): readonly RecordedCommand[] {
  const records: RecordedCommand[] = [];
  for (const sent of commands) {
    const { causationId, correlationId, ...recorded } = sent;
    const isRepeated = causationId === origin.causationId && correlationId === origin.correlationId;
    records.push(isRepeated ? recorded : sent);
  }
  return records;
}

/** Reads a step back: only the runner writes streams of the category `saga`. */
export const recordOf = (event: RecordedEvent): StepRecord => asEvent<Stepped>(event).data;

function stateOf(event: RecordedEvent): InstanceState {
  const { state, sent, waiting, timers, done, position, seed, now, since = now } = recordOf(event);
  const { commandId, correlationId, causationId, traceparent } = event.metadata;
  const leftOut = { causationId: causationId ?? commandId, correlationId };
  const pending = new Map<string, SentCommand>();
  for (const command of waiting) pending.set(command.key, { ...leftOut, ...command });
  if (!done) for (const command of sent) pending.set(command.key, { ...leftOut, ...command });
  const cause = causationId ?? event.id;
  return { state, pending, timers, done, position, seed, cause, correlationId, traceparent, since, begunBy: null };
}
