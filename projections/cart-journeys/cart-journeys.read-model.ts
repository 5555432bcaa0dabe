import type { CartCheckedOut, CartEvent, CartOpened, CartReopened } from '../../domain/cart/index.js';
import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { OrderConfirmed, OrderShipmentCreated, OrderShipmentDelivered } from '../../domain/order/index.js';
import type { Money } from '../../domain/shared/index.js';
import { existing, readModel, type Fold, type PassedOn } from '../../infra/engine/projections/read-model.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { BY_HOUR, tallied } from '../report-sums/index.js';
import type { Addition, ReportSumsDocument } from '../report-sums/index.js';

/** What is in a cart: SKU, units, and the price of one in minor units. */
type CartLine = [sku: string, quantity: number, unitPrice: number];

/** A cart until it is over; times are RFC 3339 UTC of the log, each of the first time. Id: `cart-` and the cart's. */
export interface CartJourney {
  readonly opened: string;
  readonly channel: string;
  readonly currency: string;
  readonly withItems?: string;
  /** Of a cart that was opened again after it. */
  readonly checkedOut?: string;
  readonly lines: readonly CartLine[];
}

/** The steps that an order takes, in this order. */
const ORDER_STEPS = ['checkedOut', 'paid', 'shipped', 'delivered'] as const;
type OrderStep = (typeof ORDER_STEPS)[number];

/** The order of a cart until its first delivery. Id: `order-` and the order's. */
export interface OrderJourney extends Pick<CartJourney, 'opened' | 'channel' | 'currency'> {
  readonly cartId: string;
  /** The last step that was taken, and when. */
  readonly step: OrderStep;
  readonly at: string;
  /** Those of the cart, which gets them back where it is opened again; absent once it is paid. */
  readonly lines?: readonly CartLine[];
}

/** The value of what is in the cart, in minor units; it may go beyond 2^53. */
export const valueOf = ({ lines }: Pick<CartJourney, 'lines'>): bigint =>
  lines.reduce((sum, [, quantity, price]) => sum + BigInt(quantity) * BigInt(price), 0n);

type OfCart<Data> = Data & { readonly cartId: string };
type OfOrder = { readonly orderId: string };
type Document = CartJourney | OrderJourney | ReportSumsDocument;
type CartSums = Addition<'carts'>['adds'];

/** What a cart adds to the sums of the time of its opening. */
const cartTally = (
  { opened, currency, channel }: Pick<CartJourney, 'opened' | 'channel' | 'currency'>,
  adds: CartSums,
) => tallied([{ at: opened, currency, channel, additions: [{ report: 'carts', dimension: 'cart', key: '', adds }] }]);

const msBetween = (before: string, after: string): number => Date.parse(after) - Date.parse(before);

interface CartRule<Data> {
  readonly evolve: (cart: CartJourney, event: RecordedEvent<OfCart<Data>>) => CartJourney | null;
  readonly passesOn?: (cart: CartJourney, event: RecordedEvent<OfCart<Data>>) => readonly PassedOn<Document>[];
}

const cartKey = ({ cartId }: { readonly cartId: string }): string => `cart-${cartId}`;

const ofCart = <Data>({ evolve, passesOn = () => [] }: CartRule<Data>): Fold<Document, OfCart<Data>> => ({
  key: ({ data }) => cartKey(data),
  evolve: (doc, event) => evolve(existing(doc as CartJourney | null, event), event),
  passesOn: (doc, event) => passesOn(existing(doc as CartJourney | null, event), event),
});

/** The order has taken a step; again, or before the one that it follows, it counts for nothing. */
function ofOrder(step: OrderStep, adds: (ms: number) => CartSums): Fold<Document, OfOrder> {
  const isNext = (order: OrderJourney | null): order is OrderJourney =>
    order !== null && ORDER_STEPS.indexOf(step) === ORDER_STEPS.indexOf(order.step) + 1;
  return {
    key: ({ data }) => `order-${data.orderId}`,
    evolve: (doc, { at }) => {
      const order = doc as OrderJourney | null;
      if (!isNext(order)) return order;
      const { lines: _lines, ...journey } = order;
      return step === 'delivered' ? null : { ...journey, step, at };
    },
    passesOn: (doc, { at }) => {
      const order = doc as OrderJourney | null;
      if (!isNext(order)) return [];
      const sums = cartTally(order, adds(msBetween(order.at, at)));
      return step === 'delivered' ? [...sums, { id: cartKey(order), evolve: () => null }] : sums;
    },
  };
}

