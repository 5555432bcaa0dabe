import type { Effect, Offer, Selector } from '../promotion.js';
import type { Line } from './pricing-examples.js';

/** What is left to pay, in minor units. */
interface Left {
  readonly lines: readonly bigint[];
  readonly shipping: bigint;
}

interface Cart {
  readonly lines: readonly Line[];
  readonly shipping: { readonly method: string; readonly price: number };
  readonly rounding: 'half-even' | 'half-up';
}

/**
 * The rules of promotions told a second time, in whole numbers without a limit and with no thought of speed: every set of
 * promotions that go together is tried as it is written down. What the two tell has to be the same to the minor unit.
 */
export function modelled(cart: Cart, offers: readonly Offer[]): Left {
  const start: Left = {
    lines: cart.lines.map(({ lineTotal }) => BigInt(lineTotal.amount)),
    shipping: BigInt(cart.shipping.price),
  };
  const given = offers
    .filter(({ promotion }) => promotion.when.every((condition) => isMet(cart, condition)))
    .sort(({ promotion: a }, { promotion: b }) => b.priority - a.priority || (a.promotionId < b.promotionId ? -1 : 1));
  const together = given.filter(({ promotion }) => promotion.combines !== 'none');
  const alone = given.filter(({ promotion }) => promotion.combines === 'none');
  return [together, ...alone.map((offer) => [offer])]
    .map((set) => after(set, cart, start))
    .reduce((best, other) => (sumOf(other) < sumOf(best) ? other : best));
}

function after(offers: readonly Offer[], cart: Cart, start: Left): Left {
  let left = start;
  const taken: Offer[] = [];
  for (const offer of offers) {
    if (!taken.every((other) => accepts(offer, other) && accepts(other, offer))) continue;
    const next = offer.promotion.then.reduce((now, effect) => lowered(effect, cart, now), left);
    if (sumOf(next) === sumOf(left)) continue;
    taken.push(offer);
    left = next;
  }
  return left;
}

const accepts = ({ promotion: a }: Offer, { promotion: b }: Offer): boolean =>
  a.combines === 'all' || (a.combines !== 'none' && a.combines.some((group) => group === b.group));

const sumOf = ({ lines, shipping }: Left): bigint => lines.reduce((sum, line) => sum + line, shipping);

function isMet({ lines }: Cart, condition: Offer['promotion']['when'][number]): boolean {
  if (condition.type === 'first-order') return false;
  if (condition.type === 'quantity')
    return lines.reduce((sum, line) => sum + (names(condition.of, line) ? line.quantity : 0), 0) >= condition.atLeast;
  const least = euros(condition.atLeast);
  return least !== undefined && lines.reduce((sum, { lineTotal }) => sum + BigInt(lineTotal.amount), 0n) >= least;
}

const euros = (amounts: readonly { amount: number; currency: string }[]): bigint | undefined => {
  const own = amounts.find(({ currency }) => currency === 'EUR');
  return own === undefined ? undefined : BigInt(own.amount);
};

function names(selector: Selector = {}, line: Line): boolean {
  const { skus, categories, brands, except } = selector;
  if (skus !== undefined && !skus.includes(line.sku)) return false;
  if (categories !== undefined && !categories.some((category) => line.categories.includes(category))) return false;
  if (brands !== undefined && !brands.some((brand) => brand === line.brand)) return false;
  return except === undefined || !names(except, line);
}

function lowered(effect: Effect, cart: Cart, left: Left): Left {
  switch (effect.type) {
    case 'free-shipping': {
      const applies = effect.methods === undefined || effect.methods.includes(cart.shipping.method);
      return applies ? { ...left, shipping: 0n } : left;
    }
    case 'fixed-price':
      return atFixedPrice(effect, cart, left);
    case 'amount-off':
      return amountLowered(effect, cart, left);
    case 'percent-off':
      return percentLowered(effect, cart, left);
    case 'buy-get':
      return got(effect, cart, left);
  }
}

type Of<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

const chosenBy = (target: 'order' | Selector, { lines }: Cart): readonly boolean[] =>
  lines.map((line) => target === 'order' || names(target, line));

function atFixedPrice({ amounts, of }: Of<'fixed-price'>, cart: Cart, left: Left): Left {
  const price = euros(amounts);
  if (price === undefined) return left;
  const chosen = chosenBy(of, cart);
  const fixed = (index: number) => price * BigInt(cart.lines[index]?.quantity ?? 0);
  return { ...left, lines: left.lines.map((now, index) => (chosen[index] ? least(fixed(index), now) : now)) };
}

function amountLowered({ amounts, of }: Of<'amount-off'>, cart: Cart, left: Left): Left {
  const amount = euros(amounts) ?? 0n;
  if (of === 'shipping') return { ...left, shipping: left.shipping - least(amount, left.shipping) };
  return spreadOver(amount, chosenBy(of, cart), left);
}

