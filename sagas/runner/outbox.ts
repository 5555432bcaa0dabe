import { SENT_ONCE_MS, type CommandContext } from '../../write-side/shared/index.js';
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
    const { instance, sent } = letter;
    const dispatched = await this.attempt(letter);
    if (dispatched === null) return void this.tryLater(letter);
    this.unanswered -= 1;
    instance.inFlight.delete(sent.commandId);
    this.options.onReply(instance, sent, dispatched);
  }

  /** Waits without taking the place of commands that can be carried out now. */
  private async tryLater(letter: Letter): Promise<void> {
    const attempt = letter.attempt + 1;
    if (await this.options.backOff.sleep(letter.attempt)) this.post({ ...letter, attempt });
  }

  private async attempt({ instance, sent, fresh, since, attempt }: Letter): Promise<Dispatched | null> {
    this.underWay += 1;
    const repeatable = !fresh || attempt > 0 || performance.now() - since > SENT_ONCE_MS;
    try {
      return await this.options.dispatch(sent, contextOf(instance, sent, repeatable));
    } catch (error) {
      const { commandId, correlationId, target, key } = sent;
      const { stream } = instance;
      this.options.logger.warn({ err: error, correlationId, stream, commandId, target, key }, 'saga command failed');
      return null;
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
