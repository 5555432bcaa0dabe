import { DEFAULT_CHANNEL } from '../channel/index.js';
import { asksForFirstOrder } from '../pricing/index.js';
import type { Buyer, Offer, PromotionInForce, PromotionTerms } from '../pricing/index.js';
import { accept } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import type { AddCoupon, PromotionsInForce, RemoveCoupon } from './commands.js';
import type { CartEvent } from './events.js';
import * as refusal from './refusals.js';
import type { CartState, ExistingCart } from './state.js';

export function addCoupon({ coupon, inForce }: AddCoupon, state: CartState): Decision<CartEvent> {
  if (state.status !== 'open') return refusal.notOpen(state);
  const { standing, ...facts } = coupon;
  if (state.coupons.has(coupon.couponId)) return accept();
  if (standing !== 'usable') return refusal.couponRefused(standing);
  if (state.changes >= refusal.MOST_CHANGES) return refusal.tooManyChanges();
  if (state.coupons.size >= refusal.MOST_COUPONS) return refusal.tooManyCoupons();
  const promotion = inForce.get(coupon.promotionId);
  for (const { promotionId } of state.coupons.values()) {
    if (!goTogether(promotion, inForce.get(promotionId))) return refusal.couponNotCombinable();
  }
  return accept({ type: 'cart.coupon-added.v1', data: { cartId: state.cartId, ...facts } });
}

/** A promotion that is out of force takes nothing off now, and so is in nobody's way; two codes of one promotion are one too many. */
function goTogether(one: PromotionInForce | undefined, other: PromotionInForce | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  if (one.terms.promotionId === other.terms.promotionId) return false;
  return accepts(one.terms, other.terms) && accepts(other.terms, one.terms);
}

const accepts = ({ combines }: PromotionTerms, { group }: PromotionTerms): boolean =>
  combines === 'all' || (combines !== 'none' && group !== undefined && combines.includes(group));

export function removeCoupon({ couponId }: RemoveCoupon, state: CartState): Decision<CartEvent> {
  if (state.status !== 'open') return refusal.notOpen(state);
  if (!state.coupons.has(couponId)) return refusal.couponNotFound();
  return accept({ type: 'cart.coupon-removed.v1', data: { cartId: state.cartId, couponId } });
}

/** What a cart may have of the promotions in force: those that ask for no code, and those whose code it holds. */
export function offersFor(cart: ExistingCart, inForce: PromotionsInForce): readonly Offer[] {
  if (inForce.size === 0) return NO_OFFERS;
  const offers: Offer[] = [];
  for (const { terms } of inForce.values()) {
    if (terms.trigger === 'automatic' && !cart.withheld.has(terms.promotionId)) offers.push({ promotion: terms });
  }
  for (const { promotionId, code } of cart.coupons.values()) {
    const promotion = inForce.get(promotionId);
    if (promotion === undefined) continue;
    offers.push(code === null ? { promotion: promotion.terms } : { promotion: promotion.terms, code });
  }
  return offers;
}

/** Whether it makes a difference to carts that their customer has bought before. */
export function someAskForFirstOrder(inForce: PromotionsInForce): boolean {
  for (const { terms } of inForce.values()) if (asksForFirstOrder(terms.when)) return true;
  return false;
}

const NO_OFFERS: readonly Offer[] = [];

/** For whom a cart is priced while nobody has said where it goes. */
export const buyerOf = ({ channel, customerGroups }: ExistingCart, isFirstOrder: boolean): Omit<Buyer, 'country'> => ({
  channel: channel ?? DEFAULT_CHANNEL,
  customerGroups: customerGroups ?? [],
  isFirstOrder,
});
