import { openItem } from '../../domain/cart/index.js';
import type { CartEvent, CartItemAdded, CartOpened } from '../../domain/cart/index.js';
import { cartTotals } from '../../domain/pricing/index.js';
import { lineItem, sumMoney, zero } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel } from '../read-model.js';
import { existing } from '../shared/index.js';
import type { CartDocument, StoredCart } from './cart-document.js';

type OfCart = RecordedEvent<{ readonly cartId: string }>;

const cartId = (event: OfCart): string => event.data.cartId;

export const cartsReadModel = readModel<StoredCart, CartEvent>({
  name: 'carts',
  version: 3,
  // Of open carts alone: the others have no such field.
  indexes: [{ name: 'by-last-change', fields: ['lastChange'] }],
  on: {
    'cart.opened.v1': { key: cartId, evolve: (_, event) => opened(event) },
    'cart.item-added.v1': {
      key: cartId,
      evolve: (doc, event) => versioned(added(existing(doc, event), event.data), event),
    },
    'cart.item-quantity-changed.v1': {
      key: cartId,
      evolve: (doc, event) => {
        const { sku, quantity } = event.data;
        return versioned(changed(existing(doc, event), sku, quantity), event);
      },
    },
    'cart.item-removed.v1': {
      key: cartId,
      evolve: (doc, event) => versioned(changed(existing(doc, event), event.data.sku, 0), event),
    },
    'cart.checked-out.v1': {
      key: cartId,
      evolve: (doc, event) => {
        const { lines, totals, shipping: shippingCost } = event.data;
        const sold = { status: 'checked-out', items: lines.map(lineItem), totals, shippingCost };
        return versioned(Object.assign(existing(doc, event), sold), event);
      },
    },
    'cart.reopened.v1': {
      key: cartId,
      evolve: (doc, event) => versioned(reopened(existing(doc, event)), event),
    },
    'cart.abandoned.v1': {
      key: cartId,
      evolve: (doc, event) => versioned(inStatus(existing(doc, event), 'abandoned'), event),
    },
  },
});

function opened({ data, revision, at }: RecordedEvent<CartOpened['data']>): StoredCart {
  const { cartId: id, currency, reference } = data;
  return {
    cartId: id,
    currency,
    ...(reference === undefined ? {} : { reference }),
    status: 'open',
    items: [],
    totals: cartTotals(zero(currency)),
    version: revision,
    lastChange: at,
  };
}

/** The same SKU stays where it is in the cart, at the price of now. */
function added(cart: StoredCart, data: CartItemAdded['data']): StoredCart {
  const item = openItem(data);
  const index = cart.items.findIndex((one) => one.sku === data.sku);
  if (index < 0) cart.items.push(item);
  else cart.items[index] = item;
  return totalled(cart);
}

/** 0 takes the line out. */
function changed(cart: StoredCart, sku: string, quantity: number): StoredCart {
  const index = cart.items.findIndex((one) => one.sku === sku);
  const item = cart.items[index];
  if (item === undefined) return cart;
  if (quantity === 0) cart.items.splice(index, 1);
  else cart.items[index] = openItem({ ...item, quantity });
  return totalled(cart);
}

/** Untaxed again, as it may go elsewhere. */
function reopened(cart: StoredCart): StoredCart {
  cart.items = cart.items.map(openItem);
  delete cart.shippingCost;
  return inStatus(totalled(cart), 'open');
}

function totalled(cart: StoredCart): StoredCart {
  const lineTotals = cart.items.map(({ lineTotal }) => lineTotal);
  cart.totals = cartTotals(sumMoney(lineTotals, cart.currency));
  return cart;
}

function inStatus(cart: StoredCart, status: CartDocument['status']): StoredCart {
  cart.status = status;
  return cart;
}

function versioned(cart: StoredCart, event: OfCart): StoredCart {
  cart.version = event.revision;
  if (cart.status === 'open') cart.lastChange = event.at;
  else delete cart.lastChange;
  return cart;
}
