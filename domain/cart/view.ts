import { DEFAULT_CHANNEL } from '../channel/index.js';
import { cartTotals, priceOpenCart } from '../pricing/index.js';
import type { NotApplied, PriceableLine, PricingTerms } from '../pricing/index.js';
import {
  currencyCode,
  LineItem,
  Money,
  PricedShipping,
  PromotionDiscount,
  shownDiscount,
  Totals,
  withUsedCodes,
} from '../shared/index.js';
import type { RoundingMode, TaxedPrice } from '../shared/index.js';
import {
  choice,
  count,
  described,
  either,
  flag,
  integer,
  listOf,
  named,
  nullable,
  object,
  optional,
  text,
} from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { CartPromotions } from './commands.js';
import { buyerOf, offersFor } from './coupons.js';
import type { CartState, CheckedOutCart, ExistingCart } from './state.js';

const NOT_APPLIED = [
  'other-buyers',
  'conditions',
  'combination',
  'nothing-to-discount',
  'failed',
  'not-in-force',
] as const satisfies readonly (NotApplied | 'not-in-force')[];

const CartCouponView = named(
  'CartCoupon',
  object(
    {
      code: nullable(text(), 'As it was handed in; null where its key is gone.', 'SUMMER-10'),
      applied: flag('Whether it takes anything off now.', true),
      reason: optional(
        choice(
          NOT_APPLIED,
          'Why it takes nothing off: it is for other buyers, channels, currencies or countries; its conditions are not met; what ' +
            'was taken before does not go with it; nothing of what it is about is left to pay; it could not be worked out; its ' +
            'promotion is paused, over or used up.',
          'conditions',
        ),
      ),
    },
    'A coupon in a cart.',
  ),
);

const MissingUnits = object({ quantity: integer('Units.', 1, { minimum: 1 }) });

const CartHint = named(
  'CartHint',
  object(
    {
      promotionId: text('Id of the promotion.', 'summer'),
      name: text('For people.', 'Summer sale'),
      missing: either(Money, MissingUnits, {
        isOne: (value): value is Money => 'amount' in value,
        description: 'An amount, or units.',
      }),
    },
    'What is missing to a promotion: an amount, or units.',
  ),
);

/** A cart as every API shows it. */
export const Cart = named(
  'Cart',
  object(
    {
      cartId: text('Unguessable id.', 'o3Yw3xq0s1mGkqf5cV2b8Q'),
      currency: currencyCode(),
      channel: text('Code of the channel that it is sold in.', 'default'),
      reference: optional(text("The client's own reference; its order has it too.", 'basket-7')),
      status: choice(['open', 'checked-out', 'abandoned'], 'An open cart takes changes.', 'open'),
      items: listOf(LineItem, 'In the order in which the SKUs were added.'),
      coupons: listOf(CartCouponView, 'In the order in which they were handed in.'),
      discounts: listOf(PromotionDiscount, 'What promotions take off, by promotion and level.'),
      hints: listOf(CartHint, 'What is missing to the promotions that lack one thing.'),
      totals: described(
        Totals,
        'Of the lines and what promotions take off them while the cart is open, then those of its order.',
      ),
      shippingCost: optional(described(PricedShipping, 'Of its order, once it is checked out.')),
      version: count('Revision of the cart, also its ETag.', 1),
    },
    'A cart. Its id is its key: whoever knows it may read and change the cart.',
  ),
);
export type Cart = Of<typeof Cart>;

/** What the cart's state tells, and the promotions in force; who answers adds the version. */
export type CartView = Omit<Cart, 'version'>;

/** By what an open cart is priced. */
export interface CartTerms {
  readonly promotions: CartPromotions;
  readonly rounding: RoundingMode;
}

/**
 * Makes the answer of every write to a cart; it does not change when the state is evolved further.
 * @throws RangeError when there is no cart, which no accepted write answers
 */
export function cartView(cart: CartState, terms: CartTerms): CartView {
  if (cart.status === 'none') throw new RangeError('a cart that was never opened cannot be shown');
  const { cartId, currency, status } = cart;
  return {
    cartId,
    currency,
    channel: cart.channel ?? DEFAULT_CHANNEL,
    ...(cart.reference === undefined ? {} : { reference: cart.reference }),
    status,
    ...(cart.status === 'checked-out' ? soldAs(cart) : pricedBy(cart, terms)),
  };
}

