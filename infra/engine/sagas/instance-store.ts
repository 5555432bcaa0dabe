import { StoreUnavailableError } from '../../shared/store-errors.js';
import {
  type Appended,
  type EventStore,
  type RecordedEvent,
  type StreamBatch,
  UnknownOutcomeError,
} from '../../event-store/index.js';
import { batchAfter } from '../commands/index.js';
import type { BackOff } from '../../shared/back-off.js';
import type { EventReference, InstanceState, SagaInstance } from './instance.js';
import type { SagaLogger } from './saga-runner.js';
import { recordOf, sentCommand, toEvents, type SentCommand, type StepRecord } from './step-record.js';

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
    instance.revision = last.revision;
    instance.steppedAt = last.position;
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

  /** @throws WrongExpectedRevisionError another runner recorded a step meanwhile */
  append(instance: SagaInstance, { stream, events, expectedRevision }: StreamBatch): Promise<Appended> {
    const append = (): Promise<Appended> => this.eventStore.append(stream, events, expectedRevision);
    return this.persist(instance, append, events[0]?.metadata.correlationId);
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

/** Makes the batch that records a step; every try appends the same one. */
export function batchOf(instance: SagaInstance, record: StepRecord, next: InstanceState): StreamBatch {
  const { cause: causationId, correlationId, traceparent } = next;
  const events = toEvents(instance.saga.name, record, { causationId, correlationId, traceparent });
  return batchAfter(instance.stream, instance.revision, events);
}

function stateOf(event: RecordedEvent): InstanceState {
  const { state, sent, waiting, timers, done, position, seed, now, since = now } = recordOf(event);
  const pending = new Map<string, SentCommand>();
  for (const command of waiting) pending.set(command.key, sentCommand(command, event));
  if (!done) for (const command of sent) pending.set(command.key, sentCommand(command, event));
  const { correlationId, causationId, traceparent } = event.metadata;
  const cause = causationId ?? event.id;
  return { state, pending, timers, done, position, seed, cause, correlationId, traceparent, since, begunBy: null };
}
