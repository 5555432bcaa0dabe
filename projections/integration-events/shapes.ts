import { count, listOf, object, text, whole } from './schema.js';

/** Shapes that several contexts share. */
export const money = (description?: string) =>
  object({ amount: whole('minor units of the currency'), currency: text('ISO 4217') }, description);

export const skuQuantity = object({ sku: text(), quantity: count() });

export const shortLine = object({ sku: text(), requested: count(), available: count('what there was for the order') });

export const pricedLine = object({
  sku: text(),
  name: text(),
  quantity: count(),
  unitPrice: money(),
  lineTotal: money('unit price × quantity, before discount and tax'),
  categories: listOf(text(), 'from the widest to the narrowest'),
});

export const soldLine = object({
  sku: text(),
  quantity: count(),
  revenue: money('after discounts, without tax and shipping'),
  category: text('the last of the categories of the product at checkout, or uncategorised'),
});

export const totals = object(
  { subtotal: money(), discount: money(), shipping: money(), tax: money(), taxIncluded: money(), total: money() },
  'total = subtotal − discount + shipping + tax; taxIncluded is contained in the lines and the shipping price',
);

export const allocation = object({ location: text(), quantity: count() });
