import { count, flag, listOf, object, optional, text, textOrNull, whole } from './schema.js';

/** Shapes that several contexts share. */
export const money = (description?: string) =>
  object({ amount: whole('minor units of the currency'), currency: text('ISO 4217') }, description);

export const skuQuantity = object({ sku: text(), quantity: count() });

export const shortLine = object({ sku: text(), requested: count(), available: count('what there was for the order') });

const discount = object({ promotionId: text(), name: text(), code: optional(text()), amount: money() });

export const appliedTax = object({
  name: text(),
  rate: text('decimal fraction, such as 0.19'),
  included: flag('contained in the price, not added on top'),
  base: money('what it is taken of, without any tax'),
  amount: money(),
});

const taxedPrice = {
  discounts: listOf(discount),
  discount: money('their sum'),
  taxes: listOf(appliedTax, 'by rate'),
  net: money('after discounts, without any tax'),
  gross: money('after discounts, with all taxes'),
};

export const pricedLine = object({
  lineId: text('unique in its order'),
  sku: text(),
  name: text(),
  quantity: count(),
  unitPrice: money(),
  lineTotal: money('unit price × quantity, before discount and tax'),
  priceIncludesTax: flag('unit price, line total and discounts contain tax'),
  taxClass: text(),
  categories: listOf(text(), 'from the widest to the narrowest'),
  ...taxedPrice,
});

export const pricedShipping = object({
  method: text(),
  name: text(),
  price: money('before discount and tax'),
  ...taxedPrice,
  cheapest: money('what the cheapest method on offer would have cost, with its tax'),
});

export const pricingBasis = object({
  policy: text(),
  hash: text('tells policies of one name apart'),
  rounding: text('half-even or half-up'),
  level: text('line or unit'),
  zone: textOrNull('the tax zone; null where none names the destination'),
});

export const destination = object({
  country: text('ISO 3166-1 alpha-2 or XK'),
  region: optional(text('ISO 3166-2 without the country')),
});

export const linePart = object({
  lineId: text(),
  sku: text(),
  quantity: count(),
  net: money('of these units, after discounts, without any tax'),
  tax: money('included and on top'),
  gross: money(),
});

export const soldLine = object({
  lineId: text(),
  sku: text(),
  quantity: count(),
  revenue: money('after discounts, without tax and shipping'),
  category: text('the last of the categories of the product at checkout, or uncategorised'),
});

export const totals = object(
  {
    subtotal: money(),
    discount: money('of lines and shipping'),
    shipping: money(),
    tax: money(),
    taxIncluded: money(),
    net: money(),
    total: money(),
  },
  'total = subtotal − discount + shipping + tax = net + tax + taxIncluded; taxIncluded is contained in the prices',
);

export const allocation = object({ location: text(), quantity: count() });
