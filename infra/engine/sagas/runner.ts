import { setMaxListeners } from 'node:events';
import type { Position } from '../../shared/position.js';
import type { RecordedEvent, Subscription } from '../../event-store/index.js';
import type { ExpectedEvent, UnitOfWork } from '../commands/index.js';
import { BackOff } from '../../shared/back-off.js';
import { Cursor, Watermark, type InstanceReference } from './cursor.js';
import { FailedTries } from './failed-tries.js';
import { InstanceStore } from './instance-store.js';
import { SagaRegistry, type InboxItem, type SagaInstance } from './instances.js';
import { JointSteps } from './joint-steps.js';
import { Outbox } from './outbox.js';
import type { AnySaga, AnyTargetedCommand, Dispatch } from './saga.js';
import type { SagaPhaseCount, SagaRunner, SagaRunnerOptions, SagaRunnerStatus } from './saga-runner.js';
import { tracedDispatch } from './saga-traces.js';
import { Scheduler, StepRunner } from './step-runner.js';
import { InstanceTimers, waitBy } from './timers.js';

const AT_ONCE = 256;
const MAX_WAITING_INPUTS = 2_000;
const MAX_UNANSWERED = 20_000;
/** The pause before the log is followed again is that after so many failures. */
const FOLLOW_AGAIN = 5;

export function createSagaRunner<Targeted extends AnyTargetedCommand>(
  options: SagaRunnerOptions<Targeted>,
): SagaRunner {
  // Recorded commands are read back as any JSON is: that they are what the sagas sent is known by the log alone.
  return new LogFollowingRunner({ ...options, dispatch: options.dispatch as Dispatch });
}

class LogFollowingRunner implements SagaRunner {
  private readonly registry: SagaRegistry;
  private readonly stopping = new AbortController();
  private readonly backOff: BackOff;
  private readonly scheduler: Scheduler;
  private readonly outbox: Outbox;
  private readonly jointSteps: JointSteps;
  private readonly stepRunner: StepRunner;
  private readonly cursor: Cursor;
  private readonly tries: FailedTries;
  private readonly timers: InstanceTimers;
  private watermark = new Watermark(null);
  private subscription: Subscription | null = null;
  private handedOver: Position | null = null;
  private headAtStart: Position | null = null;
  private hasCaughtUp = false;
  private resumePage: (() => void) | null = null;

  constructor(private readonly options: SagaRunnerOptions) {
    const { clock, logger, eventStore, documents, dispatch, units = null, tracer = null } = options;
    this.registry = new SagaRegistry(options.sagas);
    const { signal: stopping } = this.stopping;
    // Each command that waits to be sent again listens, and none of them for long.
    setMaxListeners(0, stopping);
    this.backOff = new BackOff({ firstMs: 100, longestMs: 30_000, signal: stopping, wait: waitBy(clock) });
    this.tries = new FailedTries({ documents, clock, logger });
    this.outbox = new Outbox({
      dispatch: tracer === null ? dispatch : tracedDispatch(dispatch, tracer),
      logger,
      backOff: this.backOff,
      stopping,
      perTarget: AT_ONCE,
      tries: this.tries,
      onReply: (instance, sent, { reply, lastEventId }) =>
        this.enqueue(instance, { kind: 'reply', sent, reply, lastEventId }),
    });
    const store = new InstanceStore(eventStore, this.backOff, logger);
    const onTaken = (instance: SagaInstance, items: readonly InboxItem[]): void => this.finishInputs(instance, items);
    const { outbox } = this;
    this.scheduler = new Scheduler({ clock, atOnce: AT_ONCE, run: (instance) => this.stepRunner.run(instance) });
    const { scheduler } = this;
    this.jointSteps = new JointSteps({ clock, store, outbox, scheduler, units, logger, tracer, onTaken });
    this.stepRunner = new StepRunner({
      clock,
      store,
      jointSteps: this.jointSteps,
      outbox,
      backOff: this.backOff,
      logger,
      tracer,
      isLive: (event) => this.headAtStart === null || event.position > this.headAtStart,
      onTaken,
      onRetry: (instance) => scheduler.notify(instance),
    });
    this.timers = new InstanceTimers(clock, (instance, timer) => this.enqueue(instance, { kind: 'timeout', ...timer }));
    this.cursor = new Cursor({ eventStore, documents, clock, logger, watermark: () => this.watermark.position });
  }

  async start(): Promise<void> {
    const from = await this.cursor.open();
    await this.tries.open();
    this.headAtStart = await this.options.eventStore.head();
    this.watermark = new Watermark(from);
    this.handedOver = from;
    for await (const reference of this.cursor.unfinished()) this.resume(reference);
    this.follow();
    this.cursor.start();
  }

