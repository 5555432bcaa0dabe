import { minus, plus, sum, told } from '../../infra/engine/projections/explains.js';
import type { FieldRule } from '../../infra/engine/projections/explains.js';

// How prices add up, wherever lines, shipping and totals are shown.

type Rules = Readonly<Record<string, FieldRule>>;

const included = { included: true };
const onTop = { included: false };

/** What one thing costs that is taxed; `price` is its member with the price before discount and tax. */
const pricedRules = (at: string, price: string, of: string): Rules => ({
  [`${at}/discount`]: sum('Sum of what promotions took off it.', plus(`${at}/discounts/*/amount`, '{name}')),
  [`${at}/net`]: sum(
    `${of}: price − discount − tax that the price contains.`,
    plus(`${at}/${price}`, 'Price'),
    minus(`${at}/discount`, 'Discount'),
    minus(`${at}/taxes/*/amount`, '{name} of {rate}, contained in the price', included),
  ),
  [`${at}/gross`]: sum(
    `${of}: without tax, and its taxes.`,
    plus(`${at}/net`, 'Without tax'),
    plus(`${at}/taxes/*/amount`, '{name} of {rate}'),
  ),
});

/** @param lines pointer to the list of lines */
export const lineRules = (lines: string): Rules => ({
  [lines]: told('As the line was put there, at the price that was frozen on it.'),
  [`${lines}/*/lineTotal`]: told('unitPrice × quantity'),
  ...pricedRules(`${lines}/*`, 'lineTotal', 'The line'),
});

export const shippingRules: Rules = {
  '/shippingCost': told('As shipping was priced when it was checked out.'),
  ...pricedRules('/shippingCost', 'price', 'Shipping'),
};

/**
 * @param lines pointer to the list of lines
 * @param taxes pointers to lists of taxes that are all there are
 */
export const totalsRules = (lines: string, taxes: readonly string[]): Rules => ({
  '/totals/subtotal': sum(
    'Sum of the lines before discount and tax.',
    plus(`${lines}/*/lineTotal`, '{quantity} × {name}'),
  ),
  '/totals/discount': sum('Sum of what promotions took off.', plus('/discounts/*/amount', '{name}')),
  '/totals/shipping': sum('What shipping costs before discount and tax.', plus('/shippingCost/price', 'Shipping')),
  '/totals/tax': sum(
    'Sum of the taxes that are added on top.',
    ...taxes.map((list) => plus(`${list}/*/amount`, '{name} of {rate}', onTop)),
  ),
  '/totals/taxIncluded': sum(
    'Sum of the taxes that prices contain already.',
    ...taxes.map((list) => plus(`${list}/*/amount`, '{name} of {rate}', included)),
  ),
  '/totals/net': sum(
    'Sum of lines and shipping without any tax.',
    plus(`${lines}/*/net`, '{quantity} × {name}'),
    plus('/shippingCost/net', 'Shipping'),
  ),
  '/totals/total': sum(
    'total = subtotal − discount + shipping + tax',
    plus('/totals/subtotal', 'Lines'),
    minus('/totals/discount', 'Discount'),
    plus('/totals/shipping', 'Shipping'),
    plus('/totals/tax', 'Tax on top'),
  ),
});