interface PutLine {
  readonly sku: string;
  readonly quantity: number;
  /** The line keeps its own where it is absent. */
  readonly unitPrice?: Money;
}

function put(cart: CartJourney, { sku, quantity, unitPrice }: PutLine): CartJourney {
  const known = cart.lines.find(([other]) => other === sku);
  const line: CartLine = [sku, quantity, unitPrice?.amount ?? known?.[2] ?? 0];
  const lines = known === undefined ? [...cart.lines, line] : cart.lines.map((one) => (one === known ? line : one));
  return { ...cart, lines };
}

/** The order's journey begins with that of its cart, which is written again only where the order hands it back. */
function checkedOut(
  cart: CartJourney,
  { at, data }: RecordedEvent<CartCheckedOut['data']>,
): readonly PassedOn<Document>[] {
  const { opened, channel, currency, withItems } = cart;
  if (withItems === undefined) return [];
  const first = cart.checkedOut ?? at;
  // Today's prices, which the buyer has accepted, are those of the lines from now on.
  const lines = data.lines.map(({ sku, quantity, unitPrice }): CartLine => [sku, quantity, unitPrice.amount]);
  const order: OrderJourney = { opened, channel, currency, cartId: data.cartId, step: 'checkedOut', at: first, lines };
  const counted = { checkedOut: 1, checkedOutMs: msBetween(withItems, at) };
  const sums = cart.checkedOut === undefined ? cartTally(cart, counted) : [];
  return [{ id: `order-${data.orderId}`, evolve: () => order }, ...sums];
}

/** The order ends, and its cart goes on as it was checked out. */
const reopened: Fold<Document, CartReopened['data']> = {
  key: ({ data }) => `order-${data.orderId}`,
  evolve: () => null,
  passesOn: (doc, { data }) => {
    if (doc === null) return [];
    const { at, lines = [] } = doc as OrderJourney;
    const evolve = (cart: Document | null) =>
      cart === null ? null : { ...(cart as CartJourney), checkedOut: at, lines };
    return [{ id: cartKey(data), evolve }];
  },
};

type CartEventSeen = Exclude<CartEvent, { readonly type: 'cart.coupon-added.v1' | 'cart.coupon-removed.v1' }>;
type Seen = CartEventSeen | OrderConfirmed | OrderShipmentCreated | OrderShipmentDelivered;

const opened = ({ at, data }: RecordedEvent<CartOpened['data']>): CartJourney => ({
  opened: at,
  channel: data.channel ?? DEFAULT_CHANNEL,
  currency: data.currency,
  lines: [],
});

/**
 * How far carts come, and which are left, as sums of the hour of their opening. What is on its way has a document, which tells what its next
 * event counts as: a cart until it is abandoned or delivered, an order until its first delivery. An order says its id alone, so its steps
 * are kept by that.
 */
export const cartJourneysReadModel = readModel<Document, Seen>({
  name: 'cart-journeys',
  version: 3,
  indexes: [BY_HOUR],
  on: {
    'cart.opened.v1': {
      key: ({ data }) => cartKey(data),
      evolve: (_doc, event) => opened(event),
      passesOn: (_doc, event) => cartTally(opened(event), { opened: 1 }),
    },
    'cart.item-added.v1': ofCart({
      evolve: (cart, { at, data }) => put({ ...cart, withItems: cart.withItems ?? at }, data),
      passesOn: (cart, { at }) =>
        cart.withItems === undefined ? cartTally(cart, { withItems: 1, withItemsMs: msBetween(cart.opened, at) }) : [],
    }),
    'cart.item-quantity-changed.v1': ofCart({ evolve: (cart, { data }) => put(cart, data) }),
    'cart.item-removed.v1': ofCart({
      evolve: (cart, { data }) => ({ ...cart, lines: cart.lines.filter(([sku]) => sku !== data.sku) }),
    }),
    'cart.checked-out.v1': ofCart({ evolve: (cart) => cart, passesOn: checkedOut }),
    'cart.reopened.v1': reopened,
    'cart.abandoned.v1': ofCart({
      evolve: () => null,
      passesOn: (cart) => cartTally(cart, { abandoned: 1, value: valueOf(cart) }),
    }),
    'order.confirmed.v1': ofOrder('paid', (ms) => ({ paid: 1, paidMs: ms })),
    'order.shipment-created.v1': ofOrder('shipped', (ms) => ({ shipped: 1, shippedMs: ms })),
    'order.shipment-delivered.v1': ofOrder('delivered', (ms) => ({ delivered: 1, deliveredMs: ms })),
  },
});
