import type { CartEvent } from '../../domain/cart/index.js';
import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { OrderConfirmed, OrderShipmentCreated, OrderShipmentDelivered } from '../../domain/order/index.js';
import type { Money } from '../../domain/shared/index.js';
import { existing, readModel, type Fold } from '../../infra/engine/projections/read-model.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';

/** What is in a cart: SKU, units, and the price of one in minor units. */
type CartLine = [sku: string, quantity: number, unitPrice: number];

/** How far a cart has come; times are RFC 3339 UTC of the log, each of the first time. Id: `cart-` and the cart's. */
export interface CartJourney {
  opened: string;
  channel: string;
  currency: string;
  withItems?: string;
  checkedOut?: string;
  /** Ids of the orders of its checkouts; no more than the last was ever paid. */
  orders?: string[];
  lines: CartLine[];
  abandoned?: string;
}

/** How far the order of a cart has come. Id: `order-` and the order's. */
export interface OrderJourney {
  /** Confirmed, which is when its money is authorised. */
  paid?: string;
  /** Its first shipment is on its way. */
  shipped?: string;
  /** Its first shipment has arrived. */
  delivered?: string;
}

export const journeyOfOrder = (orderId: string): string => `order-${orderId}`;

/** The value of what is in the cart, in minor units; it may go beyond 2^53. */
export const valueOf = ({ lines }: Pick<CartJourney, 'lines'>): bigint =>
  lines.reduce((sum, [, quantity, price]) => sum + BigInt(quantity) * BigInt(price), 0n);

type OfCart<Data> = Data & { readonly cartId: string };

type Journey = CartJourney | OrderJourney;

const ofCart = <Data>(
  evolve: (cart: CartJourney, event: RecordedEvent<Data>) => void,
): Fold<Journey, OfCart<Data>> => ({
  key: ({ data }) => `cart-${data.cartId}`,
  evolve: (doc, event) => {
    const cart = existing(doc as CartJourney | null, event);
    evolve(cart, event);
    return cart;
  },
});

const ofOrder = (step: keyof OrderJourney): Fold<Journey, { readonly orderId: string }> => ({
  key: ({ data }) => journeyOfOrder(data.orderId),
  evolve: (doc, { at }) => {
    const order = (doc ?? {}) as OrderJourney;
    order[step] ??= at;
    return order;
  },
});

interface PutLine {
  readonly sku: string;
  readonly quantity: number;
  /** The line keeps its own where it is absent. */
  readonly unitPrice?: Money;
}

function put({ lines }: CartJourney, { sku, quantity, unitPrice }: PutLine): void {
  const line = lines.find(([other]) => other === sku);
  if (line === undefined) lines.push([sku, quantity, unitPrice?.amount ?? 0]);
  else [line[1], line[2]] = [quantity, unitPrice?.amount ?? line[2]];
}

type CartEventSeen = Exclude<
  CartEvent,
  { readonly type: 'cart.coupon-added.v1' | 'cart.coupon-removed.v1' | 'cart.reopened.v1' }
>;
type Seen = CartEventSeen | OrderConfirmed | OrderShipmentCreated | OrderShipmentDelivered;

/**
 * Carts and their orders on their way, a document each, from which the funnel and the abandoned carts are counted. An order says its id
 * alone, so its steps are kept by that.
 */
export const cartJourneysReadModel = readModel<Journey, Seen>({
  name: 'cart-journeys',
  version: 1,
  indexes: [{ name: 'by-opening', fields: ['opened'] }],
  on: {
    'cart.opened.v1': {
      key: ({ data }) => `cart-${data.cartId}`,
      evolve: (_doc, { at, data: { currency, channel = DEFAULT_CHANNEL } }) => ({
        opened: at,
        channel,
        currency,
        lines: [],
      }),
    },
    'cart.item-added.v1': ofCart((cart, { at, data }) => {
      cart.withItems ??= at;
      put(cart, data);
    }),
    'cart.item-quantity-changed.v1': ofCart((cart, { data }) => put(cart, data)),
    'cart.item-removed.v1': ofCart((cart, { data }) => {
      cart.lines = cart.lines.filter(([sku]) => sku !== data.sku);
    }),
    'cart.checked-out.v1': ofCart((cart, { at, data: { orderId, lines } }) => {
      cart.checkedOut ??= at;
      cart.orders = [...(cart.orders ?? []), orderId];
      // Today's prices, which the buyer has accepted, are those of the lines from now on.
      cart.lines = lines.map(({ sku, quantity, unitPrice }): CartLine => [sku, quantity, unitPrice.amount]);
    }),
    'cart.abandoned.v1': ofCart((cart, { at }) => {
      cart.abandoned ??= at;
    }),
    'order.confirmed.v1': ofOrder('paid'),
    'order.shipment-created.v1': ofOrder('shipped'),
    'order.shipment-delivered.v1': ofOrder('delivered'),
  },
});
