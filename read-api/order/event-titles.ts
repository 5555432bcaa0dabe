import type { CartEvent } from '../../domain/cart/index.js';
import type { GiftCardEvent } from '../../domain/gift-card/index.js';
import type { InventoryEvent } from '../../domain/inventory/index.js';
import type { OrderEvent } from '../../domain/order/index.js';
import type { PaymentEvent } from '../../domain/payment/index.js';
import { exponentOf } from '../../domain/shared/index.js';
import type { Money, SkuQuantity } from '../../domain/shared/index.js';
import type { ShippingEvent } from '../../domain/shipping/index.js';

/** Every kind of event of the contexts that an order's history is made of. */
type TitledEvent = CartEvent | OrderEvent | PaymentEvent | GiftCardEvent | InventoryEvent | ShippingEvent;
type DataOf<Type> = Extract<TitledEvent, { readonly type: Type }>['data'];
/** The same for every event of the type, or with what is in it. */
type Titles<Event extends TitledEvent> = {
  readonly [Type in Event['type']]: string | ((data: DataOf<Type>) => string);
};

/** Writes an amount for people: `1,234.50 USD`, `1,234 JPY`. It is exact, as it is made of the minor units and not of a fraction. */
export function moneyText({ amount, currency }: Money): string {
  const digits = exponentOf(currency);
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${format.format(`${amount}E-${digits}` as `${number}`)} ${currency}`;
}

/** The reason is null once the person is forgotten. */
const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);
const units = ({ quantity, sku }: SkuQuantity): string => `${quantity} × ${sku}`;
const unitsOf = (lines: readonly SkuQuantity[]): string => lines.map(units).join(', ');
const allocated = ({ sku, allocations }: { sku: string; allocations: readonly { quantity: number }[] }): string =>
  units({ sku, quantity: allocations.reduce((sum, { quantity }) => sum + quantity, 0) });

const cartTitles: Titles<CartEvent> = {
  'cart.opened.v1': 'Cart opened',
  'cart.item-added.v1': ({ added, sku, unitPrice }) =>
    `Item added to the cart: ${units({ sku, quantity: added })} at ${moneyText(unitPrice)}`,
  'cart.item-quantity-changed.v1': (line) => `Quantity changed in the cart: ${units(line)}`,
  'cart.item-removed.v1': ({ sku }) => `Item removed from the cart: ${sku}`,
  'cart.coupon-added.v1': 'Coupon put in the cart',
  'cart.coupon-removed.v1': 'Coupon taken out of the cart',
  'cart.checked-out.v1': ({ totals }) => `Cart checked out: ${moneyText(totals.total)}`,
  'cart.reopened.v1': 'Cart opened again',
  'cart.abandoned.v1': 'Cart abandoned',
};

const orderTitles: Titles<OrderEvent> = {
  'order.opened.v1': ({ totals }) => `Order placed: ${moneyText(totals.total)}`,
  'order.confirmed.v1': 'Order confirmed',
  'order.rejected.v1': ({ detail }) => `Order rejected: ${detail}`,
  'order.cancellation-requested.v1': ({ reason }) => `Cancellation requested${because(reason)}`,
  'order.cancelled.v1': ({ wholly, lines }) => (wholly ? 'Order cancelled' : `Open lines cancelled: ${unitsOf(lines)}`),
  'order.shipment-created.v1': ({ lines }) => `Shipment created: ${unitsOf(lines)}`,
  'order.shipment-delivered.v1': 'Shipment delivered',
  'order.gift-cards-issued.v1': ({ cards }) => `Gift cards issued: ${cards.length}`,
  'order.completed.v1': 'Order completed',
  'order.refund-requested.v1': ({ amount, reason }) => `Refund of ${moneyText(amount)} requested${because(reason)}`,
  'order.refund-failed.v1': ({ amount }) => `Refund of ${moneyText(amount)} failed`,
  'order.attention-needed.v1': ({ detail }) => `The order needs a person: ${detail}`,
  'order.attention-resolved.v1': ({ code }) => `The order needs nobody any more for ${code}`,
  'order.payment-retry-requested.v1': 'Another try at the payment requested',
  'order.process-retry-requested.v1': ({ process, reason }) =>
    `Another try of the ${process} requested${because(reason)}`,
  'order.process-compensation-requested.v1': ({ process, reason }) =>
    `Failing end of the ${process} requested${because(reason)}`,
  'order.note-added.v1': ({ text }) => `Note${because(text)}`,
};

const giftCardTitles: Titles<GiftCardEvent> = {
  'gift-card.issued.v1': ({ amount }) => `Gift card of ${moneyText(amount)} issued`,
  'gift-card.held.v1': ({ amount }) => `${moneyText(amount)} held on a gift card`,
  'gift-card.captured.v1': ({ amount }) => `${moneyText(amount)} taken from a gift card`,
  'gift-card.released.v1': ({ amount }) => `${moneyText(amount)} let go on a gift card`,
  'gift-card.hold-closed.v1': 'Nothing held on a gift card',
  'gift-card.refunded.v1': ({ amount }) => `${moneyText(amount)} given back to a gift card`,
  'gift-card.reclaimed.v1': ({ amount }) => `${moneyText(amount)} of its price taken off a gift card`,
  'gift-card.reinstated.v1': ({ amount }) => `${moneyText(amount)} of its price put back on a gift card`,
  'gift-card.adjusted.v1': ({ amount, reason }) => `Gift card changed by ${moneyText(amount)}${because(reason)}`,
  'gift-card.blocked.v1': 'Gift card blocked',
  'gift-card.expired.v1': ({ amount }) => `Gift card expired with ${moneyText(amount)} on it`,
};

const paymentTitles: Titles<PaymentEvent> = {
  'payment.requested.v1': ({ amount }) => `Payment of ${moneyText(amount)} requested from the provider`,
  'payment.closed.v1': 'No payment requested',
  'payment.action-required.v1': 'The buyer has to confirm the payment',
  'payment.authorized.v1': ({ amount }) => `Payment of ${moneyText(amount)} authorised`,
  'payment.declined.v1': ({ detail }) => `Payment declined: ${detail}`,
  'payment.failed.v1': ({ detail }) => `Payment given up: ${detail}`,
  'payment.capture-requested.v1': ({ amount }) => `Capture of ${moneyText(amount)} requested from the provider`,
  'payment.captured.v1': ({ amount }) => `Payment of ${moneyText(amount)} captured`,
  'payment.capture-failed.v1': ({ amount, detail }) => `Capture of ${moneyText(amount)} refused: ${detail}`,
  'payment.void-requested.v1': 'Release of the money requested from the provider',
  'payment.voided.v1': ({ amount, requested }) => {
    if (amount.amount === 0) return 'No money held';
    return requested ? `${moneyText(amount)} released` : `The provider let go ${moneyText(amount)} by itself`;
  },
  'payment.refund-requested.v1': ({ amount }) => `Refund of ${moneyText(amount)} requested from the provider`,
  'payment.refunded.v1': ({ amount }) => `${moneyText(amount)} refunded`,
  'payment.refund-failed.v1': ({ amount, detail }) => `Refund of ${moneyText(amount)} refused: ${detail}`,
  'payment.disputed.v1': ({ amount, reason }) => `The buyer’s bank asks for ${moneyText(amount)} back: ${reason}`,
  'payment.dispute-closed.v1': ({ amount, outcome }) => `Dispute over ${moneyText(amount)} ${outcome}`,
};

const stockTitles: Titles<InventoryEvent> = {
  'inventory.received.v1': (received) => `Stock received: ${units(received)}`,
  'inventory.adjusted.v1': ({ reason, ...adjusted }) => `Stock adjusted: ${units(adjusted)}: ${reason}`,
  'inventory.reserved.v1': (reserved) => `Stock reserved: ${allocated(reserved)}`,
  'inventory.released.v1': (released) => `Stock released: ${allocated(released)}`,
  'inventory.reservation-closed.v1': 'No stock reserved',
  'inventory.committed.v1': (committed) => `Stock shipped: ${allocated(committed)}`,
};

const shippingTitles: Titles<ShippingEvent> = {
  'shipment.booked.v1': ({ carrier, trackingNumber }) => `Shipment booked with ${carrier}: ${trackingNumber}`,
  'shipment.delivered.v1': 'Delivery reported',
};

/** Titles of events for support staff. */
export const EVENT_TITLES: Titles<TitledEvent> = {
  ...cartTitles,
  ...orderTitles,
  ...paymentTitles,
  ...giftCardTitles,
  ...stockTitles,
  ...shippingTitles,
};

// The types are erased here: what is under a name takes the data of the events of that name.
const TITLES = new Map(Object.entries(EVENT_TITLES)) as ReadonlyMap<string, string | ((data: object) => string)>;

/** The title of an event; its type where it has none. */
export function titleOf({ type, data }: { readonly type: string; readonly data: object }): string {
  const title = TITLES.get(type) ?? type;
  return typeof title === 'string' ? title : title(data);
}
