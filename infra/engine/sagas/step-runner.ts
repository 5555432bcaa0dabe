import { AppendTooLargeError, type RecordedEvent } from '../../event-store/index.js';
import type { BackOff } from '../../shared/back-off.js';
import type { Tracer } from '../../telemetry/index.js';
import { EXCLUSIVE_WINDOW_MS } from '../commands/index.js';
import { batchOf, isConflictOf, RunnerStoppedError, type InstanceStore } from './instance-store.js';
import type { InboxItem, SagaInstance } from './instances.js';
import type { JointSteps } from './joint-steps.js';
import type { Outbox } from './outbox.js';
import type { SagaLogger } from './saga-runner.js';
import { traceStep } from './saga-traces.js';
import { foldInputs, type FoldedStep } from './step-builder.js';
import type { SagaClock } from './timers.js';

/** How long replies wait for the other replies of their step. */
const COALESCE_MS = 20;

export interface SchedulerOptions {
  readonly clock: SagaClock;
  /** Instances that load and record at once. */
  readonly atOnce: number;
  readonly run: (instance: SagaInstance) => Promise<void>;
}

/**
 * Schedules the steps of instances. Inputs that arrive in one round of the event loop are taken in one step; replies wait a moment
 * for the other replies of their step, so that 161 reservations end in one or two records.
 */
export class Scheduler {
  private readonly ready = new Set<SagaInstance>();
  private running = 0;
  private roundPlanned = false;
  private coalescing = new Set<SagaInstance>();
  private flushPlanned = false;
  private stopped = false;
  private readonly idle: (() => void)[] = [];

  constructor(private readonly options: SchedulerOptions) {}

  /** Steps under way or waiting. */
  get size(): number {
    return this.running + this.ready.size;
  }

  /** Schedules a step of an instance that has an input. */
  notify(instance: SagaInstance): void {
    if (instance.queued || instance.busy || instance.backingOff) return;
    if (isReady(instance)) this.enqueue(instance);
    else this.coalesce(instance);
  }

  /** Begins a step: until it ends, no other step of the instance does. */
  begin(instance: SagaInstance): void {
    instance.busy = true;
    this.running += 1;
  }

  /** Ends a step; inputs that have come meanwhile lead to the next one. */
  end(instance: SagaInstance): void {
    instance.busy = false;
    this.running -= 1;
    if (this.stopped) {
      if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
      return;
    }
    if (instance.inbox.length > 0 || instance.toResume) this.notify(instance);
    if (this.ready.size > 0) this.planRound();
  }

  /** No further steps; resolves when those under way are over. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private enqueue(instance: SagaInstance): void {
    instance.queued = true;
    this.ready.add(instance);
    this.planRound();
  }

  private planRound(): void {
    if (this.roundPlanned) return;
    this.roundPlanned = true;
    setImmediate(this.round);
  }

  private readonly round = (): void => {
    this.roundPlanned = false;
    for (const instance of this.ready) {
      if (this.running >= this.options.atOnce || this.stopped) return;
      this.ready.delete(instance);
      void this.run(instance);
    }
  };

  private async run(instance: SagaInstance): Promise<void> {
    instance.queued = false;
    this.begin(instance);
    try {
      await this.options.run(instance);
    } finally {
      this.end(instance);
    }
  }

  private coalesce(instance: SagaInstance): void {
    this.coalescing.add(instance);
    if (this.flushPlanned) return;
    this.flushPlanned = true;
    this.options.clock.after(COALESCE_MS, this.flushReplies);
  }

  private readonly flushReplies = (): void => {
    this.flushPlanned = false;
    const { coalescing } = this;
    this.coalescing = new Set();
    for (const instance of coalescing) {
      if (instance.inbox.length === 0) continue;
      instance.urgent = true;
      this.notify(instance);
    }
  };
}

const isReady = (instance: SagaInstance): boolean => instance.urgent || instance.inFlight.size === 0;

export interface StepRunnerOptions {
  readonly clock: SagaClock;
  readonly store: InstanceStore;
  readonly jointSteps: JointSteps;
  readonly outbox: Outbox;
  readonly backOff: BackOff;
  readonly logger: SagaLogger;
  readonly tracer: Tracer | null;
  /** Whether the event came after this runner's start, so that an instance it starts is very likely not there yet. */
  readonly isLive: (event: RecordedEvent) => boolean;
  /** The inputs are taken, and need not be handed over again. */
  readonly onTaken: (instance: SagaInstance, items: readonly InboxItem[]) => void;
  /** A step that failed may be tried again now. */
  readonly onRetry: (instance: SagaInstance) => void;
}

/** So many conflicts are met again at once: the other runner's step can mostly be read already. */
const MET_AT_ONCE = 2;
/** From so many further conflicts on the pauses grow no more. */
const LONGEST_PAUSE = 4;

/** Takes a step of an instance: folds all inputs that wait, records the step, and only then sends its commands. */
export class StepRunner {
  constructor(private readonly options: StepRunnerOptions) {}

  /** Never throws: a step that fails is tried again, its inputs stay in the inbox. */
  async run(instance: SagaInstance): Promise<void> {
    const items = instance.inbox.splice(0);
    instance.urgent = false;
    try {
      await this.take(instance, items);
    } catch (error) {
      instance.inbox.unshift(...items);
      instance.urgent = true;
      instance.backingOff = true;
      if (error instanceof AppendTooLargeError) this.park(instance, error, correlationIdOf(items[0]));
      else if (!(error instanceof RunnerStoppedError)) this.retryLater(instance, error, correlationIdOf(items[0]));
      return;
    }
    instance.failures = 0;
    this.options.onTaken(instance, items);
  }

