import { untaxedPrice } from '../pricing/index.js';
import type { LineItem } from '../shared/index.js';

type Facts = Pick<LineItem, 'lineId' | 'sku' | 'name' | 'quantity' | 'unitPrice' | 'taxClass'>;

/** A line of an open cart: untaxed, for nobody has said yet where it goes. */
export const openItem = ({ lineId, sku, name, quantity, unitPrice, taxClass }: Facts): LineItem => {
  const lineTotal = { amount: unitPrice.amount * quantity, currency: unitPrice.currency };
  const { discounts, discount, taxes, net, gross } = untaxedPrice(lineTotal);
  return { lineId, sku, name, quantity, unitPrice, lineTotal, taxClass, discounts, discount, taxes, net, gross };
};
