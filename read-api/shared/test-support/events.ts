import type { CartEvent } from '../../../domain/cart/index.js';
import type { CatalogEvent } from '../../../domain/catalog/index.js';
import type { InventoryEvent } from '../../../domain/inventory/index.js';
import type { OrderEvent, OrderOpened } from '../../../domain/order/index.js';
import type { PricingPolicy } from '../../../domain/pricing/index.js';
import type { PricingPolicyEvent } from '../../../domain/pricing-policy/index.js';
import {
  defaultBasis,
  untaxedLine,
  untaxedShipping,
  untaxedTotals,
} from '../../../domain/shared/test-support/index.js';

export const usd = (amount: number) => ({ amount, currency: 'USD' });

export interface ProductShape {
  readonly name?: string;
  readonly brand?: string;
  readonly categories?: readonly string[];
  readonly amount?: number;
}

export function productCreated(sku: string, shape: ProductShape = {}): CatalogEvent {
  const { name = `Nice ${sku}`, brand, categories = [], amount = 100 } = shape;
  return {
    type: 'product.created.v1',
    data: {
      productId: `p-${sku}`,
      name,
      ...(brand === undefined ? {} : { brand }),
      categories,
      attributes: {},
      variants: [{ sku, prices: [usd(amount)], taxClass: 'standard' }],
    },
  };
}

/** Of a product of `productCreated`. */
export const variantCreated = (sku: string): CatalogEvent => ({
  type: 'variant.created.v1',
  data: {
    productId: `p-${sku}`,
    sku,
    prices: [usd(100)],
    taxClass: 'standard',
  },
});

export const stockReceived = (sku: string, quantity: number): InventoryEvent => ({
  type: 'inventory.received.v1',
  data: { sku, location: 'default', quantity, available: quantity },
});

export const cartOpened = (cartId: string): CartEvent => ({
  type: 'cart.opened.v1',
  data: { cartId, currency: 'USD' },
});

export const itemAdded = (
  cartId: string,
  sku: string,
  line: { quantity: number; amount: number; currency?: string },
): CartEvent => ({
  type: 'cart.item-added.v1',
  data: {
    cartId,
    lineId: sku,
    sku,
    name: `Nice ${sku}`,
    taxClass: 'standard',
    categories: [],
    added: line.quantity,
    quantity: line.quantity,
    unitPrice: { amount: line.amount, currency: line.currency ?? 'USD' },
  },
});

export interface OrderShape {
  readonly email?: string;
  readonly customerId?: string;
  readonly reference?: string;
  readonly skus?: readonly string[];
}

export function orderOpened(orderId: string, shape: OrderShape = {}): OrderOpened {
  const { email = 'ann@example.com', customerId, reference, skus = ['tea'] } = shape;
  return {
    type: 'order.opened.v1',
    data: {
      orderId,
      orderNumber: `N-${orderId}`,
      cartId: `c-${orderId}`,
      ...(customerId === undefined ? {} : { customerId }),
      ...(reference === undefined ? {} : { reference }),
      currency: 'USD',
      lines: skus.map((sku) => untaxedLine(sku, { price: usd(100), quantity: 1 })),
      shipping: untaxedShipping(usd(0)),
      totals: untaxedTotals(usd(100 * skus.length)),
      taxes: [],
      pricing: defaultBasis,
      destination: { country: 'US' },
      paymentId: `p-${orderId}`,
      personId: 'x',
      personal: {
        email,
        shippingAddress: { name: 'Ann', line1: '1 High St', city: 'Town', postalCode: '1', country: 'US' },
      },
    },
  };
}

export const orderConfirmed = (orderId: string): OrderEvent => ({
  type: 'order.confirmed.v1',
  data: { orderId, lines: [] },
});

export const policyPut = (policy: PricingPolicy): PricingPolicyEvent => ({
  type: 'pricing-policy.put-in-force.v1',
  data: { policyId: 'shop', policy, hash: 'of-a-spec', source: 'request' },
});
