import type { StreamBatch } from '../../event-store/index.js';
import type { Tracer } from '../../telemetry/index.js';
import { NotWithinUnitError, PendingAppend, type UnitOfWork, type UnitsOfWork } from '../commands/index.js';
import { batchOf, isConflictOf, type InstanceStore } from './instance-store.js';
import type { InboxItem, SagaInstance } from './instances.js';
import type { Outbox } from './outbox.js';
import type { Dispatched, SagaEvent, SentCommand } from './saga.js';
import type { SagaLogger } from './saga-runner.js';
import { traceStep } from './saga-traces.js';
import { foldInputs, type FoldedStep } from './step-builder.js';
import type { SagaClock } from './timers.js';

export interface JointStepsOptions {
  readonly clock: SagaClock;
  readonly store: InstanceStore;
  readonly outbox: Outbox;
  /** Keeps other steps of an instance waiting while one is taken. */
  readonly scheduler: { begin(instance: SagaInstance): void; end(instance: SagaInstance): void };
  /** Null where every step is recorded before its commands are sent. */
  readonly units: UnitsOfWork | null;
  readonly logger: SagaLogger;
  readonly tracer: Tracer | null;
  /** The inputs are taken, and need not be handed over again. */
  readonly onTaken: (instance: SagaInstance, items: readonly InboxItem[]) => void;
}

/** A step that is recorded with the event that led to it. */
interface InlineStep {
  readonly event: SagaEvent;
  readonly startedAt: number;
  readonly record: PendingAppend;
  readonly sent: SentCommand;
  /** What its command comes to; null while that goes on. */
  readonly dispatched: Dispatched | null;
}

/** Records steps in one append with what their commands record, and with the event that led to them where that is not recorded yet. */
export class JointSteps {
  constructor(private readonly options: JointStepsOptions) {}

  /**
   * Records a step together with what its command records; where that cannot be, alone after all. Answers how the instance goes on; null
   * where the step has to be recorded before the command is sent.
   */
  async record(instance: SagaInstance, sent: SentCommand, batch: StreamBatch): Promise<(() => void) | null> {
    const { outbox, units, store, logger } = this.options;
    const unit = units !== null && outbox.isFree(sent.target) ? units.beginUnit() : null;
    if (unit === null) return null;
    const append = new PendingAppend(batch);
    unit.add(append);
    try {
      const dispatched = await outbox.sendWithin(unit, instance, sent);
      await unit.commit();
      if (append.appended !== null) instance.steppedTo(append.appended);
      return dispatched === null ? () => undefined : () => outbox.reply(instance, sent, dispatched);
    } catch (error) {
      unit.abandon(error);
      if (isConflictOf(instance, error)) throw error;
      const { correlationId, commandId, key } = sent;
      const { stream } = instance;
      const isBusy = error instanceof NotWithinUnitError;
      if (!isBusy) logger.warn({ err: error, correlationId, stream, commandId, key }, 'saga command failed');
    }
    await store.append(instance, batch);
    return () => outbox.send(instance, sent, false);
  }

  /**
   * Takes a step before its event is recorded: the same functions of the saga fold the inputs, and the same deciders decide the
   * commands, in one unit of work up to the first step that has to be recorded. Where the unit is not recorded, nothing of it has been:
   * the runner hands the event over when it is in the log, and every step is taken then. False where the step is to be taken later.
   */
  async takeInline(instance: SagaInstance, event: SagaEvent, unit: UnitOfWork): Promise<boolean> {
    const { scheduler } = this.options;
    const before = instance.current;
    scheduler.begin(instance);
    const onAbandoned = (): void => {
      instance.current = before;
      // What has not begun is looked up when its event comes: another runner may have taken it further.
      if (before.state === null) instance.forget();
      this.end(instance, []);
    };
    try {
      const step = await this.decide(instance, event, unit);
      if (step === null) {
        onAbandoned();
        return false;
      }
      void unit.whenRecorded.then(() => this.onRecorded(instance, step), onAbandoned);
      return true;
    } catch (error) {
      onAbandoned();
      throw error;
    }
  }

  private async decide(instance: SagaInstance, event: SagaEvent, unit: UnitOfWork): Promise<InlineStep | null> {
    const { clock, outbox } = this.options;
    const startedAt = Date.now();
    const now = new Date(clock.now()).toISOString();
    let step = foldInputs(instance, [{ kind: 'expected', event }], now);
    while (step.record === null) {
      if (step.sent.length === 0) return null;
      instance.current = step.next;
      step = foldInputs(instance, await this.replies(instance, step, unit), now);
    }
    const { withCommand: sent, record, next } = step;
    if (sent === null || !outbox.isFree(sent.target)) return null;
    const append = new PendingAppend(batchOf(instance, record, next));
    unit.add(append);
    instance.current = next;
    return { event, startedAt, record: append, sent, dispatched: await outbox.sendWithin(unit, instance, sent) };
  }

  private replies(instance: SagaInstance, { sent }: FoldedStep, unit: UnitOfWork): Promise<InboxItem[]> {
    return Promise.all(
      sent.map(async (command) => {
        const dispatched = await this.options.outbox.sendWithin(unit, instance, command);
        if (dispatched === null)
          throw new Error(`command ${command.commandId} asks outside before its step is recorded`);
        return { kind: 'reply', sent: command, ...dispatched };
      }),
    );
  }

  private onRecorded(instance: SagaInstance, { event, startedAt, record, sent, dispatched }: InlineStep): void {
    const { outbox, tracer } = this.options;
    if (record.appended !== null) instance.steppedTo(record.appended);
    if (tracer !== null) traceStep(tracer, instance, { items: [], startedAt });
    if (dispatched !== null) outbox.reply(instance, sent, dispatched);
    const isTaken = (item: InboxItem): boolean => item.kind === 'event' && item.event.id === event.id;
    const taken = instance.inbox.filter(isTaken);
    if (taken.length === 0) instance.takenInline = event.id;
    else instance.inbox = instance.inbox.filter((item) => !isTaken(item));
    this.end(instance, taken);
  }

  private end(instance: SagaInstance, taken: readonly InboxItem[]): void {
    this.options.onTaken(instance, taken);
    this.options.scheduler.end(instance);
  }
}
