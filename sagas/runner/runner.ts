import type { EventStore, Position, RecordedEvent, Subscription } from '../../infra/event-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import type { Tracer } from '../../infra/telemetry/index.js';
import type { AnySaga } from '../saga.js';
import { BackOff } from './back-off.js';
import type { SagaClock } from './clock.js';
import { Cursor, type InstanceReference } from './cursor.js';
import { SagaInstance, type InboxItem } from './instance.js';
import { InstanceStore } from './instance-store.js';
import type { SagaLogger } from './logger.js';
import { Outbox, type Dispatch } from './outbox.js';
import { countPhases, type SagaPhaseCount } from './phase-count.js';
import { RecentlyFinished } from './recently-finished.js';
import { tracedDispatch } from './saga-traces.js';
import { Scheduler } from './scheduler.js';
import { SteadyTime } from './steady-time.js';
import { TimerQueue } from './timer-queue.js';
import { Turns } from './turns.js';
import { Watermark } from './watermark.js';

export interface SagaRunnerOptions {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly sagas: readonly AnySaga[];
  readonly dispatch: Dispatch;
  readonly clock: SagaClock;
  readonly logger: SagaLogger;
  /** Where steps and commands of traced requests are traced. */
  readonly tracer?: Tracer | null;
}

export interface SagaRunnerStatus {
  /** Everything at or below it is recorded or was none of the sagas' business. */
  readonly position: Position | null;
  /** All that was in the log has been handed over once. */
  readonly caughtUp: boolean;
  /** Instances in memory: with an input, a command under way or a timer. */
  readonly instances: number;
  /** Inputs that are not recorded yet, turns and unanswered commands; 0 is rest. */
  readonly work: number;
}

/** Follows the log and runs every saga. Several may run at once: expected revisions keep them right. */
export interface SagaRunner {
  /**
   * Takes up what is unfinished and follows the log from where it was left.
   * @throws StoreRefusedError the cursor is one of another log
   */
  start(): Promise<void>;
  status(): SagaRunnerStatus;
  /** Counted when asked: for those who look now and then. */
  phases(): readonly SagaPhaseCount[];
  /** Ends turns and commands that are under way and writes the cursor. What is left is done after the next start. */
  close(): Promise<void>;
}

const AT_ONCE = 256;
const MAX_WAITING_INPUTS = 2_000;
const MAX_UNANSWERED = 20_000;
const REMEMBER_FINISHED = 20_000;

export const createSagaRunner = (options: SagaRunnerOptions): SagaRunner => new LogFollowingRunner(options);

class LogFollowingRunner implements SagaRunner {
  private readonly instances = new Map<string, SagaInstance>();
  private readonly finished = new RecentlyFinished(REMEMBER_FINISHED);
  private readonly sagas = new Map<string, AnySaga>();
  private readonly byType = new Map<string, AnySaga[]>();
  private readonly backOff: BackOff;
  private readonly scheduler: Scheduler;
  private readonly outbox: Outbox;
  private readonly cursor: Cursor;
  private readonly time: SteadyTime;
  private readonly timers: TimerQueue<SagaInstance>;
  private watermark = new Watermark(null);
  private subscription: Subscription | null = null;
  private handedOver: Position | null = null;
  private headAtStart: Position | null = null;
  private hasCaughtUp = false;
  private knowsThePast = false;
  private resumePage: (() => void) | null = null;

  constructor(private readonly options: SagaRunnerOptions) {
    const { clock, logger, eventStore, readStore, dispatch, tracer = null } = options;
    for (const saga of options.sagas) this.register(saga);
    this.backOff = new BackOff(clock, { first: 100, longest: 30_000 });
    this.outbox = new Outbox({
      dispatch: tracer === null ? dispatch : tracedDispatch(dispatch, tracer),
      logger,
      backOff: this.backOff,
      perTarget: AT_ONCE,
      onReply: (instance, sent, { reply, lastEventId }) =>
        this.put(instance, { kind: 'reply', sent, reply, lastEventId }),
    });
    const turns = new Turns({
      clock,
      logger,
      tracer,
      backOff: this.backOff,
      outbox: this.outbox,
      store: new InstanceStore(eventStore, this.backOff, logger),
      isLive: (event) => this.headAtStart === null || event.position > this.headAtStart,
      onTaken: (instance, items) => this.settle(instance, items),
      onRested: (instance) => this.scheduler.notify(instance),
    });
    this.scheduler = new Scheduler({ clock, atOnce: AT_ONCE, run: (instance) => turns.run(instance) });
    this.time = new SteadyTime(clock);
    this.timers = new TimerQueue(this.time, (instance) => this.fireTimers(instance));
    this.cursor = new Cursor({ eventStore, readStore, clock, logger, watermark: () => this.watermark.position });
  }

  async start(): Promise<void> {
    const from = await this.cursor.open();
    this.headAtStart = await this.options.eventStore.head();
    this.watermark = new Watermark(from);
    this.handedOver = from;
    for await (const reference of this.cursor.unfinished()) this.wake(reference);
    this.follow();
    this.cursor.start();
  }

  status(): SagaRunnerStatus {
    return {
      position: this.watermark.position,
      caughtUp: this.hasCaughtUp,
      instances: this.instances.size,
      work: this.watermark.waiting + this.scheduler.size + this.outbox.size,
    };
  }

  phases(): readonly SagaPhaseCount[] {
    return countPhases(this.instances.values());
  }

