import type { DomainEvent } from '../../domain/shared/index.js';
import { readModels } from '../../projections/index.js';
import { EventLog, fold } from '../../projections/shared/test-support/index.js';
import { ORDER_LIVES, productCreated, storyOf } from './test-support/index.js';

/** Members that every object inherits: a look-up by such a name on `{}` finds what nobody put there. */
const INHERITED = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable'];

/** Of the last of those lives, which is not confirmed in it. */
const LAST = `o${ORDER_LIVES.length - 1}`;

/** Everything that can be named by whoever runs the shop has this one name. */
function eventsOf(name: string): readonly (readonly [string, DomainEvent])[] {
  const { type, data } = productCreated(name, { brand: name, categories: [name] });
  const received = { sku: name, location: name, quantity: 9 };
  const sold = { lineId: '1', sku: name, quantity: 1, category: name, revenue: { amount: 100, currency: 'USD' } };
  const amount = { amount: 100, currency: 'USD' };
  const card = { giftCardId: name, amount, balance: amount, seed: name, note: name };
  const channel = { code: name, name, currencies: ['USD'], locale: 'en', timeZone: 'UTC' };
  const list = { code: name, name, priority: 1, isInForce: true, at: '2026-03-01T00:00:00.000Z', channels: [name] };
  const promotion = { promotionId: name, name, group: name, combines: [name], channels: [name], then: [] };
  const batch = { promotionId: name, holderId: name, batchId: name, uses: 1 };
  // A code is in upper case and a coupon's id is a hash: of the names here it is the promotion that can be an inherited one.
  const issued = { bucket: '000', ...batch, ids: ['0'.repeat(32)], codes: ['CODE-1'] };
  return [
    [`coupon-000`, { type: 'coupon.codes-issued.v1', data: issued }],
    [`channel-${name}`, { type: 'channel.created.v1', data: channel }],
    [`pricelist-${name}`, { type: 'price-list.created.v1', data: list }],
    [`giftcard-${name}`, { type: 'gift-card.issued.v1', data: card }],
    [`promotion-${name}`, { type: 'promotion.created.v1', data: promotion }],
    [`product-${name}`, { type, data: { ...data, attributes: { [name]: name } } }],
    [`inventory-${name}`, { type: 'inventory.received.v1', data: received }],
    [`inventory-${name}`, { type: 'inventory.adjusted.v1', data: { ...received, available: 0, reason: name } }],
    ...ORDER_LIVES.flatMap((life, index) => storyOf(life, `o${index}`, name)).map(
      ({ stream, event }) => [stream, event] as const,
    ),
    [
      `order-${LAST}`,
      {
        type: 'order.confirmed.v1',
        data: { orderId: LAST, channel: name, lines: [sold], discounted: [{ promotionId: name, amount }] },
      },
    ],
  ];
}

/** The documents of a read model as text, with the name put back. */
function documentsOf(model: (typeof readModels)[number], name: string): string {
  const log = new EventLog<DomainEvent>();
  for (const [stream, event] of eventsOf(name)) log.append(stream, event);
  return JSON.stringify([...fold(model, log.events)], null, 1).replaceAll(name, 'NAME');
}

describe.each(readModels.map((model) => [model.name, model] as const))('the read model %s', (_name, model) => {
  it.each(INHERITED)('is the same for things named %s as for any other', (name) => {
    // Sorts as the other does, and is inherited by nothing.
    const other = documentsOf(model, `${name}_`);
    expect(other).not.toBe('[]');
    expect(documentsOf(model, name)).toBe(other);
  });
});