  private async take(instance: SagaInstance, items: InboxItem[]): Promise<void> {
    const { tracer } = this.options;
    const startedAt = tracer === null ? 0 : Date.now();
    for (let conflicts = 0; ; conflicts++) {
      if (conflicts > MET_AT_ONCE) await this.waitForOtherWriter(conflicts - MET_AT_ONCE);
      // 1. Load the instance.
      const isKnown = instance.loaded;
      if (!isKnown && !(await this.load(instance, items))) continue;
      // 2. Fold the inputs into one step.
      const now = new Date(this.options.clock.now()).toISOString();
      const step = foldInputs(instance, items, now);
      if (isKnown && (await this.isOutdated(instance, step))) continue;
      // 3. Record the step.
      const send = await this.record(instance, step);
      if (send === null) continue;
      instance.current = step.next;
      if (tracer !== null && (step.record !== null || step.sent.length > 0)) {
        traceStep(tracer, instance, { items, startedAt });
      }
      // 4. Send its commands.
      send();
      this.hurry(instance, items);
      return;
    }
  }

  private hurry(instance: SagaInstance, items: readonly InboxItem[]): void {
    if (items.some((item) => asksToResend(instance, item))) this.options.outbox.hurry(instance);
  }

  /** False: another runner has recorded a step that cannot be read yet. A new instance is not looked up. */
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
      if (instance.resumedFrom !== null) {
        items.unshift({ kind: 'event', event: await store.eventAt(instance, instance.resumedFrom), open: null });
      }
    }
    // Whoever recorded these may be gone: sending them twice is harmless, not sending them is not.
    for (const sent of instance.current.pending.values()) outbox.send(instance, sent, false);
    return true;
  }

  /**
   * Whether another runner has recorded a step that this one does not know. The append of a step finds that out; an event that leads
   * to no step is lost once the checkpoint is beyond it.
   */
  private async isOutdated(instance: SagaInstance, { record, ignoresEvent }: FoldedStep): Promise<boolean> {
    if (record !== null || !ignoresEvent) return false;
    if ((await this.options.store.revisionOf(instance)) === instance.revision) return false;
    instance.forget();
    instance.contested = true;
    return true;
  }

  /** Whether the event is so young that no other runner can have gone on from it and be done with it. */
  private startsNew({ saga }: SagaInstance, event: RecordedEvent): boolean {
    const age = Math.abs(this.options.clock.now() - Date.parse(event.at));
    const isYoung = age < EXCLUSIVE_WINDOW_MS && this.options.isLive(event);
    return isYoung && saga.on[event.type]?.begins?.(event.data) === true;
  }

  /** Answers how the commands are sent once the step is recorded; null where another runner has recorded a step instead. */
  private async record(instance: SagaInstance, step: FoldedStep): Promise<(() => void) | null> {
    const { record, withCommand } = step;
    if (record === null) return () => this.sendAll(instance, step);
    const batch = batchOf(instance, record, step.next);
    try {
      const goOn = withCommand === null ? null : await this.options.jointSteps.record(instance, withCommand, batch);
      if (goOn !== null) return goOn;
      await this.options.store.append(instance, batch);
      return () => this.sendAll(instance, step);
    } catch (error) {
      if (!isConflictOf(instance, error)) throw error;
      instance.forget();
      instance.contested = true;
      return null;
    }
  }

  /** Waits for a store that decides by events which it does not show yet: a second look at once would find the same conflict. */
  private async waitForOtherWriter(conflicts: number): Promise<void> {
    if (!(await this.options.backOff.after(Math.min(conflicts, LONGEST_PAUSE)))) throw new RunnerStoppedError();
  }

  /** Commands of a first step may have been sent before by a runner that left no other trace. */
  private sendAll(instance: SagaInstance, { sent, began }: FoldedStep): void {
    const isNew = began === null || this.options.isLive(began);
    for (const command of sent) this.options.outbox.send(instance, command, isNew);
  }

  /**
   * Leaves a step alone that the store never takes: it is tried again after the next start. The inputs stay, and so does the
   * place in the log.
   */
  private park({ stream, current }: SagaInstance, error: unknown, correlationId = current.correlationId): void {
    this.options.logger.error({ err: error, correlationId, stream }, 'saga step cannot be recorded: instance parked');
  }

  /** Tries a step again later that failed by a bug of the saga or by a record that cannot be; other instances go on. */
  private retryLater(instance: SagaInstance, error: unknown, correlationId = instance.current.correlationId): void {
    const { stream } = instance;
    this.options.logger.error({ err: error, correlationId, stream }, 'saga step failed');
    void this.options.backOff.after(++instance.failures).then((goesOn) => {
      instance.backingOff = false;
      if (goesOn) this.options.onRetry(instance);
    });
  }
}

const asksToResend = ({ saga }: SagaInstance, item: InboxItem): boolean =>
  item.kind === 'event' && saga.on[item.event.type]?.resends === true;

function correlationIdOf(item: InboxItem | undefined): string | undefined {
  if (item?.kind === 'event') return item.event.metadata.correlationId;
  return item?.kind === 'reply' ? item.sent.correlationId : undefined;
}
