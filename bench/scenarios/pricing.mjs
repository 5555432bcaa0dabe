// pricing: what it takes to price a cart, by its lines and by the promotions in force; no engine, the pure function alone.
// Unit: milliseconds of one pricing, the median and the p99 of --size (default 300).
// Limit: 500 lines under 200 promotions at a median of at most 2 ms.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { less, quantile } from '../support/metric.mjs';

const LINES = [5, 50, 500];
const PROMOTIONS = [0, 3, 20, 200];
const WARM_UP = 100;

const eur = (amount) => ({ amount, currency: 'EUR' });

const linesOf = (count) =>
  Array.from({ length: count }, (_, index) => ({
    lineId: `${index + 1}`,
    sku: `SKU-${index}`,
    name: `Product ${index}`,
    categories: ['all', `category-${index % 40}`],
    brand: `brand-${index % 25}`,
    quantity: 1 + (index % 3),
    unitPrice: eur(999 + index),
    lineTotal: eur((999 + index) * (1 + (index % 3))),
    taxClass: index % 4 === 0 ? 'food' : 'standard',
  }));

/**
 * What a shop has in force: of ten promotions six are for lines, two of them with a condition; one is buy two and get one; one
 * lowers shipping; and of two for the whole order the buyer gets the better one.
 */
const effects = [
  (index) => ({ type: 'percent-off', percent: '5', of: { categories: [`category-${index % 40}`] } }),
  (index) => ({ type: 'percent-off', percent: '12.5', of: { brands: [`brand-${index % 25}`] }, atMost: [eur(2000)] }),
  (index) => ({ type: 'fixed-price', amounts: [eur(900)], of: { skus: [`SKU-${index}`, `SKU-${index + 1}`] } }),
  (index) => ({ type: 'amount-off', amounts: [eur(150)], of: { categories: [`category-${index % 40}`] } }),
  (index) => ({
    type: 'percent-off',
    percent: '3',
    of: { skus: [`SKU-${2 * index}`], except: { brands: ['brand-1'] } },
  }),
  (index) => ({ type: 'percent-off', percent: '10', of: { attributes: { season: `${index}` } } }),
  (index) => ({
    type: 'buy-get',
    buy: { quantity: 2, of: { brands: [`brand-${index % 25}`] } },
    get: { quantity: 1, of: { brands: [`brand-${index % 25}`] }, percent: '50' },
  }),
  () => ({ type: 'percent-off', percent: '10', of: 'shipping' }),
  () => ({ type: 'percent-off', percent: '2.5', of: 'order' }),
  () => ({ type: 'amount-off', amounts: [eur(500)], of: 'order' }),
];

const offersOf = (count) =>
  Array.from({ length: count }, (_, index) => ({
    promotion: {
      promotionId: `promotion-${index}`,
      name: `Promotion ${index}`,
      priority: index % 5,
      combines: index % 10 < 8 ? 'all' : 'none',
      trigger: 'automatic',
      when: index % 5 === 0 ? [{ type: 'subtotal', atLeast: [eur(5000)] }] : [],
      then: [effects[index % effects.length](index)],
    },
  }));

const taxZones = [
  {
    countries: ['DE'],
    rates: [
      { name: 'VAT', rate: '0.19', included: true },
      { name: 'VAT', rate: '0.07', included: true, taxClass: 'food' },
    ],
  },
];

/** Prices one cart again and again; the times of one pricing, sorted. */
function timesOf(price, promotions, size) {
  const times = [];
  for (let run = 0; run < WARM_UP + size; run++) {
    const began = performance.now();
    const priced = price();
    times.push(performance.now() - began);
    if (!priced.accepted) throw new Error(priced.refusal.code);
    if (promotions > 0 && priced.totals.discount.amount === 0) throw new Error('no promotion took anything off');
  }
  return times.slice(WARM_UP).toSorted((a, b) => a - b);
}

export default {
  about: 'pricing a cart',
  limit: '500 lines under 200 promotions: at most 2 ms',
  size: 300,

  async round({ subject, size }) {
    const module = join(subject.root, 'dist/domain/pricing/index.js');
    const { defaultPricingPolicy, priceCart } = await import(pathToFileURL(module).href);
    const shippingMethods = [{ id: 'standard', name: 'Standard', rates: [{ currency: 'EUR', price: 490 }] }];
    const policy = { ...defaultPricingPolicy, taxZones, shippingMethods };
    const buyer = { channel: 'default', customerGroups: [], isFirstOrder: false };
    const figures = {};
    for (const lines of LINES) {
      for (const promotions of PROMOTIONS) {
        const cart = linesOf(lines);
        const terms = { policy, currency: 'EUR', promotions: { offers: offersOf(promotions), buyer } };
        const sorted = timesOf(() => priceCart(cart, { country: 'DE' }, terms), promotions, size);
        figures[`${lines} lines, ${promotions} promotions`] = less(quantile(sorted, 0.5), 'ms');
        if (lines === LINES.at(-1))
          figures[`${lines} lines, ${promotions} promotions, p99`] = less(quantile(sorted, 0.99), 'ms');
      }
    }
    return figures;
  },
};
