import fc from 'fast-check';
import { cartDecider } from '../../../domain/cart/index.js';
import type { CartCommand, ProductFacts } from '../../../domain/cart/index.js';
import { giftCardDecider } from '../../../domain/gift-card/index.js';
import type { GiftCardCommand } from '../../../domain/gift-card/index.js';
import { inventoryDecider } from '../../../domain/inventory/index.js';
import type { InventoryCommand } from '../../../domain/inventory/index.js';
import { orderDecider } from '../../../domain/order/index.js';
import type { OrderCommand } from '../../../domain/order/index.js';
import { paymentDecider } from '../../../domain/payment/index.js';
import type { PaymentCommand } from '../../../domain/payment/index.js';
import { defaultPricingPolicy } from '../../../domain/pricing/index.js';
import type { Decider, DomainEvent } from '../../../domain/shared/index.js';
import { decideAll, EventLog } from '../../../projections/shared/test-support/index.js';
import { anyOpening, eur, opening as opened } from './random-opening.js';

// Lives of documents as deciders make them of random commands, in the streams that they stand in.

export interface RandomLife {
  readonly resource: string;
  readonly log: EventLog<DomainEvent>;
}

const ORDER = 'o1';
const PAYMENT = opened.paymentId;
const CARD = 'card-1';
const NOW = '2026-11-21T12:00:00.000Z';
const refundId = fc.constantFrom('r1', 'r2', 'r3');

const anyOrderCommand: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constantFrom<OrderCommand>(
    { type: 'confirm-order' },
    { type: 'confirm-order' },
    { type: 'reject-order', code: 'PAYMENT.DECLINED', detail: 'No.' },
    { type: 'request-cancellation', reason: 'changed my mind' },
    { type: 'cancel-order' },
    { type: 'create-shipment', createdAt: NOW },
    { type: 'complete-order' },
  ),
  fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 3 })).map(([line, quantity]): OrderCommand => ({
    type: 'create-shipment',
    createdAt: NOW,
    lines: [{ sku: `S${line}`, quantity }],
  })),
  fc
    .integer({ min: 1, max: 3 })
    .map((n): OrderCommand => ({ type: 'deliver-shipment', shipmentId: `${ORDER}.${n}`, deliveredAt: NOW, now: NOW })),
  fc.tuple(refundId, fc.integer({ min: 1, max: 5_000 })).map(([id, amount]): OrderCommand => ({
    type: 'request-refund',
    refundId: id,
    captured: eur(1_000_000),
    amount: eur(amount),
    reason: 'broken',
  })),
  refundId.map((id): OrderCommand => ({ type: 'fail-refund', refundId: id, code: 'PAYMENT.REFUND_REFUSED' })),
  fc.constantFrom<OrderCommand>(
    { type: 'need-attention', code: 'PAYMENT.CAPTURE_FAILED', detail: 'Not captured.' },
    { type: 'need-attention', code: 'PAYMENT.DISPUTED', detail: 'Disputed.' },
    { type: 'resolve-attention', code: 'PAYMENT.CAPTURE_FAILED' },
  ),
);

const code = 'PAYMENT.DECLINED';
const detail = 'No.';
const some = fc.integer({ min: 1, max: 1_000 }).map(eur);
const anyPaymentCommand: fc.Arbitrary<PaymentCommand> = fc.oneof(
  fc.constantFrom<PaymentCommand>(
    { type: 'record-authorization', reference: 'at-1' },
    { type: 'record-authorization', reference: 'at-1' },
    { type: 'record-capture', reference: 'at-2' },
    { type: 'record-decline', reference: 'at-1', code, detail },
    { type: 'fail-payment', code, detail },
    { type: 'request-void', paymentId: PAYMENT, orderId: ORDER, idempotencyKey: 'v', reason: 'cancelled' },
    { type: 'record-void', reference: null },
  ),
  some.map((amount): PaymentCommand => ({ type: 'request-capture', captureId: 'c-1', amount, idempotencyKey: 'c-1' })),
  fc
    .tuple(refundId, some)
    .map(([id, amount]): PaymentCommand => ({ type: 'request-refund', refundId: id, amount, idempotencyKey: id })),
  refundId.map((id): PaymentCommand => ({ type: 'record-refund', refundId: id, reference: 'at-3' })),
);
const requestPayment: PaymentCommand = {
  type: 'request-payment',
  paymentId: PAYMENT,
  orderId: ORDER,
  tender: 1,
  attempt: 1,
  amount: eur(1_000),
  provider: 'sandbox',
  idempotencyKey: 'k',
  personId: 'x',
  token: 'tok_ok',
};