  follows(type: string): boolean {
    return this.registry.inlineAt(type) !== undefined;
  }

  async decide(event: ExpectedEvent, unit: UnitOfWork): Promise<boolean> {
    const saga = this.registry.inlineAt(event.type);
    if (saga === undefined || !this.hasCaughtUp || this.isFull() || this.stopping.signal.aborted) return false;
    const instance = this.registry.idleInstanceFor(saga, event);
    return instance !== null && this.jointSteps.takeInline(instance, event, unit);
  }

  status(): SagaRunnerStatus {
    return {
      position: this.watermark.position,
      caughtUp: this.hasCaughtUp,
      instances: this.registry.size,
      work: this.watermark.waiting + this.scheduler.size + this.outbox.size,
    };
  }

  phases(): readonly SagaPhaseCount[] {
    return this.registry.phases();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    this.timers.stop();
    this.resumePage?.();
    await this.subscription?.close();
    await this.scheduler.stop();
    await this.outbox.settled();
    await this.tries.close();
    await this.cursor.close();
  }

  private follow(): void {
    this.subscription = this.options.eventStore.subscribe(
      { from: this.handedOver },
      {
        onEvents: (events, upTo) => this.takePage(events, upTo),
        onCaughtUp: () => {
          this.hasCaughtUp = true;
          this.timers.start(this.registry.all());
        },
        onError: (error) => void this.followAgain(error),
      },
    );
  }

  private async followAgain(error: unknown): Promise<void> {
    this.options.logger.error({ err: error }, 'sagas lost the event store');
    if (await this.backOff.after(FOLLOW_AGAIN)) this.follow();
  }

  /** Hands a page of the log over to the instances; where too much waits, the next page comes once there is room. */
  private takePage(events: readonly RecordedEvent[], upTo: Position): Promise<void> | void {
    for (const event of events) {
      for (const saga of this.registry.following(event.type)) this.takeEvent(event, saga);
    }
    this.watermark.pass(upTo);
    this.handedOver = upTo;
    if (this.isFull() && !this.stopping.signal.aborted) return new Promise((resolve) => (this.resumePage = resolve));
  }

  private takeEvent(event: RecordedEvent, saga: AnySaga): void {
    const instance = this.registry.instanceFor(saga, event);
    if (instance === null) return;
    if (instance.takenInline === event.id) {
      instance.takenInline = null;
      return;
    }
    const open = this.watermark.take(event.position, 1);
    this.enqueue(instance, { kind: 'event', event, open });
  }

  private enqueue(instance: SagaInstance, item: InboxItem): void {
    instance.inbox.push(item);
    if (item.kind !== 'reply') instance.urgent = true;
    this.scheduler.notify(instance);
  }

  /** Schedules an instance that was unfinished when the cursor was written. */
  private resume({ saga: name, id, begunBy }: InstanceReference): void {
    const saga = this.registry.named(name);
    if (saga === undefined) {
      this.options.logger.error({ saga: name, id }, 'unfinished instance of a saga that is not run any more');
      return;
    }
    const instance = this.registry.instanceOf(saga, id);
    instance.toResume = true;
    instance.resumedFrom = begunBy ?? null;
    instance.urgent = true;
    this.scheduler.notify(instance);
  }

  /** Counts inputs off that an instance has taken. The index is updated first, because the cursor writes both together. */
  private finishInputs(instance: SagaInstance, items: readonly InboxItem[]): void {
    this.updateIndex(instance);
    instance.toResume = false;
    for (const item of items) if (item.kind === 'event' && item.open !== null) this.watermark.finish(item.open);
    this.timers.schedule(instance);
    this.registry.dropIfIdle(instance);
    if (this.resumePage === null || this.isFull()) return;
    this.resumePage();
    this.resumePage = null;
  }

  /** Updates the index of active instances, where it has changed whether this one is active. */
  private updateIndex(instance: SagaInstance): void {
    const { steppedAt, current, saga, id, active } = instance;
    const at = later(steppedAt, current.position);
    const isIndexed = at === instance.indexedAt && active === instance.indexedAsActive && !instance.toResume;
    if (at === null || isIndexed) return;
    instance.indexedAt = at;
    instance.indexedAsActive = active;
    const { begunBy } = current;
    const reference = begunBy === null ? { saga: saga.name, id } : { saga: saga.name, id, begunBy };
    this.cursor.index(instance.stream, at, active ? reference : null);
  }

  private isFull(): boolean {
    return this.watermark.waiting > MAX_WAITING_INPUTS || this.outbox.size > MAX_UNANSWERED;
  }
}

const later = (one: Position | null, other: Position | null): Position | null =>
  one === null || (other !== null && other > one) ? other : one;
