import { parseRate, share, spread } from '../shared/index.js';
import type { Money, RoundingMode, WholeFraction } from '../shared/index.js';
import type { LineIndex } from './line-index.js';
import type { Remainder } from './remainder.js';
import type { AmountOff, BuyGet, Effect, FixedPrice, FreeShipping, PercentOff, Target } from './promotion.js';

/** What a discount is given on. */
export type DiscountLevel = 'line' | 'order' | 'shipping';

/** What effects look at. */
export interface Scene {
  readonly quantities: readonly number[];
  readonly index: LineIndex;
  /** Null before a method of shipping is known. */
  readonly shippingMethod: string | null;
  readonly currency: string;
  readonly rounding: RoundingMode;
  readonly left: Remainder;
}

/** What an effect takes off lines, or off shipping where no lines are named. */
export interface Deduction {
  readonly level: DiscountLevel;
  readonly lines: readonly number[] | null;
  /** Minor units from 0 on. */
  readonly total: number;
  /** Its parts, one a line, or one of shipping; worked out when they are asked for: most promotions lose against a better one. */
  readonly amounts: () => readonly number[];
}

/** What an effect takes off of what is left; never more. */
export function deductionOf(effect: Effect, scene: Scene): Deduction {
  switch (effect.type) {
    case 'percent-off':
      return percentOff(effect, scene);
    case 'amount-off':
      return amountOff(effect, scene);
    case 'fixed-price':
      return fixedPrice(effect, scene);
    case 'buy-get':
      return buyGet(effect, scene);
    case 'free-shipping':
      return freeShipping(effect, scene);
    default:
      return unknownEffect(effect);
  }
}

/** @throws TypeError a log may have effects of a version to come, and they must not be taken for nothing */
function unknownEffect(effect: never): never {
  throw new TypeError(`an effect that is not known: ${JSON.stringify(effect)}`);
}

/** Of the order and of shipping it is rounded once, of lines once a line. */
function percentOff({ percent, of, atMost }: PercentOff, scene: Scene): Deduction {
  const fraction = fractionOf(percent);
  const most = atMost === undefined ? Infinity : amountIn(atMost, scene);
  const part = (amount: number): number => share(amount, fraction, scene.rounding);
  if (of === 'shipping') return offShipping(Math.min(part(scene.left.shipping), most));
  const lines = linesOf(of, scene);
  if (of === 'order') return spreadOver(lines, Math.min(part(leftOf(lines, scene)), most), { of, scene });
  const each = lines.map((line) => part(scene.left.lines[line] ?? 0));
  const deduction = offLines(lines, each);
  return deduction.total > most ? spreadOver(lines, most, { of, scene }) : deduction;
}

function amountOff({ amounts, of }: AmountOff, scene: Scene): Deduction {
  const amount = amountIn(amounts, scene);
  if (of === 'shipping') return offShipping(Math.min(amount, scene.left.shipping));
  const lines = linesOf(of, scene);
  return spreadOver(lines, Math.min(amount, leftOf(lines, scene)), { of, scene });
}

function fixedPrice({ amounts, of }: FixedPrice, scene: Scene): Deduction {
  const price = amounts.find(({ currency }) => currency === scene.currency)?.amount;
  if (price === undefined) return NOTHING;
  const lines = linesOf(of, scene);
  const each = lines.map((line) => Math.max(0, (scene.left.lines[line] ?? 0) - price * (scene.quantities[line] ?? 0)));
  return offLines(lines, each);
}

const freeShipping = ({ methods }: FreeShipping, { shippingMethod, left }: Scene): Deduction =>
  methods === undefined || (shippingMethod !== null && methods.includes(shippingMethod))
    ? offShipping(left.shipping)
    : NOTHING;

/**
 * As often as there are units to buy and others to get, the cheapest are lowered that leave enough to buy. Of a line of which
 * k of q units are got, what is left is lowered by percent × k / q, rounded once.
 */
