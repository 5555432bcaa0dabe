import { SENT_ONCE_MS, type Along, type CommandContext } from '../../write-side/shared/index.js';
import type { CommandReply, SagaCommand } from '../saga.js';
import type { Target } from '../targets.js';
import type { BackOff } from './back-off.js';
import type { SagaInstance } from './instance.js';
import type { SagaLogger } from './logger.js';
import { actorOf, type SentCommand } from './step-record.js';

export interface Dispatched {
  readonly reply: CommandReply;
  /** Id of the last event that the command recorded, now or when it was sent before; null when it recorded none. */
  readonly lastEventId: string | null;
}

/** Carries out a command. It may throw: the command is then sent again, after a while, under the same id. */
export type Dispatch = (command: SagaCommand, context: CommandContext) => Promise<Dispatched>;

export interface OutboxOptions {
  readonly dispatch: Dispatch;
  readonly logger: SagaLogger;
  readonly backOff: BackOff;
  /** Commands under way at once per target: a provider that hangs must not hold up the stock. */
  readonly perTarget: number;
  readonly onReply: (instance: SagaInstance, sent: SentCommand, dispatched: Dispatched) => void;
}

interface Letter {
  readonly instance: SagaInstance;
  readonly sent: SentCommand;
  /** Nobody can have sent it before, because its step has just been recorded. */
  readonly fresh: boolean;
  /** When it was posted first, by `performance.now()`. */
  readonly since: number;
  readonly attempt: number;
}

interface Lane {
  underWay: number;
  readonly waiting: Letter[];
  head: number;
}

/** Sends recorded commands until each is answered. */
export class Outbox {
  private readonly lanes = new Map<Target, Lane>();
  private unanswered = 0;
  private readonly idle: (() => void)[] = [];
  private underWay = 0;

  constructor(private readonly options: OutboxOptions) {}

  /** Commands on their way or waiting for their turn. */
  get size(): number {
    return this.unanswered;
  }

  send(instance: SagaInstance, sent: SentCommand, fresh: boolean): void {
    if (instance.inFlight.has(sent.commandId)) return;
    instance.inFlight.add(sent.commandId);
    this.unanswered += 1;
    this.post({ instance, sent, fresh, since: performance.now(), attempt: 0 });
  }

  /** Whether a command to this target would be carried out at once. */
  isFree(target: Target): boolean {
    return this.laneOf(target).underWay < this.options.perTarget;
  }

  /**
   * Sends a command for the first time with its step's record. Resolves to null once that is on disk, the command going on as
   * any other; to what the command came to, where it recorded nothing that the record could have gone with.
   * @throws what hindered the command before the record was on disk
   */
  async carry(instance: SagaInstance, sent: SentCommand, along: Along): Promise<Dispatched | null> {
    const lane = this.laneOf(sent.target);
    const letter: Letter = { instance, sent, fresh: true, since: performance.now(), attempt: 0 };
    instance.inFlight.add(sent.commandId);
    this.unanswered += 1;
    lane.underWay += 1;
    const context = { ...contextOf(instance, sent, false), along };
    const dispatching = this.watched(this.options.dispatch(sent, context));
    const over = dispatching.then(
      () => undefined,
      () => undefined,
    );
    void over.then(() => {
      lane.underWay -= 1;
      const waiting = next(lane);
      if (waiting !== undefined) void this.deliver(lane, waiting);
    });
    await Promise.race([along.whenAppended, over]);
    if (along.appended !== null) {
      void dispatching.then(
        (dispatched) => this.answered(letter, dispatched),
        (error: unknown) => this.failed(letter, error),
      );
      return null;
    }
    this.unanswered -= 1;
    instance.inFlight.delete(sent.commandId);
    return dispatching;
  }

  /** Resolves when no command is being carried out any more. To be called once the back-off was stopped. */
  async settled(): Promise<void> {
    if (this.underWay > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private post(letter: Letter): void {
    const lane = this.laneOf(letter.sent.target);
    if (lane.underWay < this.options.perTarget) void this.deliver(lane, letter);
    else lane.waiting.push(letter);
  }

  private async deliver(lane: Lane, first: Letter): Promise<void> {
    lane.underWay += 1;
    let letter: Letter | undefined = first;
    while (letter !== undefined && !this.options.backOff.stopped) {
      await this.tryOnce(letter);
      letter = next(lane);
    }
    lane.underWay -= 1;
  }

  private async tryOnce(letter: Letter): Promise<void> {
    const { instance, sent, fresh, since, attempt } = letter;
    const repeatable = !fresh || attempt > 0 || performance.now() - since > SENT_ONCE_MS;
    try {
      const { dispatch } = this.options;
      this.answered(letter, await this.watched(dispatch(sent, contextOf(instance, sent, repeatable))));
    } catch (error) {
      this.failed(letter, error);
    }
  }

  /** Hands over what a command came to whose record has gone alone. */
  reply(instance: SagaInstance, sent: SentCommand, dispatched: Dispatched): void {
    this.options.onReply(instance, sent, dispatched);
  }

  private answered({ instance, sent }: Letter, dispatched: Dispatched): void {
    this.unanswered -= 1;
    instance.inFlight.delete(sent.commandId);
    this.options.onReply(instance, sent, dispatched);
  }

  private failed(letter: Letter, error: unknown): void {
    const { commandId, correlationId, target, key } = letter.sent;
    const { stream } = letter.instance;
    this.options.logger.warn({ err: error, correlationId, stream, commandId, target, key }, 'saga command failed');
    void this.tryLater(letter);
  }

  /** Waits without taking the place of commands that can be carried out now. */
  private async tryLater(letter: Letter): Promise<void> {
    const attempt = letter.attempt + 1;
    if (await this.options.backOff.sleep(letter.attempt)) this.post({ ...letter, attempt });
  }

  private async watched(dispatching: Promise<Dispatched>): Promise<Dispatched> {
    this.underWay += 1;
    try {
      return await dispatching;
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) for (const resolve of this.idle.splice(0)) resolve();
    }
  }

  private laneOf(target: Target): Lane {
    let lane = this.lanes.get(target);
    if (lane === undefined) this.lanes.set(target, (lane = { underWay: 0, waiting: [], head: 0 }));
    return lane;
  }
}

function next(lane: Lane): Letter | undefined {
  const letter = lane.waiting[lane.head];
  if (letter === undefined) return undefined;
  lane.head += 1;
  if (lane.head === lane.waiting.length || lane.head > 4096) {
    lane.waiting.splice(0, lane.head);
    lane.head = 0;
  }
  return letter;
}

function contextOf(instance: SagaInstance, sent: SentCommand, repeatable: boolean): CommandContext {
  const { commandId, correlationId, causationId } = sent;
  const { traceparent } = instance.current;
  const context = { commandId, correlationId, causationId, actor: actorOf(instance.saga.name), repeatable };
  return traceparent === undefined ? context : { ...context, traceparent };
}
