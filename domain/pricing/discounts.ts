import type { Discount, Money, PricedLine, PromotionDiscount, RoundingMode } from '../shared/index.js';
import { deductionOf } from './effects.js';
import type { Deduction, DiscountLevel, Scene } from './effects.js';
import { LineIndex } from './line-index.js';
import type { SelectableLine } from './line-index.js';
import type { Condition, Offer, PromotionTerms } from './promotion.js';
import { RunningRemainder } from './remainder.js';
import type { Remainder } from './remainder.js';

/** What promotions need of a line. A gift card is no goods: it is never discounted and counts for no condition. */
export type DiscountableLine = SelectableLine & Pick<PricedLine, 'lineId' | 'quantity' | 'lineTotal' | 'kind'>;

/** What is to be discounted. */
export interface Basket {
  readonly lines: readonly DiscountableLine[];
  /** Null before a method is chosen. */
  readonly shipping: { readonly method: string; readonly price: Money } | null;
  readonly currency: string;
  readonly rounding: RoundingMode;
}

/** For whom, and where it goes. */
export interface Buyer {
  readonly channel: string;
  readonly customerGroups: readonly string[];
  /** Of the destination; absent before it is known: a promotion for countries is then not given. */
  readonly country?: string;
  /** Whether it is known that nothing was bought before. */
  readonly isFirstOrder: boolean;
}

/** Why an offer takes nothing off. */
export type NotApplied =
  /** It is for other channels, currencies, customers or countries. */
  | 'other-buyers'
  | 'conditions'
  /** Others that were taken do not go with it. */
  | 'combination'
  /** Nothing that it is about is in the cart, or nothing of it is left to pay. */
  | 'nothing-to-discount'
  /** It could not be worked out; the others were. */
  | 'failed';

/** A promotion that its terms made impossible to work out, which is a defect of theirs or ours and no shopper's. */
export interface FailedPromotion {
  readonly promotionId: string;
  /** What was thrown, for people. */
  readonly error: string;
}

/** The one condition that a promotion lacks. */
export interface Hint {
  readonly promotionId: string;
  readonly name: string;
  readonly missing: Money | { readonly quantity: number };
}

export interface Discounts {
  /** In the order of the lines; of each line at most one a promotion, in the order in which they were taken off. */
  readonly lines: readonly (readonly Discount[])[];
  readonly shipping: readonly Discount[];
  readonly promotions: readonly PromotionDiscount[];
  /** In the order of the offers; null where it was applied. */
  readonly outcomes: readonly (NotApplied | null)[];
  readonly hints: readonly Hint[];
  /** Of the offers, those that could not be worked out; the others are given. */
  readonly failures: readonly FailedPromotion[];
}

/**
 * What promotions take off. Those that go together are taken by priority, each off what the earlier ones left; where one that
 * combines with none saves more alone, it is the only one. Nothing costs less than zero.
 */
export function discountsFor(unsorted: Basket, offers: readonly Offer[], buyer: Buyer): Discounts {
  // Ties are broken by the ids of the lines, so that the order in which they are given has no say.
  const basket = { ...unsorted, lines: [...unsorted.lines].sort(byLineId) };
  const cart = cartOf(basket);
  const because = new Map<Offer, NotApplied>();
  const trial: Trial = { cart, because, failures: [] };
  for (const offer of offers) keepBack(offer, buyer, trial);
  const given = offers.filter((offer) => !because.has(offer)).sort(byPriority);
  const best = given
    .filter(isAlone)
    .map((offer) => take([offer], trial))
    .reduce(
      (most, alone) => (alone.saved > most.saved ? alone : most),
      take(
        given.filter((offer) => !isAlone(offer)),
        trial,
      ),
    );
  const taken = new Set(best.taken.map(({ offer }) => offer));
  const { lines, ...others } = discountsOf(best.taken, basket);
  const byId = new Map(basket.lines.map(({ lineId }, index) => [lineId, lines[index] ?? []]));
  return {
    ...others,
    lines: unsorted.lines.map(({ lineId }) => byId.get(lineId) ?? []),
    outcomes: offers.map((offer) => (taken.has(offer) ? null : (because.get(offer) ?? 'combination'))),
    hints: offers.flatMap((offer) => (because.get(offer) === 'failed' ? [] : hintOf(offer, cart, buyer))),
    failures: trial.failures,
  };
}