const issue: GiftCardCommand = {
  type: 'issue-gift-card',
  giftCardId: CARD,
  amount: eur(5_000_000_000),
  seed: 's',
  now: '2026-11-01T00:00:00.000Z',
};
const expiresAt = '2026-11-05T12:15:00.000Z';
const anyCardCommand: fc.Arbitrary<GiftCardCommand> = fc.oneof(
  fc
    .tuple(fc.constantFrom(ORDER, 'another'), some)
    .map(([orderId, amount]): GiftCardCommand => ({ type: 'hold', orderId, amount, expiresAt })),
  fc
    .tuple(fc.constantFrom(ORDER, 'another'), refundId, some)
    .map(([orderId, captureId, amount]): GiftCardCommand => ({ type: 'capture', orderId, captureId, amount })),
  fc
    .tuple(fc.constantFrom(ORDER, 'another'), refundId, some)
    .map(([orderId, id, amount]): GiftCardCommand => ({ type: 'refund', orderId, refundId: id, amount })),
  fc
    .constantFrom(ORDER, 'another')
    .map((orderId): GiftCardCommand => ({ type: 'release', orderId, reason: 'ORDER.CANCELLED' })),
);

interface Told {
  readonly stream: string;
  readonly events: readonly DomainEvent[];
}

const told = <State, Command, Event extends DomainEvent>(
  stream: string,
  decider: Decider<State, Command, Event>,
  commands: readonly Command[],
): Told => ({ stream, events: decideAll(decider, commands).events });

/** Mixes streams at random, each in its own order; the first event of the first stream comes first. */
function mixed(resource: string, streams: readonly Told[], order: readonly number[]): RandomLife {
  const log = new EventLog<DomainEvent>();
  const left = streams.map(({ stream, events }) => ({ stream, events: [...events] }));
  const take = (of: number): void => {
    const { stream, events } = left[of] ?? { stream: '', events: [] };
    const [event] = events.splice(0, 1);
    if (event !== undefined) log.append(stream, event);
  };
  take(0);
  for (const of of order) take(of);
  for (const of of left.keys()) while ((left[of]?.events.length ?? 0) > 0) take(of);
  return { resource, log };
}

const many = <Command>(command: fc.Arbitrary<Command>) => fc.array(command, { maxLength: 15, size: 'max' });

/** The payment is told from its request on, as one is only told of that was asked for. */
export const anyOrderLife: fc.Arbitrary<RandomLife> = fc
  .record({
    opening: anyOpening,
    order: many(anyOrderCommand),
    payment: many(anyPaymentCommand),
    card: many(anyCardCommand),
    mix: fc.array(fc.nat(2), { maxLength: 40, size: 'max' }),
  })
  .map(({ opening, order, payment, card, mix }) =>
    mixed(
      `orders/${ORDER}`,
      [
        told(`order-${ORDER}`, orderDecider, [{ type: 'open-order', order: opening }, ...order]),
        told(`payment-${PAYMENT}`, paymentDecider, [requestPayment, ...payment]),
        told(`giftcard-${CARD}`, giftCardDecider, [issue, ...card]),
      ],
      mix,
    ),
  );

const anyPaymentLife = many(anyPaymentCommand).map((commands) =>
  mixed(`payments/${PAYMENT}`, [told(`payment-${PAYMENT}`, paymentDecider, [requestPayment, ...commands])], []),
);