function buyGet({ buy, get, timesAtMost = Infinity }: BuyGet, scene: Scene): Deduction {
  const bought = new Set(linesOf(buy.of ?? {}, scene));
  const got = linesOf(get.of ?? {}, scene);
  const unitsOf = (lines: Iterable<number>): number => {
    let units = 0;
    for (const line of lines) units += scene.quantities[line] ?? 0;
    return units;
  };
  const [buyable, gettable, either] = [unitsOf(bought), unitsOf(got), unitsOf(new Set([...bought, ...got]))];
  const times = Math.min(
    Math.floor(buyable / buy.quantity),
    Math.floor(gettable / get.quantity),
    Math.floor(either / (buy.quantity + get.quantity)),
    timesAtMost,
  );
  const fraction = fractionOf(get.percent);
  let [wanted, spare] = [times * get.quantity, buyable - times * buy.quantity];
  const [lines, amounts]: [number[], number[]] = [[], []];
  for (const line of cheapestFirst(got, scene)) {
    const quantity = scene.quantities[line] ?? 0;
    const units = Math.min(quantity, wanted, bought.has(line) ? spare : Infinity);
    if (units === 0) continue;
    wanted -= units;
    if (bought.has(line)) spare -= units;
    const part = { numerator: fraction.numerator * units, denominator: fraction.denominator * quantity };
    lines.push(line);
    amounts.push(share(scene.left.lines[line] ?? 0, part, scene.rounding));
  }
  return offLines(lines, amounts);
}

/** By what a unit still costs; of equal ones the earlier line. */
function cheapestFirst(lines: readonly number[], { left, quantities }: Scene): readonly number[] {
  const unitCost = (line: number): number => (left.lines[line] ?? 0) / (quantities[line] ?? 1);
  return [...lines].sort((a, b) => unitCost(a) - unitCost(b) || a - b);
}

const linesOf = (of: Exclude<Target, 'shipping'>, { index }: Scene): readonly number[] =>
  index.select(of === 'order' ? {} : of);

function leftOf(lines: readonly number[], { left }: Scene): number {
  let sum = 0;
  for (const line of lines) sum += left.lines[line] ?? 0;
  return sum;
}

/** Takes an amount once and spreads it by what is left, the largest remainders first. */
function spreadOver(
  lines: readonly number[],
  amount: number,
  { of, scene }: { readonly of: Exclude<Target, 'shipping'>; readonly scene: Scene },
): Deduction {
  if (amount === 0) return NOTHING;
  const weights = lines.map((line) => scene.left.lines[line] ?? 0);
  let amounts: readonly number[] | undefined;
  return {
    level: of === 'order' ? 'order' : 'line',
    lines,
    total: amount,
    amounts: () => (amounts ??= spread(amount, weights)),
  };
}

const NOTHING: Deduction = { level: 'line', lines: [], total: 0, amounts: () => [] };

function offLines(lines: readonly number[], amounts: readonly number[]): Deduction {
  let total = 0;
  for (const amount of amounts) total += amount;
  return { level: 'line', lines, total, amounts: () => amounts };
}

const offShipping = (amount: number): Deduction => ({
  level: 'shipping',
  lines: null,
  total: amount,
  amounts: () => [amount],
});

/** Minor units of the cart's currency; 0 where it is not named. */
const amountIn = (amounts: readonly Money[], { currency }: Scene): number =>
  amounts.find((each) => each.currency === currency)?.amount ?? 0;

const fractions = new Map<string, WholeFraction>();

/** `"12.5"` per cent is 125 / 1000. Of a promotion's few percentages each is read once. */
function fractionOf(percent: string): WholeFraction {
  const before = fractions.get(percent);
  if (before !== undefined) return before;
  const { numerator, denominator } = parseRate(percent);
  const fraction = { numerator: Number(numerator), denominator: Number(denominator) * 100 };
  if (fractions.size < MOST_FRACTIONS) fractions.set(percent, fraction);
  return fraction;
}

const MOST_FRACTIONS = 1000;
