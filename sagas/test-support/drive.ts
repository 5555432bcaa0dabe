import type { JsonObject } from '../../domain/shared/index.js';
import { positionOfNumber, type RecordedEvent } from '../../infra/event-store/index.js';
import type { CommandReply, Saga, SagaCommand, SagaInput } from '../saga.js';

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

/** Runs a saga as a pure function; keeps what it sent and what it waits for. Does not keep duplicates away. */
export class Driven<State extends object> {
  state: State;
  done = false;
  readonly sent: SagaCommand[] = [];
  readonly timers = new Map<string, string>();
  private time = START;

  constructor(private readonly saga: Saga<State>) {
    this.state = saga.initialState();
  }

  get keys(): string[] {
    return this.sent.map(({ key }) => key);
  }

  happens(occurrence: RecordedEvent): this {
    return this.react({ kind: 'event', event: occurrence, cause: occurrence.id });
  }

  answered(reply: CommandReply, ...keys: readonly string[]): this {
    for (const key of keys) this.react({ kind: 'reply', key, reply, cause: `event-by-${key}` });
    return this;
  }

  /** Time passes until the timer is due, and it fires. */
  fires(key: string): this {
    const due = this.timers.get(key);
    if (due !== undefined) this.time = Math.max(this.time, Date.parse(due));
    this.timers.delete(key);
    return this.react({ kind: 'timeout', key, cause: 'event-of-last-step' });
  }

  /** Milliseconds from now until the timer is due. */
  dueIn(key: string): number {
    return Date.parse(this.timers.get(key) ?? '') - this.time;
  }

  private get now(): string {
    return new Date(this.time).toISOString();
  }

  private react(input: SagaInput): this {
    const step = this.saga.react(this.state, input, this.now);
    if (this.done) return this;
    this.state = step.state;
    this.sent.push(...(step.commands ?? []));
    for (const { key, due } of step.timers ?? []) {
      if (due === null) this.timers.delete(key);
      else this.timers.set(key, due);
    }
    this.done = step.done === true;
    return this;
  }
}