const anyCardLife = many(anyCardCommand).map((commands) =>
  mixed(`gift-cards/by-id/${CARD}`, [told(`giftcard-${CARD}`, giftCardDecider, [issue, ...commands])], []),
);

const location = fc.constantFrom('a', 'b', 'c');
const units = fc.integer({ min: 1, max: 12 });
const orderId = fc.constantFrom('o1', 'o2', 'o3');
const sku = 'TEA';
const receive = (quantity: number, at: string): InventoryCommand => ({
  type: 'receive-stock',
  sku,
  location: at,
  quantity,
});
const anyStockCommand: fc.Arbitrary<InventoryCommand> = fc.oneof(
  fc.tuple(units, location).map(([quantity, at]) => receive(quantity, at)),
  fc.tuple(units, location).map(([quantity, at]): InventoryCommand => ({
    type: 'adjust-stock',
    sku,
    location: at,
    quantity: quantity - 5,
    reason: 'counted',
  })),
  fc
    .tuple(orderId, units)
    .map(([of, quantity]): InventoryCommand => ({ type: 'reserve-stock', sku, orderId: of, quantity, expiresAt })),
  orderId.map((of): InventoryCommand => ({ type: 'release-stock', sku, orderId: of, reason: 'rejected' })),
  fc.tuple(orderId, fc.nat(3), units).map(([of, n, quantity]): InventoryCommand => ({
    type: 'commit-stock',
    sku,
    orderId: of,
    shipmentId: `${of}.${n}`,
    quantity,
  })),
);
const anyStockLife = many(anyStockCommand).map((commands) =>
  mixed(`inventory/${sku}`, [told(`inventory-${sku}`, inventoryDecider, [receive(7, 'b'), ...commands])], []),
);

const anySku = fc.constantFrom('A', 'B', 'C');
const cents = fc.integer({ min: 0, max: 100 });
const product = (of: string, amount: number): ProductFacts => ({
  sku: of,
  name: `The ${of}`,
  categories: [],
  taxClass: 'standard',
  prices: [{ amount, currency: 'USD' }],
});
const promotions = { inForce: new Map(), isFirstOrder: false };
const address = { name: 'Ada', line1: 'Main St 1', city: 'Springfield', postalCode: '12345', country: 'US' };
const checkOut = (amount: number): CartCommand => ({
  type: 'check-out',
  orderId: 'o-1',
  orderNumber: 'CW-1234',
  paymentProvider: 'sandbox',
  personId: 'person-1',
  personal: { email: 'ada@example.org', shippingAddress: address, paymentToken: 'tok_ok' },
  destination: address,
  products: new Map(['A', 'B', 'C'].map((of) => [of, product(of, amount)])),
  pricing: defaultPricingPolicy,
  promotions,
  acceptPrices: true,
});
const openCart: CartCommand = { type: 'open-cart', cartId: 'c-1', currency: 'USD', reference: 'basket 7' };
const anyCartCommand: fc.Arbitrary<CartCommand> = fc.oneof(
  fc
    .tuple(anySku, cents, units)
    .map(([of, amount, quantity]): CartCommand => ({ type: 'add-item', product: product(of, amount), quantity })),
  fc.record({ type: fc.constant('change-item-quantity'), sku: anySku, quantity: fc.nat({ max: 5 }) }),
  fc.record({ type: fc.constant('remove-item'), sku: anySku }),
  cents.map(checkOut),
  fc.record({ type: fc.constant('reopen-cart'), orderId: fc.constant('o-1'), code: fc.constant('X.Y') }),
  fc.record({ type: fc.constant('abandon-cart') }),
);
const anyCartLife = many(anyCartCommand).map((commands) =>
  mixed('carts/c-1', [told('cart-c-1', cartDecider, [openCart, ...commands])], []),
);

export const anyLife: fc.Arbitrary<RandomLife> = fc.oneof(
  { weight: 6, arbitrary: anyOrderLife },
  anyPaymentLife,
  anyCardLife,
  anyStockLife,
  anyCartLife,
);
