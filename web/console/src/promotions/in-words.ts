import type { Schema } from '../../../shared/api/index.js';
import { moneyText } from '../../../shared/format/index.js';

type Promotion = Schema<'Promotion'>;
type Selector = Schema<'PromotionSelector'>;

const SELECTED: readonly (readonly [keyof Selector & ('skus' | 'categories' | 'brands'), string])[] = [
  ['categories', ''],
  ['brands', 'of '],
  ['skus', 'SKU '],
];

/** Which lines are meant. */
function selected(of: Selector | 'order' | 'each' | undefined): string {
  if (of === undefined || of === 'order') return 'the order';
  if (of === 'each') return 'each line';
  const told = SELECTED.flatMap(([member, before]) => {
    const names = of[member];
    return names === undefined ? [] : [`${before}${names.join(', ')}`];
  });
  return told.length === 0 ? 'some lines' : told.join(' and ');
}

/** What a promotion gives, in words: `10 % off the order`. */
export const giftsOf = ({ then }: Pick<Promotion, 'then'>): string => then.map(giftText).join(', ');

function giftText(gift: Promotion['then'][number]): string {
  if ('percent' in gift) return `${gift.percent} % off ${selected(gift.of as Selector)}`;
  if ('buy' in gift)
    return `buy ${gift.buy.quantity} of ${selected(gift.buy.of)}, ${gift.get.percent} % off ${gift.get.quantity}`;
  if ('amounts' in gift) {
    const what = gift.amounts.map(moneyText).join(' or ');
    return gift.type === 'fixed-price' ? `${what} for it` : `${what} off`;
  }
  return 'free shipping';
}