type PricedView = Pick<Cart, 'items' | 'coupons' | 'discounts' | 'hints' | 'totals' | 'shippingCost'>;

const itemsOf = ({ lines }: ExistingCart): readonly LineItem[] => Array.from(lines.values(), ({ item }) => item);

/** What an abandoned cart would cost is shown as that of an open one. */
function pricedBy(cart: ExistingCart, { promotions, rounding }: CartTerms): PricedView {
  const { currency } = cart;
  const items = itemsOf(cart);
  const offers = offersFor(cart, promotions.inForce);
  if (offers.length === 0) {
    const totals = cartTotals({ amount: cart.subtotal, currency });
    return { items, coupons: couponsOf(cart, () => 'not-in-force'), discounts: [], hints: [], totals };
  }
  const terms = { currency, rounding, offers, buyer: buyerOf(cart, promotions.isFirstOrder) };
  const priced = priceOpenCart(basketLines(cart), terms);
  const outcomes = new Map(
    offers.map(({ promotion }, index) => [promotion.promotionId, priced.promotions.outcomes[index]]),
  );
  return {
    items: items.map((item, index) => discounted(item, priced.lines[index])),
    coupons: couponsOf(cart, (promotionId) => outcomes.get(promotionId)),
    discounts: priced.promotions.promotions,
    hints: priced.promotions.hints,
    totals: priced.totals,
  };
}

const discounted = (item: LineItem, price: TaxedPrice | undefined): LineItem =>
  price === undefined || price.discount.amount === 0 ? item : { ...item, ...price };

/** `outcomeOf`: why the promotion takes nothing off, null where it does; undefined where it is none of those in force. */
const couponsOf = (
  { coupons }: ExistingCart,
  outcomeOf: (promotionId: string) => NotApplied | 'not-in-force' | null | undefined,
): Cart['coupons'] =>
  Array.from(coupons.values(), ({ promotionId, code }) => {
    const outcome = outcomeOf(promotionId);
    return outcome === null ? { code, applied: true } : { code, applied: false, reason: outcome ?? 'not-in-force' };
  });

/** As the order was placed. The codes are the cart's own: what the sale has of them is the buyer's. */
function soldAs(cart: CheckedOutCart): PricedView {
  const codes = new Map<string, string>();
  for (const { promotionId, code } of cart.coupons.values()) if (code !== null) codes.set(promotionId, code);
  const { discounts, shipping } = cart;
  const given = new Set(discounts.map(({ promotionId }) => promotionId));
  return {
    items: itemsOf(cart).map((item) =>
      item.discounts.length === 0 ? item : { ...item, discounts: withUsedCodes(item.discounts, codes) },
    ),
    coupons: couponsOf(cart, (promotionId) => (given.has(promotionId) ? null : 'not-in-force')),
    discounts: withUsedCodes(discounts.map(shownDiscount), codes),
    hints: [],
    totals: cart.totals,
    shippingCost: { ...shipping, discounts: withUsedCodes(shipping.discounts, codes) },
  };
}

/** What a quote prices. */
export interface CartBasket {
  readonly status: Cart['status'];
  readonly currency: string;
  readonly customerId?: string;
  /** At the prices that were frozen on them. */
  readonly lines: readonly PriceableLine[];
  /** What the cart may have of promotions, for the terms of its pricing. */
  readonly promotionsOf: (promotions: CartPromotions) => NonNullable<PricingTerms['promotions']>;
}

/** @throws RangeError when there is no cart */
export function cartBasket(cart: CartState): CartBasket {
  if (cart.status === 'none') throw new RangeError('a cart that was never opened cannot be priced');
  const { status, currency, customerId } = cart;
  return {
    status,
    currency,
    ...(customerId === undefined ? {} : { customerId }),
    lines: basketLines(cart),
    promotionsOf: ({ inForce, isFirstOrder }) => ({
      offers: offersFor(cart, inForce),
      buyer: buyerOf(cart, isFirstOrder),
    }),
  };
}

/** Lines as promotions see them. */
const basketLines = ({ lines }: ExistingCart): readonly PriceableLine[] =>
  Array.from(lines.values(), ({ item, ...facts }) => ({ ...item, ...facts }));
