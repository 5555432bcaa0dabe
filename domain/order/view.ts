import { DEFAULT_CHANNEL } from '../channel/index.js';
import { PaymentBalance } from '../payment/index.js';
import { lineItem, PricingBasis } from '../pricing/index.js';
import {
  Address,
  AppliedTax,
  LineItem,
  LinePart,
  PricedShipping,
  PromotionDiscount,
  shownDiscount,
  ShortLine,
  someMoney,
  subtractMoney,
  TaxDestination,
  Totals,
} from '../shared/index.js';
import {
  choice,
  count,
  described,
  errorCode,
  listOf,
  named,
  nullable,
  object,
  optional,
  text,
  time,
} from '../shared/schema.js';
import type { GiftCardShare, Money } from '../shared/index.js';
import type { Of } from '../shared/schema.js';
import { AttentionView } from './attention-reasons.js';
import { IssuedCard } from './events.js';
import { currentTotal, lineProgress } from './lines.js';
import { isConfirmed, ORDER_STATUSES } from './state.js';
import type { OrderState } from './state.js';

// An order as every API shows it: what writes and reads answer, and what read models keep, follow from here.

export const OrderShipmentView = named(
  'OrderShipment',
  object(
    {
      shipmentId: text('Id of the shipment.', '0Q7B2M4N6P8R-1'),
      createdAt: time('When it was made.'),
      lines: listOf(LinePart, 'What is in it.'),
      status: choice(
        ['created', 'booked', 'delivered'],
        '`booked` once the carrier knows of it, `delivered` once it arrived.',
        'created',
      ),
      carrier: optional(text('Who carries it.', 'table-rate')),
      trackingNumber: optional(text("The carrier's number to follow it by.", 'TR-4711')),
      deliveredAt: optional(time('When it arrived, as the carrier or the shop said.')),
    },
    'Some lines of an order on their way, as the order shows them.',
  ),
);
export type OrderShipmentView = Of<typeof OrderShipmentView>;

export const ShipmentView = named(
  'Shipment',
  object(
    { ...OrderShipmentView.fields, orderId: text('The order.', '0Q7B2M4N6P8R') },
    'Some lines of an order on their way.',
  ),
);
export type ShipmentView = Of<typeof ShipmentView>;

export const OrderLineView = named(
  'OrderLine',
  object(
    {
      ...LineItem.fields,
      quantityShipped: count('Units that were shipped.', 0),
      quantityCancelled: count('Units that were cancelled.', 0),
    },
    'A line of an order; what is neither shipped nor cancelled is open. Gift cards are issued, not shipped.',
  ),
);
export type OrderLineView = Of<typeof OrderLineView>;

export const RefundView = named(
  'OrderRefund',
  object(
    {
      refundId: text('Id of the refund.', 'rf_1'),
      amount: someMoney('How much.', 50),
      status: choice(['requested', 'refunded', 'failed'], 'How far it has come.', 'refunded'),
      requestedAt: time('When it was asked for.'),
      reason: optional(text('In the words of staff; shown to support and admin.', 'Bruised on arrival')),
      code: optional(text('Why the provider refused it; shown to support and admin.', 'PAYMENT.CAPTURE_REFUSED')),
    },
    'Money of an order that is given back.',
  ),
);
export type RefundView = Of<typeof RefundView>;

export const Rejection = named(
  'Rejection',
  object(
    {
      code: errorCode('Stable code, such as `PAYMENT.DECLINED`.', 'INVENTORY.INSUFFICIENT_STOCK'),
      detail: text('The same for people.', '600 units were asked for, 502 are available.'),
      lines: optional(
        listOf(ShortLine, 'With `INVENTORY.INSUFFICIENT_STOCK`: every SKU that was short, and no other.'),
      ),
    },
    'Why an order came to nothing. Its cart is open again.',
  ),
);
export type Rejection = Of<typeof Rejection>;

