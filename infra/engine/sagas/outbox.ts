import { type CommandContext, EXCLUSIVE_WINDOW_MS, type UnitOfWork } from '../commands/index.js';
import type { Dispatch, Dispatched, SentCommand } from './saga.js';
import type { BackOff } from '../../shared/back-off.js';
import type { FailedTries } from './failed-tries.js';
import type { SagaInstance } from './instances.js';
import type { SagaLogger } from './saga-runner.js';
import { actorOf } from './instance-store.js';

export interface OutboxOptions {
  readonly dispatch: Dispatch;
  readonly logger: SagaLogger;
  readonly backOff: BackOff;
  /** Given when the runner stops. */
  readonly stopping: AbortSignal;
  /** Commands under way at once per target: a provider that hangs must not hold up the stock. */
  readonly perTarget: number;
  /** Keeps what failed, for those who look. */
  readonly tries: Pick<FailedTries, 'note' | 'forget'>;
  readonly onReply: (instance: SagaInstance, sent: SentCommand, dispatched: Dispatched) => void;
}

/** A command that is sent until it is answered. */
interface PendingDispatch {
  readonly instance: SagaInstance;
  readonly sent: SentCommand;
  /** Nobody can have sent it before, because its step has just been recorded. */
  readonly isNew: boolean;
  /** When it was queued first, by `performance.now()`. */
  readonly queuedAt: number;
  readonly attempt: number;
}

/** The commands to one target: so many are under way at once, the others wait. */
interface TargetQueue {
  underWay: number;
  readonly waiting: PendingDispatch[];
  head: number;
}

/** Sends recorded commands until each is answered. */
export class Outbox {
  private readonly queues = new Map<string, TargetQueue>();
  private unanswered = 0;
  private readonly idle: (() => void)[] = [];
  private underWay = 0;
  /** Ends the pauses of commands that wait to be sent again. */
  private readonly pauses = new Map<SagaInstance, Set<() => void>>();

  constructor(private readonly options: OutboxOptions) {}

  /** Commands that are under way or wait for their target. */
  get size(): number {
    return this.unanswered;
  }

  /** Sends a command whose step is recorded. */
  send(instance: SagaInstance, sent: SentCommand, isNew: boolean): void {
    if (instance.inFlight.has(sent.commandId)) return;
    this.enqueue(this.begin({ instance, sent, isNew, queuedAt: performance.now(), attempt: 0 }));
  }

  /** Whether a command to this target would be sent at once. */
  isFree(target: string): boolean {
    return this.queueOf(target).underWay < this.options.perTarget;
  }

  /**
   * Sends a command within the unit of work that records its step. Resolves to what the command comes to, which counts once the
   * unit is recorded; to null where the command waits for that before it asks somebody outside, and then goes on as any other.
   * @throws what hindered the command before
   */
  async sendWithin(unit: UnitOfWork, instance: SagaInstance, sent: SentCommand): Promise<Dispatched | null> {
    const pending = this.begin({ instance, sent, isNew: true, queuedAt: performance.now(), attempt: 0 });
    const dispatching = this.watched(() => this.options.dispatch(sent, { ...contextOf(instance, sent, false), unit }));
    this.occupyTarget(sent.target, dispatching);
    try {
      const dispatched = await Promise.race([dispatching, unit.whenCommitAwaited]);
      if (dispatched !== null) this.end(pending);
      else void unit.whenRecorded.then(() => this.settle(pending, dispatching)).catch(() => this.end(pending));
      return dispatched;
    } catch (error) {
      this.end(pending);
      throw error;
    }
  }

  /** Hands over what a command came to that was sent within a unit of work. */
  reply(instance: SagaInstance, sent: SentCommand, dispatched: Dispatched): void {
    this.options.onReply(instance, sent, dispatched);
  }

  /** Sends at once what waits to be sent again. */
  hurry(instance: SagaInstance): void {
    for (const end of this.pauses.get(instance) ?? []) end();
  }