  async close(): Promise<void> {
    this.backOff.stop();
    this.timers.stop();
    this.resumePage?.();
    await this.subscription?.close();
    await this.scheduler.stop();
    await this.outbox.settled();
    await this.cursor.close();
  }

  private register(saga: AnySaga): void {
    this.sagas.set(saga.name, saga);
    for (const type of Object.keys(saga.on)) {
      if (type.startsWith('saga.')) throw new Error(`saga ${saga.name} must not follow sagas: ${type}`);
      const known = this.byType.get(type);
      if (known === undefined) this.byType.set(type, [saga]);
      else known.push(saga);
    }
  }

  private follow(): void {
    this.subscription = this.options.eventStore.subscribe(
      { from: this.handedOver },
      {
        onEvents: (events, upTo) => this.takePage(events, upTo),
        onCaughtUp: () => {
          this.hasCaughtUp = true;
          this.learnThePast();
        },
        onError: (error) => void this.followAgain(error),
      },
    );
  }

  private async followAgain(error: unknown): Promise<void> {
    this.options.logger.error({ err: error }, 'sagas lost the event store');
    if (await this.backOff.sleep(4)) this.follow();
  }

  private takePage(events: readonly RecordedEvent[], upTo: Position): Promise<void> | void {
    for (const event of events) {
      const sagas = this.byType.get(event.type);
      if (sagas !== undefined) this.takeEvent(event, sagas);
    }
    this.watermark.pass(upTo);
    this.handedOver = upTo;
    if (this.isFull() && !this.backOff.stopped) return new Promise((resolve) => (this.resumePage = resolve));
  }

  private takeEvent(event: RecordedEvent, sagas: readonly AnySaga[]): void {
    for (const saga of sagas) {
      const id = saga.on[event.type]?.id(event.data) ?? null;
      if (id === null || this.finished.has(streamOf(saga.name, id))) continue;
      const open = this.watermark.take(event.position, 1);
      this.put(this.instanceOf(saga, id), { kind: 'event', event, open });
    }
  }

  private put(instance: SagaInstance, item: InboxItem): void {
    instance.inbox.push(item);
    if (item.kind !== 'reply') instance.urgent = true;
    this.scheduler.notify(instance);
  }

  private wake({ saga: name, id, begunBy }: InstanceReference): void {
    const saga = this.sagas.get(name);
    if (saga === undefined) {
      this.options.logger.error({ saga: name, id }, 'unfinished instance of a saga that is not run any more');
      return;
    }
    const instance = this.instanceOf(saga, id);
    instance.toWake = true;
    instance.wokenBy = begunBy ?? null;
    instance.urgent = true;
    this.scheduler.notify(instance);
  }

  private instanceOf(saga: AnySaga, id: string): SagaInstance {
    const stream = streamOf(saga.name, id);
    let instance = this.instances.get(stream);
    if (instance === undefined) this.instances.set(stream, (instance = new SagaInstance(saga, id, stream)));
    return instance;
  }

  private fireTimers(instance: SagaInstance): void {
    const now = this.time.now();
    const deadlines = instance.deadlinesIn(this.time);
    for (const { key, due, deadline } of deadlines.sort((a, b) => a.deadline - b.deadline)) {
      if (deadline <= now) this.put(instance, { kind: 'timeout', key, due });
    }
  }

  /** In one go with what moves the watermark: index and place in the log are written together. */
  private note(instance: SagaInstance): void {
    const { steppedAt, current, saga, id, active } = instance;
    const at = later(steppedAt, current.position);
    const isNoted = at === instance.notedAt && active === instance.notedAsActive && !instance.toWake;
    if (at === null || isNoted) return;
    instance.notedAt = at;
    instance.notedAsActive = active;
    const { begunBy } = current;
    const reference = begunBy === null ? { saga: saga.name, id } : { saga: saga.name, id, begunBy };
    this.cursor.note(instance.stream, at, active ? reference : null);
  }

  private settle(instance: SagaInstance, items: readonly InboxItem[]): void {
    this.note(instance);
    instance.toWake = false;
    for (const item of items) if (item.kind === 'event' && item.open !== null) this.watermark.finish(item.open);
    this.arm(instance);
    if (instance.current.done) this.finished.add(instance.stream);
    const isIdle = !instance.active && (instance.current.done || instance.inbox.length === 0);
    if (isIdle && this.instances.get(instance.stream) === instance) this.instances.delete(instance.stream);
    if (this.resumePage === null || this.isFull()) return;
    this.resumePage();
    this.resumePage = null;
  }

  /** What the log had at the start comes before any timer: it may be what the timer was waiting for. */
  private arm(instance: SagaInstance): void {
    const deadlines = instance.deadlinesIn(this.time).map(({ deadline }) => deadline);
    if (this.knowsThePast) this.timers.set(instance, deadlines.length === 0 ? null : Math.min(...deadlines));
  }

  private learnThePast(): void {
    if (this.knowsThePast) return;
    this.knowsThePast = true;
    for (const instance of this.instances.values()) this.arm(instance);
  }

  private isFull(): boolean {
    return this.watermark.waiting > MAX_WAITING_INPUTS || this.outbox.size > MAX_UNANSWERED;
  }
}

const later = (one: Position | null, other: Position | null): Position | null =>
  one === null || (other !== null && other > one) ? other : one;

const streamOf = (saga: string, id: string): string => `saga-${saga}-${id}`;