/** Part of what an order is paid by. */
export const TenderView = named(
  'OrderTender',
  object(
    {
      kind: choice(['gift-card', 'provider'], 'What pays.', 'provider'),
      authorized: someMoney('Held or taken; 0 before everything is held, and after it was let go.', 598),
      captured: someMoney('Taken so far.', 0),
      refunded: someMoney('Given back so far.', 0),
      giftCardId: optional(text('Of a gift card; it does not tell the code.', '5f1c9a2e7b3d4860af12c4d59e6b7081')),
      paymentId: optional(text('Of the payment at the provider.', 'pay_7Hq2')),
    },
    'authorized ≥ captured ≥ refunded ≥ 0.',
  ),
);
export type TenderView = Of<typeof TenderView>;

/** What a gift card pays of an order. */
export interface CardTender extends Omit<TenderView, 'paymentId'> {
  readonly kind: 'gift-card';
  readonly giftCardId: string;
}

/** What gift cards pay, in the order in which they are held, then what the provider is asked for, unless the cards pay all. */
export function tendersOf(
  cards: readonly CardTender[],
  payment: PaymentBalance | null,
  asked: Money,
): readonly TenderView[] {
  if (payment === null || asked.amount === 0) return cards;
  const { paymentId, authorized, captured, refunded } = payment;
  return [...cards, { kind: 'provider', authorized, captured, refunded, paymentId }];
}

export const BoughtGiftCard = named(
  'BoughtGiftCard',
  object(
    {
      ...IssuedCard.fields,
      code: optional(text('What opens the card; shown to the buyer alone.', '7KQ2-M9XD-40F3-TB6Z')),
    },
    'A gift card that was bought with an order.',
  ),
);
export type BoughtGiftCard = Of<typeof BoughtGiftCard>;

/** Lists the gift cards that were bought with an order; none before they are issued. */
export const boughtCards = (state: OrderState): readonly IssuedCard[] =>
  isConfirmed(state) ? (state.giftCards ?? []) : [];

/** The seed of a bought card, from which its code and its id follow: the same whenever it is asked for. */
export const cardSeedOf = (orderId: string, { lineId, unit }: Pick<IssuedCard, 'lineId' | 'unit'>): string =>
  `${orderId}:${lineId}:${unit}`;

/** What is left of the total for the provider. */
export const askedOfProvider = (total: Money, tenders: readonly GiftCardShare[] = []): Money =>
  tenders.reduce((rest, { amount }) => subtractMoney(rest, amount), total);

export const OrderView = named(
  'Order',
  object(
    {
      orderId: text('Unguessable id.', '0Q7B2M4N6P8R'),
      orderNumber: text('Short and speakable; its last character checks the others.', 'C4MA-H2G5-G4ZE-2'),
      reference: optional(text('Of its cart.', 'basket-7')),
      channel: text('Code of the channel that it was sold in.', 'default'),
      status: choice(ORDER_STATUSES, 'How far the order has come.', 'confirmed'),
      lines: listOf(OrderLineView, 'As placed, and what became of them.'),
      discounts: listOf(PromotionDiscount, 'What promotions took off, by promotion and level.'),
      totals: described(Totals, 'As placed.'),
      currentTotal: someMoney('The total without what was cancelled: what is paid in the end, before refunds.', 598),
      taxes: listOf(AppliedTax, 'Of lines and shipping, by rate.'),
      shippingMethod: text('Id of the shipping method.', 'standard'),
      shippingCost: described(PricedShipping, 'As placed.'),
      pricing: described(PricingBasis, 'By what it was priced.'),
      destination: described(TaxDestination, 'Stays also once the person is forgotten.'),
      payment: nullable(PaymentBalance, 'At the provider; null until money was asked for.'),
      tenders: listOf(TenderView, 'What pays it: gift cards, then the provider.'),
      shipments: listOf(OrderShipmentView, 'Oldest first.'),
      giftCards: optional(listOf(IssuedCard, 'Those that were bought, once they are issued.')),
      refunds: optional(listOf(RefundView, 'Oldest first; told by reads.')),
      attention: optional(listOf(AttentionView, 'Why it needs a person; told by reads, to support and admin.')),
      email: nullable(text(), 'Of the buyer; null once the person is forgotten.', 'ada@example.com'),
      shippingAddress: nullable(Address, 'Where it goes; null once the person is forgotten.'),
      billingAddress: optional(described(Address, 'Where the bill goes, where one was given.')),
      placedAt: time('When it was placed.'),
      version: count('Revision of the order, also its ETag.', 4),
      rejection: optional(described(Rejection, 'Of a rejected order.')),
    },
    'What was bought. It shows the lines and totals as they were placed.',
  ),
);
export type OrderView = Of<typeof OrderView>;

