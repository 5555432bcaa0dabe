import type { RecordedEvent } from '../../infra/event-store/index.js';
import { amountOf, isOneValue } from './amounts.js';
import type { FieldPattern } from './field-pattern.js';

/** What an event did to a field. */
export interface FieldChange {
  readonly event: RecordedEvent;
  /** Minor units of money, or of a number itself; 0 where there is nothing to count. */
  readonly added: bigint;
  /** Undefined where there is nothing any more. */
  readonly after: unknown;
}

/** Changes that are no longer kept one by one. */
export interface EarlierChanges {
  count: number;
  added: bigint;
}

/** How many changes of a field are kept: a popular SKU has more than anybody reads. */
export const MOST_CHANGES = 1_000;

/** The life of one field. */
export class FieldLife {
  /** The latest ones. */
  readonly changes: FieldChange[] = [];
  /** The others, by the type of their event. */
  readonly earlier = new Map<string, EarlierChanges>();
  #last: unknown;

  take(event: RecordedEvent, after: unknown): void {
    if (isSame(this.#last, after)) return;
    const added = unitsOf(after) - unitsOf(this.#last);
    this.#last = after;
    this.changes.push({ event, added, after });
    if (this.changes.length > 2 * MOST_CHANGES) this.#condense();
  }

  #condense(): void {
    for (const { event, added } of this.changes.splice(0, this.changes.length - MOST_CHANGES)) {
      const earlier = this.earlier.get(event.type);
      if (earlier === undefined) this.earlier.set(event.type, { count: 1, added });
      else {
        earlier.count += 1;
        earlier.added += added;
      }
    }
  }
}

const unitsOf = (value: unknown): bigint => amountOf(value)?.units ?? 0n;

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const [left, right] = [amountOf(one), amountOf(other)];
  return left !== null && right !== null && left.units === right.units && left.currency === right.currency;
}

/** The lives of the fields that a pattern leads to, event by event. */
export class FieldLives {
  readonly #lives = new Map<string, FieldLife>();

  constructor(private readonly pattern: FieldPattern) {}

  /** Takes the document as it is after an event; null where there is none. Keeps nothing of it that may change in place. */
  take(event: RecordedEvent, document: object | null): void {
    const gone = new Set(this.#lives.keys());
    for (const { identity, value } of document === null ? [] : this.pattern.in(document)) {
      gone.delete(identity);
      this.#lifeOf(identity).take(event, isOneValue(value) ? value : undefined);
    }
    for (const identity of gone) this.#lifeOf(identity).take(event, undefined);
  }

  of(identity: string): FieldLife | undefined {
    return this.#lives.get(identity);
  }

  #lifeOf(identity: string): FieldLife {
    const known = this.#lives.get(identity);
    if (known !== undefined) return known;
    const life = new FieldLife();
    this.#lives.set(identity, life);
    return life;
  }
}