/** Numbers by their value: `2` is before `10`. */
const byLineId = ({ lineId: a }: DiscountableLine, { lineId: b }: DiscountableLine): number =>
  a.length - b.length || (a < b ? -1 : 1);

/** A cart as promotions see it. */
interface Cart extends Omit<Scene, 'left'> {
  readonly amounts: Remainder;
  /** Minor units, without gift cards. */
  readonly subtotal: number;
}

function cartOf({ lines, shipping, currency, rounding }: Basket): Cart {
  const index = new LineIndex(lines, (line) => lines[line]?.kind !== 'gift-card');
  const subtotal = index.select().reduce((sum, line) => sum + (lines[line]?.lineTotal.amount ?? 0), 0);
  return {
    quantities: lines.map(({ quantity }) => quantity),
    index,
    shippingMethod: shipping?.method ?? null,
    currency,
    rounding,
    amounts: { lines: lines.map(({ lineTotal }) => lineTotal.amount), shipping: shipping?.price.amount ?? 0 },
    subtotal,
  };
}

/** Notes why an offer is not for this buyer or this cart, where it is not. */
function keepBack(offer: Offer, buyer: Buyer, trial: Trial): void {
  const { promotion } = offer;
  const { cart, because } = trial;
  try {
    if (!isFor(promotion, buyer, cart)) because.set(offer, 'other-buyers');
    // All are looked at, so that one that cannot be is found here and not when a hint is given.
    else if (promotion.when.filter((condition) => !holds(condition, cart, buyer)).length > 0)
      because.set(offer, 'conditions');
  } catch (error) {
    fail(offer, error, trial);
  }
}

function fail(offer: Offer, error: unknown, { because, failures }: Trial): void {
  because.set(offer, 'failed');
  failures.push({ promotionId: offer.promotion.promotionId, error: String(error) });
}

const isFor = (
  { channels, currencies, customerGroups, countries }: PromotionTerms,
  buyer: Buyer,
  { currency }: Cart,
): boolean =>
  (channels?.includes(buyer.channel) ?? true) &&
  (currencies?.includes(currency) ?? true) &&
  (customerGroups?.some((group) => buyer.customerGroups.includes(group)) ?? true) &&
  (countries === undefined || (buyer.country !== undefined && countries.includes(buyer.country)));

function holds(condition: Condition, cart: Cart, { isFirstOrder }: Buyer): boolean {
  if (condition.type === 'first-order') return isFirstOrder;
  const missing = missingTo(condition, cart);
  return missing !== null && missing <= 0;
}

/** Minor units or units; null where a subtotal is not asked for in the cart's currency. */
function missingTo(condition: Exclude<Condition, { type: 'first-order' }>, cart: Cart): number | null {
  if (condition.type === 'quantity') return condition.atLeast - unitsOf(cart.index.select(condition.of), cart);
  const least = condition.atLeast.find(({ currency }) => currency === cart.currency);
  return least === undefined ? null : least.amount - cart.subtotal;
}

function hintOf({ promotion }: Offer, cart: Cart, buyer: Buyer): readonly Hint[] {
  const { promotionId, name, trigger, when } = promotion;
  if (trigger !== 'automatic' || !isFor(promotion, buyer, cart)) return [];
  const [lacking, ...others] = when.filter((condition) => !holds(condition, cart, buyer));
  if (lacking === undefined || others.length > 0 || lacking.type === 'first-order') return [];
  const missing = missingTo(lacking, cart);
  if (missing === null) return [];
  return [
    {
      promotionId,
      name,
      missing: lacking.type === 'quantity' ? { quantity: missing } : { amount: missing, currency: cart.currency },
    },
  ];
}

/** The higher priority first; of equal ones the lower id. */
const byPriority = ({ promotion: a }: Offer, { promotion: b }: Offer): number =>
  b.priority - a.priority || (a.promotionId < b.promotionId ? -1 : 1);