export const SagaRepair = named(
  'SagaRepair',
  object(
    {
      name: text('The process.', 'fulfilment'),
      id: text('Its id within the process.', '0Q7B2M4N6P8R'),
      orderId: text('The order that it is about.', '0Q7B2M4N6P8R'),
      repair: choice(['retry', 'compensate'], 'What is asked of it.', 'retry'),
      version: count('How many steps were recorded of it then, which is its ETag.', 6),
    },
    'What a person has asked of a process.',
  ),
);

/** What of an order its own state tells: no payment, nothing personal. */
export type OrderAnswer = Omit<
  OrderView,
  | 'payment'
  | 'tenders'
  | 'refunds'
  | 'attention'
  | 'email'
  | 'shippingAddress'
  | 'billingAddress'
  | 'placedAt'
  | 'version'
>;

/** Lines and totals are those of the order as it was placed. Null where no order was opened. */
export function orderAnswer(state: OrderState): OrderAnswer | null {
  if (state.status === 'none') return null;
  const { orderId, orderNumber, reference, channel, lines, totals, discounts } = state.order;
  const { taxes, shipping, pricing, destination } = state.order;
  const progressOf = lineProgress(state);
  return {
    orderId,
    orderNumber,
    ...(reference === undefined ? {} : { reference }),
    channel: channel ?? DEFAULT_CHANNEL,
    status: state.status,
    lines: lines.map((line) => ({ ...lineItem(line), ...progressOf(line) })),
    discounts: (discounts ?? []).map(shownDiscount),
    totals,
    currentTotal: currentTotal(state),
    taxes,
    shippingMethod: shipping.method,
    shippingCost: shipping,
    pricing,
    destination,
    shipments: isConfirmed(state) ? [...state.shipments.values()] : [],
    ...(isConfirmed(state) && state.giftCards !== null ? { giftCards: state.giftCards } : {}),
    ...(state.status === 'rejected' ? { rejection: state.rejection } : {}),
  };
}

/** One of the order's shipments; null when it has no such one. */
export function shipmentView(state: OrderState, shipmentId: string): ShipmentView | null {
  const shipment = isConfirmed(state) ? state.shipments.get(shipmentId) : undefined;
  return isConfirmed(state) && shipment !== undefined ? { ...shipment, orderId: state.order.orderId } : null;
}

/** A shipment without a delivery report counts as delivered or lost after so long. */
const LONGEST_WAY_MS = 60 * 24 * 3_600_000;

/**
 * Decides whether the shop still needs the buyer's personal data: until everything is delivered, or the order is rejected
 * or cancelled.
 * @param now milliseconds since the epoch
 */
export function isOpenOrder(state: OrderState, now: number): boolean {
  switch (state.status) {
    case 'none':
    case 'rejected':
    case 'cancelled':
    case 'delivered':
    case 'completed':
      return false;
    case 'pending':
    case 'confirmed':
    case 'partially-shipped':
      return true;
    case 'shipped':
      return [...state.shipments.values()].some(
        ({ status, createdAt }) => status === 'created' && now - Date.parse(createdAt) < LONGEST_WAY_MS,
      );
    default:
      return state satisfies never;
  }
}