function percentLowered({ percent, of, atMost }: Of<'percent-off'>, cart: Cart, left: Left): Left {
  const part = (amount: bigint) => percentage(amount, percent, [1n, 1n], cart.rounding);
  const cut = (amount: bigint) => (atMost === undefined ? amount : least(amount, euros(atMost) ?? 0n));
  if (of === 'shipping') return { ...left, shipping: left.shipping - cut(part(left.shipping)) };
  const chosen = chosenBy(of, cart);
  const own = left.lines.map((now, index) => (chosen[index] ? now : 0n));
  if (of === 'order') return spreadOver(cut(part(own.reduce((a, b) => a + b, 0n))), chosen, left);
  const each = own.map(part);
  const all = each.reduce((a, b) => a + b, 0n);
  if (cut(all) < all) return spreadOver(cut(all), chosen, left);
  return { ...left, lines: left.lines.map((now, index) => now - (each[index] ?? 0n)) };
}

/** Units of each line that are got: tries every number of times from the largest on, and takes units one by one. */
function unitsGot(
  { buy, get, timesAtMost = Number.MAX_SAFE_INTEGER }: Of<'buy-get'>,
  cart: Cart,
  left: Left,
): readonly bigint[] {
  const [isBought, isGot] = [chosenBy(buy.of ?? {}, cart), chosenBy(get.of ?? {}, cart)];
  const units = (which: readonly boolean[]) =>
    cart.lines.reduce((sum, { quantity }, index) => sum + (which[index] ? quantity : 0), 0);
  const [bought, either] = [units(isBought), units(isBought.map((is, index) => is || isGot[index] === true))];
  let times = Math.min(timesAtMost, Math.floor(units(isGot) / get.quantity), Math.floor(bought / buy.quantity));
  while (times > 0 && times * (buy.quantity + get.quantity) > either) times--;
  let wanted = times * get.quantity;
  let spare = bought - times * buy.quantity;
  const taken = cart.lines.map(() => 0n);
  for (const index of cheapestUnits(isGot, cart, left)) {
    if (wanted === 0) break;
    if (isBought[index] && spare === 0) continue;
    if (isBought[index]) spare--;
    wanted--;
    taken[index] = (taken[index] ?? 0n) + 1n;
  }
  return taken;
}

/** The line of each unit, the cheapest first. */
function cheapestUnits(isGot: readonly boolean[], cart: Cart, left: Left): readonly number[] {
  const cost = (index: number, other: number) => (left.lines[index] ?? 0n) * BigInt(cart.lines[other]?.quantity ?? 1);
  return cart.lines
    .map((_, index) => index)
    .filter((index) => isGot[index])
    .sort((a, b) => Number(cost(a, b) - cost(b, a)) || a - b)
    .flatMap((index) => Array.from({ length: cart.lines[index]?.quantity ?? 0 }, () => index));
}

function got(effect: Of<'buy-get'>, cart: Cart, left: Left): Left {
  const taken = unitsGot(effect, cart, left);
  const lines = left.lines.map((now, index) => {
    const part = [taken[index] ?? 0n, BigInt(cart.lines[index]?.quantity ?? 1)] as const;
    return now - percentage(now, effect.get.percent, part, cart.rounding);
  });
  return { ...left, lines };
}

/** amount × percent / 100 × part, rounded once. */
function percentage(
  amount: bigint,
  percent: string,
  [part, whole]: readonly [bigint, bigint],
  rounding: Cart['rounding'],
): bigint {
  const [digits, decimals = ''] = percent.split('.');
  const numerator = amount * BigInt(digits + decimals) * part;
  const denominator = 100n * 10n ** BigInt(decimals.length) * whole;
  const [floor, twice] = [numerator / denominator, 2n * (numerator % denominator)];
  if (twice > denominator) return floor + 1n;
  if (twice < denominator) return floor;
  return rounding === 'half-up' || floor % 2n === 1n ? floor + 1n : floor;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Hands out whole shares, then the rest one by one to the largest remainder. */
function spreadOver(wanted: bigint, chosen: readonly boolean[], left: Left): Left {
  const weights = left.lines.map((now, index) => (chosen[index] ? now : 0n));
  const sum = weights.reduce((a, b) => a + b, 0n);
  const amount = least(wanted, sum);
  if (amount === 0n) return left;
  const lines = left.lines.map((now, index) => now - (amount * (weights[index] ?? 0n)) / sum);
  const remainders = weights.map((weight) => (amount * weight) % sum);
  let rest = amount - (sumOf(left) - sumOf({ ...left, lines }));
  for (; rest > 0n; rest--) {
    const largest = remainders.reduce((best, each, index) => (each > (remainders[best] ?? 0n) ? index : best), 0);
    lines[largest] = (lines[largest] ?? 0n) - 1n;
    remainders[largest] = -1n;
  }
  return { ...left, lines };
}
