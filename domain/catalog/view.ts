import { currencyCode, Money, soldKind, someMoney } from '../shared/index.js';
import {
  count,
  integer,
  listOf,
  named,
  nullable,
  object,
  optional,
  text,
  textsByName,
  time,
} from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { VariantFacts } from './events.js';
import { priceIdOf } from './price-rows.js';

const sku = text('Stock keeping unit, which names the product everywhere.', '1000237');
const name = text('For people.', 'Salad blend, 10 oz');
const categories = listOf(text(), 'From the widest to the narrowest.', ['Produce', 'Salads']);
const price = nullable(Money, 'Of one unit now; null where it has none in the currency.', {
  amount: 299,
  currency: 'USD',
});

const PriceTier = named(
  'PriceTier',
  object(
    {
      minQuantity: integer('From so many units of a line on.', 10, { minimum: 2 }),
      price: someMoney('Of one unit.', 249),
    },
    'A quantity from which on another price counts.',
  ),
);

const reduction = {
  wasPrice: optional(someMoney('Where a price list undercuts it: the price without it.', 349)),
  lowestPrice30Days: optional(
    someMoney('Beside `wasPrice`: the lowest price in the 30 days before the present one began.', 329),
  ),
  tiers: optional(listOf(PriceTier, 'Quantities from which on another price counts; absent where there are none.')),
};
const available = integer('On hand − reserved, over all locations; of a gift card what a cart takes.', 502);
const productId = text('Id of the product, whatever its SKU.', 'g7Tq0lq9m4Q1xk2b');
const taxClass = text('By which rates of a tax zone it is taxed.', 'standard');

/** A product as lists show it. */
export const ProductItem = named(
  'ProductItem',
  object(
    {
      sku,
      name,
      brand: nullable(text(), 'Who makes it; null where that is not known.', 'National'),
      categories,
      price,
      ...reduction,
      available,
      kind: soldKind,
      highlight: optional(
        text('The name as HTML text, `<mark>` around what was found.', '<mark>Salad</mark> blend, 10 oz'),
      ),
    },
    'A product as lists show it.',
  ),
);
export type ProductItem = Of<typeof ProductItem>;

/** A variant with its product, and what can be sold of it now. */
export const Product = named(
  'Product',
  object(
    {
      sku,
      name,
      categories,
      price,
      ...reduction,
      available,
      brand: optional(text('Who makes it.', 'National')),
      productId,
      description: optional(text('Longer text for people.', 'Washed and ready to eat.')),
      attributes: textsByName('What else is to say, by name.', { packageSize: '10 oz' }),
      taxClass,
      kind: soldKind,
      createdAt: time('When it was created.'),
      version: count('How often it has changed, also its ETag.', 0),
    },
    'A product with its price and what is available of it.',
  ),
);
export type Product = Of<typeof Product>;

const created = { productId, sku: text('Stock keeping unit, which names the product everywhere.', 'TEA-1') };

export const CreatedProduct = named('CreatedProduct', object(created, 'What the new product is known by.'));
export type CreatedProduct = Of<typeof CreatedProduct>;

/** A product of one variant as writes answer it. */
export const ProductAnswer = named(
  'ProductDetails',
  object(
    {
      ...created,
      name: text('For people.', 'Green tea, 100 g'),
      description: optional(text('Longer text for people.', 'First flush.')),
      brand: optional(text('Who makes it.', 'Hillside')),
      categories: listOf(text(), 'From the widest to the narrowest.', ['Groceries', 'Tea']),
      attributes: textsByName('What else is to say, by name.', { packageSize: '100 g' }),
      taxClass,
      kind: soldKind,
      price: someMoney('Of one unit, without conditions.'),
      version: count('How often it has changed, also its ETag.', 1),
    },
    'A product as it is kept, without its stock.',
  ),
);
export type ProductAnswer = Of<typeof ProductAnswer>;

const ProductPrice = named(
  'ProductPrice',
  object(
    {
      priceId: text('Id of the row, by its currency and conditions.', '0f3c9a52d1b7e684'),
      amount: integer('Minor units of the currency: cents of USD, yen of JPY.', 299),
      currency: currencyCode(),
      minQuantity: optional(integer('From so many units of a line on.', 10, { minimum: 2 })),
      list: optional(text('Code of the price list that it is of.', 'summer-sale')),
      customerGroup: optional(text('For buyers of this group.', 'trade')),
      channel: optional(text('Code of the channel that it is sold in.', 'shop-at')),
      from: optional(time('When it begins, inclusive.', '2026-11-27T00:00:00.000Z')),
      to: optional(time('When it ends, exclusive.', '2026-12-01T00:00:00.000Z')),
    },
    'The price of one unit, with the conditions that all have to hold for it to count.',
  ),
);

/** All price rows of a product, those that begin later and those that have ended too. */
export const ProductPrices = named(
  'ProductPrices',
  object(
    {
      sku: text('SKU of the product.', '1000237'),
      prices: listOf(ProductPrice, 'In the order in which they were set.'),
    },
    'All prices of a product.',
  ),
);
export type ProductPrices = Of<typeof ProductPrices>;

export const productPrices = ({ sku, prices }: Pick<VariantFacts, 'sku' | 'prices'>): ProductPrices => ({
  sku,
  prices: prices.map((row) => ({ priceId: priceIdOf(row), ...row })),
});

export const PastPrice = named(
  'PastPrice',
  object(
    {
      at: time('When the price began.'),
      price: nullable(Money, 'Of one unit from then on; null where it had none.', { amount: 299, currency: 'USD' }),
      list: optional(text('Code of the price list that it was of.', 'summer-sale')),
      by: text('Id of the event that says so.', '7d1f0c1e-6f0d-5a35-9a52-8a5f5b1f4c01'),
      actor: optional(text('Who set it, a person or a process; told to support and administrators.', 'admin:alice')),
    },
    'A price of one unit, for buyers of no group.',
  ),
);
export type PastPrice = Of<typeof PastPrice>;