const isAlone = ({ promotion }: Offer): boolean => promotion.combines === 'none';

const accepts = ({ promotion: { combines } }: Offer, { promotion: { group } }: Offer): boolean =>
  combines === 'all' || (combines !== 'none' && group !== undefined && combines.includes(group));

/** What one promotion took off. */
interface Taken {
  readonly offer: Offer;
  readonly deductions: readonly Deduction[];
}

interface Taking {
  readonly taken: readonly Taken[];
  /** Minor units. */
  readonly saved: number;
}

interface Trial {
  readonly cart: Cart;
  /** Where it is noted why a promotion takes nothing off. */
  readonly because: Map<Offer, NotApplied>;
  readonly failures: FailedPromotion[];
}

/** Takes what goes together, in this order. */
function take(offers: readonly Offer[], trial: Trial): Taking {
  const { cart, because } = trial;
  const left = new RunningRemainder(cart.amounts);
  const taken: Taken[] = [];
  let saved = 0;
  for (const offer of offers) {
    if (!taken.every((other) => accepts(offer, other.offer) && accepts(other.offer, offer))) continue;
    const before = left.mark();
    const deductions = deduct(offer, trial, left);
    const amount = deductions?.reduce((sum, { total }) => sum + total, 0) ?? 0;
    if (deductions === null || amount === 0) {
      left.back(before);
      if (deductions !== null) because.set(offer, 'nothing-to-discount');
      continue;
    }
    taken.push({ offer, deductions });
    saved += amount;
  }
  return { taken, saved };
}

/** Member by member: a scene is made for each effect, and what stands after a spread takes V8 a microsecond. */
const sceneOf = ({ quantities, index, shippingMethod, currency, rounding }: Cart, left: Remainder): Scene => ({
  quantities,
  index,
  shippingMethod,
  currency,
  rounding,
  left,
});

/** What a promotion takes off of what is left; null where it cannot be worked out. */
function deduct(offer: Offer, trial: Trial, left: RunningRemainder): readonly Deduction[] | null {
  const deductions: Deduction[] = [];
  try {
    for (const effect of offer.promotion.then) {
      const deduction = deductionOf(effect, sceneOf(trial.cart, left.now()));
      deductions.push(deduction);
      left.lower(deduction);
    }
    return deductions;
  } catch (error) {
    fail(offer, error, trial);
    return null;
  }
}

/** By line, shipping and promotion. */
function discountsOf(
  taken: readonly Taken[],
  { lines, currency }: Basket,
): Pick<Discounts, 'lines' | 'shipping' | 'promotions'> {
  const byLine = lines.map((): Discount[] => []);
  const shipping: Discount[] = [];
  const promotions: PromotionDiscount[] = [];
  for (const { offer, deductions } of taken) {
    const { promotionId, name } = offer.promotion;
    const { code } = offer;
    const discount = (units: number): Discount => {
      const amount = { amount: units, currency };
      return code === undefined ? { promotionId, name, amount } : { promotionId, name, code, amount };
    };
    const levels = new Map<DiscountLevel, number>();
    for (const { lines: lowered, level, total, amounts } of deductions) {
      levels.set(level, (levels.get(level) ?? 0) + total);
      amounts().forEach((amount, at) => {
        const own = lowered === null ? shipping : byLine[lowered[at] ?? -1];
        if (amount > 0) addTo(own ?? [], discount(amount));
      });
    }
    for (const [level, amount] of levels) if (amount > 0) promotions.push({ level, ...discount(amount) });
  }
  return { lines: byLine, shipping, promotions };
}

/** A promotion of several effects has one discount on what they lower. */
function addTo(discounts: Discount[], discount: Discount): void {
  const last = discounts.at(-1);
  if (last?.promotionId !== discount.promotionId) discounts.push(discount);
  else {
    const { amount, currency } = discount.amount;
    discounts[discounts.length - 1] = { ...last, amount: { amount: last.amount.amount + amount, currency } };
  }
}

function unitsOf(lines: readonly number[], { quantities }: Pick<Scene, 'quantities'>): number {
  let units = 0;
  for (const line of lines) units += quantities[line] ?? 0;
  return units;
}
