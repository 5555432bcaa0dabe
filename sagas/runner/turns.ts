import {
  AppendTooLargeError,
  WrongExpectedRevisionError,
  type Appended,
  type RecordedEvent,
} from '../../infra/event-store/index.js';
import type { Tracer } from '../../infra/telemetry/index.js';
import { Along, SENT_ONCE_MS } from '../../write-side/shared/index.js';
import type { BackOff } from './back-off.js';
import type { SagaClock } from './clock.js';
import { foldInputs, type Turn } from './fold-inputs.js';
import type { InboxItem, SagaInstance } from './instance.js';
import { batchOf, RunnerStoppedError, type InstanceStore } from './instance-store.js';
import type { SagaLogger } from './logger.js';
import { traceStep } from './saga-traces.js';
import type { Dispatched, Outbox } from './outbox.js';
import type { SentCommand } from './step-record.js';

export interface TurnsOptions {
  readonly clock: SagaClock;
  readonly store: InstanceStore;
  readonly outbox: Outbox;
  readonly backOff: BackOff;
  readonly logger: SagaLogger;
  readonly tracer: Tracer | null;
  /** Whether the event came after this runner's start, so that an instance it starts is very likely not there yet. */
  readonly isLive: (event: RecordedEvent) => boolean;
  /** The inputs need not be handed over again. */
  readonly onTaken: (instance: SagaInstance, items: readonly InboxItem[]) => void;
  /** A failed turn may be tried again now. */
  readonly onRested: (instance: SagaInstance) => void;
}

/** So many conflicts are met again at once: the other runner's step can mostly be read already. */
const MET_AT_ONCE = 2;
/** The attempt from which on the pauses grow no more. */
const LONGEST_PAUSE = 3;

/** One turn of an instance: take all that waits, record, and only then send. */
export class Turns {
  constructor(private readonly options: TurnsOptions) {}

  async run(instance: SagaInstance): Promise<void> {
    const items = instance.inbox.splice(0);
    instance.urgent = false;
    try {
      await this.take(instance, items);
    } catch (error) {
      instance.inbox.unshift(...items);
      instance.urgent = true;
      instance.resting = true;
      if (error instanceof AppendTooLargeError) this.park(instance, error, correlationIdOf(items[0]));
      else if (!(error instanceof RunnerStoppedError)) this.rest(instance, error, correlationIdOf(items[0]));
      return;
    }
    instance.failures = 0;
    this.options.onTaken(instance, items);
  }

  private async take(instance: SagaInstance, items: InboxItem[]): Promise<void> {
    const { tracer } = this.options;
    const startedAt = tracer === null ? 0 : Date.now();
    for (let conflicts = 0; ; conflicts++) {
      if (conflicts > MET_AT_ONCE) await this.letOthersShow(conflicts - MET_AT_ONCE - 1);
      if (!instance.loaded && !(await this.load(instance, items))) continue;
      const now = new Date(this.options.clock.now()).toISOString();
      const turn = foldInputs(instance, items, now);
      const sending = await this.record(instance, turn);
      if (sending === null) continue;
      instance.current = turn.next;
      if (tracer !== null && (turn.record !== null || turn.sent.length > 0)) {
        traceStep(tracer, instance, { items, startedAt });
      }
      sending();
      return;
    }
  }

  /** False: what another runner has recorded does not show yet. A fresh instance is not looked up. */
  private async load(instance: SagaInstance, items: InboxItem[]): Promise<boolean> {
    const [first] = items;
    if (first?.kind === 'event' && !instance.contested && this.startsNew(instance, first.event)) {
      instance.loaded = true;
      return true;
    }
    const { store, outbox } = this.options;
    await store.load(instance);
    if (instance.revision < 0) {
      if (instance.contested) return (instance.loaded = false);
      if (instance.wokenBy !== null) {
        items.unshift({ kind: 'event', event: await store.eventAt(instance, instance.wokenBy), open: null });
      }
    }
    // Whoever recorded these may be gone: sending them twice is harmless, not sending them is not.
    for (const sent of instance.current.pending.values()) outbox.send(instance, sent, false);
    return true;
  }

