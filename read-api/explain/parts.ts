import type { Json } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { titleOf } from '../order/index.js';
import { shownAs } from './amounts.js';
import type { Amount } from './amounts.js';
import type { FieldChange, FieldLife } from './field-changes.js';
import type { Contribution, Part } from './explanation.js';

/** How an amount enters a sum. */
export type Sign = 1 | -1;

/** What events of one type added to a field, each by itself as far as they are known. */
interface OfType {
  readonly type: string;
  readonly changes: readonly FieldChange[];
}

/** What each type of events added, in the order in which they first did; what is no longer known one by one stands before. */
export function partsOfAmount(life: FieldLife | undefined, of: Amount, sign: Sign): readonly Part[] {
  const parts = [...(life?.earlier ?? [])].map(([type, { count, added }]) => ({
    label: `${inWords(type)}: the first ${count} times`,
    value: shownAs(of, added * BigInt(sign)),
    events: [],
  }));
  const known = byType(life?.changes ?? []).map(({ type, changes }) => {
    const added = changes.reduce((sum, change) => sum + change.added, 0n);
    return {
      label: changes.length === 1 ? inWords(type) : `${inWords(type)}: ${changes.length} times`,
      value: shownAs(of, added * BigInt(sign)),
      events: changes.map((change) => contribution(change.event, shownAs(of, change.added * BigInt(sign)))),
    };
  });
  return [...parts, ...known];
}

/** Says of a part that one event brought about what happened. */
export function titled(part: Part): Part {
  const [only, ...others] = part.events;
  return only === undefined || others.length > 0 ? part : { ...part, label: only.title };
}

/** What the field was, one after the other. */
export const partsOfState = (life: FieldLife | undefined): readonly Part[] =>
  (life?.changes ?? []).map(({ event, after }) => {
    const value = after === undefined ? null : (after as Json);
    const one = contribution(event, value);
    return { label: one.title, value, events: [one] };
  });

const contribution = (event: RecordedEvent, value: Contribution['contribution']): Contribution => ({
  eventId: event.id,
  type: event.type,
  title: titleOf(event),
  at: event.at,
  contribution: value,
});

function byType(changes: readonly FieldChange[]): readonly OfType[] {
  const types = new Map<string, FieldChange[]>();
  for (const change of changes) {
    const { type } = change.event;
    const known = types.get(type);
    if (known === undefined) types.set(type, [change]);
    else known.push(change);
  }
  return [...types].map(([type, of]) => ({ type, changes: of }));
}

/** `order.shipment-created.v1` → `Shipment created`. */
function inWords(type: string): string {
  const words = type.slice(type.indexOf('.') + 1, type.lastIndexOf('.')).replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
