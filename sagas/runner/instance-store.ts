import {
  StoreUnavailableError,
  UnknownOutcomeError,
  type Appended,
  type EventStore,
  type RecordedEvent,
  type StreamBatch,
} from '../../infra/event-store/index.js';
import type { BackOff } from './back-off.js';
import type { EventReference, InstanceState, SagaInstance } from './instance.js';
import type { SagaLogger } from './logger.js';
import { recordOf, sentCommand, toEvent, type SentCommand, type StepRecord } from './step-record.js';

/** The runner stops, or was stopped, before the store could answer; what was under way is done again after a start. */
export class RunnerStoppedError extends Error {
  constructor() {
    super('the saga runner was stopped');
    this.name = 'RunnerStoppedError';
  }
}

/** Reads and records instances; waits for a store that is away, for as long as the runner runs. */
export class InstanceStore {
  constructor(
    private readonly eventStore: EventStore,
    private readonly backOff: BackOff,
    private readonly logger: SagaLogger,
  ) {}

  /** Makes the instance what its stream says. */
  async load(instance: SagaInstance): Promise<void> {
    const last = await this.persist(instance, () => this.lastOf(instance.stream));
    instance.forget();
    instance.loaded = true;
    if (last === undefined) return;
    instance.revision = last.revision;
    instance.steppedAt = last.position;
    instance.current = stateOf(last);
  }

  /** The event that began the instance. */
  eventAt(instance: SagaInstance, { stream, revision }: EventReference): Promise<RecordedEvent> {
    return this.persist(instance, async () => {
      for await (const event of this.eventStore.read(stream, { from: revision, limit: 1 })) return event;
      throw new Error(`there is no event ${revision} of ${stream}, which began ${instance.stream}`);
    });
  }

  get joint(): boolean {
    return this.eventStore.joint;
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

  /** The same batch again is harmless, whether the answer was lost or there was none. */
  private async persist<Result>(
    { stream }: SagaInstance,
    work: () => Promise<Result>,
    correlationId?: string,
  ): Promise<Result> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreUnavailableError || error instanceof UnknownOutcomeError)) throw error;
        this.logger.warn({ err: error, correlationId, stream }, 'saga waits for the event store');
        if (!(await this.backOff.sleep(attempt))) throw new RunnerStoppedError();
      }
    }
  }
}

/** A step as it is appended to its instance's stream: the same one for every try. */
export function batchOf(instance: SagaInstance, record: StepRecord, next: InstanceState): StreamBatch {
  const { cause: causationId, correlationId, traceparent } = next;
  const events = [toEvent(instance.saga.name, record, { causationId, correlationId, traceparent })];
  return { stream: instance.stream, events, expectedRevision: instance.revision < 0 ? 'no-stream' : instance.revision };
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
