import type { JsonObject } from '../../domain/shared/index.js';
import { positionOfNumber } from '../../infra/shared/position.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { AnySaga, CommandReply, SagaStep } from '../../infra/engine/sagas/index.js';
import type { SagaCommand } from '../saga.js';

export const YES: CommandReply = { outcome: 'accepted' };
export const SILENCE: CommandReply = { outcome: 'unknown', detail: 'no answer' };
export const no = (code: string): CommandReply => ({ outcome: 'refused', refusal: { code, detail: 'No.' } });

const START = Date.parse('2026-11-02T10:00:00.000Z');

/** A recorded event with just what a saga looks at. */
export const event = (type: string, data: JsonObject): RecordedEvent => ({
  id: `event-${type}`,
  stream: 'any',
  revision: 5,
  position: positionOfNumber(1),
  at: new Date(START).toISOString(),
  type,
  data,
  metadata: { commandId: 'c', correlationId: 'c', causationId: null, actor: 'test' },
});

/** The instance that the event belongs to. */
export const idOf = (saga: AnySaga, { type, data }: RecordedEvent): string | null => saga.on[type]?.id(data) ?? null;

export const begins = (saga: AnySaga, { type, data }: RecordedEvent): boolean => saga.on[type]?.begins?.(data) === true;

/** Runs a saga as a pure function; keeps what it sent and what it waits for. Does not keep duplicates away. */
export class Driven<State extends object> {
  state: State;
  done = false;
  readonly sent: SagaCommand[] = [];
  /** The steps that change something which the log does not say. */
  readonly recorded: SagaStep<object>[] = [];
  readonly timers = new Map<string, string>();
  private time = START;

  constructor(private readonly saga: AnySaga) {
    this.state = saga.initialState() as State;
  }

  get keys(): string[] {
    return this.sent.map(({ key }) => key);
  }

  happens(occurrence: RecordedEvent): this {
    const { [occurrence.type]: reaction } = this.saga.on;
    if (reaction === undefined) throw new Error(`${this.saga.name} does not follow ${occurrence.type}`);
    return this.take(reaction.react(this.state, occurrence, this.now));
  }

  answered(reply: CommandReply, ...keys: readonly string[]): this {
    for (const key of keys) {
      this.take(this.saga.onReply(this.state, { key, reply, cause: `event-by-${key}` }, this.now));
    }
    return this;
  }

  /** Time passes until the timer is due, and it fires. */
  fires(key: string): this {
    const due = this.timers.get(key);
    if (due !== undefined) this.time = Math.max(this.time, Date.parse(due));
    this.timers.delete(key);
    return this.take(this.saga.onTimeout(this.state, { key, cause: 'event-of-last-step' }, this.now));
  }

  /** Milliseconds from now until the timer is due. */
  dueIn(key: string): number {
    return Date.parse(this.timers.get(key) ?? '') - this.time;
  }

  private get now(): string {
    return new Date(this.time).toISOString();
  }

  private take(step: SagaStep<object>): this {
    if (this.done) return this;
    if (step.unrecorded !== true && changes(step, this.state)) this.recorded.push(step);
    this.state = step.state as State;
    this.sent.push(...((step.commands ?? []) as readonly SagaCommand[]));
    for (const { key, due } of step.timers ?? []) {
      if (due === null) this.timers.delete(key);
      else this.timers.set(key, due);
    }
    this.done = step.done === true;
    return this;
  }
}

const changes = ({ state, commands, timers, done }: SagaStep<object>, before: object): boolean =>
  state !== before || commands !== undefined || timers !== undefined || done === true;