  /** Another runner cannot have gone on from an event this young and be done with it. */
  private startsNew({ saga }: SagaInstance, event: RecordedEvent): boolean {
    const age = Math.abs(this.options.clock.now() - Date.parse(event.at));
    return this.options.isLive(event) && age < SENT_ONCE_MS && saga.on[event.type]?.begins?.(event.data) === true;
  }

  /** Answers what is left to do once it is recorded; null where another runner has recorded a step instead. */
  private async record(instance: SagaInstance, turn: Turn): Promise<(() => void) | null> {
    const { record, carrier } = turn;
    if (record === null) return () => this.send(instance, turn);
    const batch = batchOf(instance, record, turn.next);
    const { store, outbox } = this.options;
    try {
      if (carrier !== null && store.joint && outbox.isFree(carrier.target)) {
        return await this.carry(instance, carrier, new Along(batch));
      }
      this.step(instance, await store.append(instance, batch));
      return () => this.send(instance, turn);
    } catch (error) {
      if (!isConflictOf(instance, error)) throw error;
      instance.forget();
      instance.contested = true;
      return null;
    }
  }

  /** The record goes with what its command records; where that records nothing or fails, the record goes alone after all. */
  private async carry(instance: SagaInstance, sent: SentCommand, along: Along): Promise<() => void> {
    const { store, outbox, logger } = this.options;
    let dispatched: Dispatched | null = null;
    try {
      dispatched = await outbox.carry(instance, sent, along);
    } catch (error) {
      if (isConflictOf(instance, error)) throw error;
      const { correlationId, commandId, key } = sent;
      logger.warn({ err: error, correlationId, stream: instance.stream, commandId, key }, 'saga command failed');
    }
    if (along.appended !== null) {
      this.step(instance, along.appended);
      return () => undefined;
    }
    this.step(instance, await store.append(instance, along.batch));
    return dispatched === null
      ? () => outbox.send(instance, sent, false)
      : () => outbox.reply(instance, sent, dispatched);
  }

  private step(instance: SagaInstance, { revision, position }: Appended): void {
    instance.revision = revision;
    instance.steppedAt = position;
  }

  /** A store may decide by events that it does not show yet: looking again at once would find the same conflict. */
  private async letOthersShow(attempt: number): Promise<void> {
    if (!(await this.options.backOff.sleep(Math.min(attempt, LONGEST_PAUSE)))) throw new RunnerStoppedError();
  }

  /** Commands of a first step may have been sent before by a runner that left no other trace. */
  private send(instance: SagaInstance, { sent, began }: Turn): void {
    const isFresh = began === null || this.options.isLive(began);
    for (const command of sent) this.options.outbox.send(instance, command, isFresh);
  }

  /**
   * A step that the store never takes is not tried again before the next start: the inputs stay, and so does the place in
   * the log.
   */
  private park({ stream, current }: SagaInstance, error: unknown, correlationId = current.correlationId): void {
    this.options.logger.error({ err: error, correlationId, stream }, 'saga step cannot be recorded: instance parked');
  }

  /** A bug of the saga or a record that cannot be: the inputs stay, others go on. */
  private rest(instance: SagaInstance, error: unknown, correlationId = instance.current.correlationId): void {
    const { stream } = instance;
    this.options.logger.error({ err: error, correlationId, stream }, 'saga step failed');
    void this.options.backOff.sleep(instance.failures++).then((goesOn) => {
      instance.resting = false;
      if (goesOn) this.options.onRested(instance);
    });
  }
}

const isConflictOf = ({ stream }: SagaInstance, error: unknown): boolean =>
  error instanceof WrongExpectedRevisionError && error.stream === stream;

function correlationIdOf(item: InboxItem | undefined): string | undefined {
  if (item?.kind === 'event') return item.event.metadata.correlationId;
  return item?.kind === 'reply' ? item.sent.correlationId : undefined;
}
