import type { CartEvent } from '../../domain/cart/index.js';
import type { Json, JsonObject } from '../../domain/shared/index.js';
import { asEvent } from '../../infra/event-store/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { titleOf } from './event-titles.js';
import type { OrderEvents } from './sealed-order-events.js';

/** Names of products by SKU, as the order and its cart have them. */
export function namesIn({ opened, events }: OrderEvents): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const recorded of events) {
    const event = asEvent<CartEvent>(recorded);
    if (event.type === 'cart.item-added.v1') names.set(event.data.sku, event.data.name);
  }
  for (const { sku, name } of opened.lines) names.set(sku, name);
  return names;
}

/** Says what happened as who asks about an order says it, who knows no SKUs. */
export const summaryOf = (
  { type, data }: Pick<RecordedEvent, 'type' | 'data'>,
  names: ReadonlyMap<string, string>,
): string => titleOf({ type, data: named(data, names) as JsonObject });

/** Puts names in the place of SKUs. */
function named(value: Json | undefined, names: ReadonlyMap<string, string>): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => named(one, names) ?? null);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'sku' && typeof member === 'string' ? (names.get(member) ?? member) : named(member as Json, names),
    ]),
  );
}

/** The name of who did something; undefined where nobody is known by one. */
export function actorNameOf(actor: string, { opened: { customerId, personal } }: OrderEvents): string | undefined {
  const colon = actor.indexOf(':');
  if (colon < 0) return undefined;
  const [kind, id] = [actor.slice(0, colon), actor.slice(colon + 1)];
  if (kind === 'saga') return `${id} process`;
  if (kind !== 'customer') return id;
  return id === customerId ? personal?.shippingAddress.name : undefined;
}