  /** Resolves when no command is being carried out any more. To be called once the back-off was stopped. */
  async settled(): Promise<void> {
    if (this.underWay > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private begin(pending: PendingDispatch): PendingDispatch {
    pending.instance.inFlight.add(pending.sent.commandId);
    this.unanswered += 1;
    return pending;
  }

  private end({ instance, sent }: PendingDispatch): void {
    this.unanswered -= 1;
    instance.inFlight.delete(sent.commandId);
    this.options.tries.forget(instance, sent);
  }

  private occupyTarget(target: string, dispatching: Promise<Dispatched>): void {
    const queue = this.queueOf(target);
    queue.underWay += 1;
    const release = (): void => {
      queue.underWay -= 1;
      const waiting = takeNext(queue);
      if (waiting !== undefined) void this.deliver(queue, waiting);
    };
    void dispatching.then(release, release);
  }

  private enqueue(pending: PendingDispatch): void {
    const queue = this.queueOf(pending.sent.target);
    if (queue.underWay < this.options.perTarget) void this.deliver(queue, pending);
    else queue.waiting.push(pending);
  }

  private async deliver(queue: TargetQueue, first: PendingDispatch): Promise<void> {
    queue.underWay += 1;
    let pending: PendingDispatch | undefined = first;
    while (pending !== undefined && !this.options.stopping.aborted) {
      const { instance, sent, isNew, queuedAt, attempt } = pending;
      const repeatable = !isNew || attempt > 0 || performance.now() - queuedAt > EXCLUSIVE_WINDOW_MS;
      const { dispatch } = this.options;
      await this.settle(
        pending,
        this.watched(() => dispatch(sent, contextOf(instance, sent, repeatable))),
      );
      pending = takeNext(queue);
    }
    queue.underWay -= 1;
  }

  /** Hands over the reply of a command, or sends the command again later. */
  private async settle(pending: PendingDispatch, dispatching: Promise<Dispatched>): Promise<void> {
    try {
      const dispatched = await dispatching;
      this.end(pending);
      this.options.onReply(pending.instance, pending.sent, dispatched);
    } catch (error) {
      const { instance, sent } = pending;
      const { commandId, correlationId, target, key } = sent;
      const { stream } = instance;
      this.options.logger.warn({ err: error, correlationId, stream, commandId, target, key }, 'saga command failed');
      void this.retryLater(pending, error);
    }
  }

  /** Waits without taking the place of commands that can be carried out now. */
  private async retryLater(pending: PendingDispatch, error: unknown): Promise<void> {
    const { backOff, tries } = this.options;
    const { instance, sent } = pending;
    const attempt = pending.attempt + 1;
    const pauseMs = backOff.pauseMs(attempt);
    tries.note(instance, sent, { error, attempt, pauseMs });
    if (await this.paused(instance, backOff.pause(pauseMs))) this.enqueue({ ...pending, attempt });
  }

  /** Waits until the pause is over or the instance is in a hurry; false where the runner stops. */
  private async paused(instance: SagaInstance, pause: Promise<boolean>): Promise<boolean> {
    const ends = this.pauses.get(instance) ?? new Set();
    this.pauses.set(instance, ends);
    let end = (): void => undefined;
    const hurried = new Promise<boolean>((resolve) => {
      end = () => resolve(!this.options.stopping.aborted);
      ends.add(end);
    });
    const goesOn = await Promise.race([pause, hurried]);
    ends.delete(end);
    if (ends.size === 0) this.pauses.delete(instance);
    return goesOn;
  }

  private async watched(dispatch: () => Promise<Dispatched>): Promise<Dispatched> {
    this.underWay += 1;
    try {
      return await dispatch();
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) for (const resolve of this.idle.splice(0)) resolve();
    }
  }

  private queueOf(target: string): TargetQueue {
    let queue = this.queues.get(target);
    if (queue === undefined) this.queues.set(target, (queue = { underWay: 0, waiting: [], head: 0 }));
    return queue;
  }
}

function takeNext(queue: TargetQueue): PendingDispatch | undefined {
  const pending = queue.waiting[queue.head];
  if (pending === undefined) return undefined;
  queue.head += 1;
  if (queue.head === queue.waiting.length || queue.head > 4096) {
    queue.waiting.splice(0, queue.head);
    queue.head = 0;
  }
  return pending;
}

function contextOf(instance: SagaInstance, sent: SentCommand, repeatable: boolean): CommandContext {
  const { commandId, correlationId, causationId } = sent;
  const { traceparent } = instance.current;
  const context = { commandId, correlationId, causationId, actor: actorOf(instance.saga.name), repeatable };
  return traceparent === undefined ? context : { ...context, traceparent };
}
