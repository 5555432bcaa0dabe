import { defaultPricingPolicy } from '../../../domain/pricing/index.js';
import { inParallel } from '../../shared/in-parallel.js';
import {
  expectStatus,
  realBaskets,
  Shop,
  useEngines,
  type RealBasket as Basket,
  type RealProduct as Product,
} from '../test-support/index.js';

const BASKETS = 50;

const usd = (amount: number) => ({ amount, currency: 'USD' });
const FOOD = new Set(['Grocery', 'Meat', 'Produce']);
const taxClassOf = ({ categories: [department = ''] }: Product): string => (FOOD.has(department) ? 'food' : 'standard');
/** By the price list: one product in three is a tenth less, rounded down. */
const listPriceOf = ({ sku, price }: Product): number =>
  Number(sku) % 3 === 0 ? Math.floor((price.amount * 9) / 10) : price.amount;

/** Per cent on top, by tax class. */
const RATES = { food: 2n, standard: 8n };
const policy = {
  ...defaultPricingPolicy,
  name: 'two classes',
  taxZones: [
    {
      countries: ['US'],
      rates: [
        { name: 'Sales tax', rate: '0.08', included: false },
        { name: 'Food tax', rate: '0.02', included: false, taxClass: 'food' },
      ],
    },
  ],
};

const PROMOTIONS = [
  { name: 'Drinks', priority: 3, then: [{ type: 'percent-off', percent: '15', of: { categories: ['Soft Drinks'] } }] },
  {
    name: 'Two and one',
    priority: 2,
    then: [
      {
        type: 'buy-get',
        buy: { quantity: 2, of: { categories: ['Grocery'] } },
        get: { quantity: 1, of: { categories: ['Grocery'] }, percent: '100' },
      },
    ],
  },
  {
    name: 'Five off',
    priority: 1,
    when: [{ type: 'subtotal', atLeast: [usd(2000)] }],
    then: [{ type: 'amount-off', amounts: [usd(500)], of: 'order' }],
  },
] as const;

const halfEven = (numerator: bigint, denominator: bigint): bigint => {
  const [whole, rest] = [numerator / denominator, (numerator % denominator) * 2n];
  return rest > denominator || (rest === denominator && whole % 2n === 1n) ? whole + 1n : whole;
};

interface Line {
  readonly product: Product;
  readonly quantity: bigint;
  /** What is left to pay of it. */
  left: bigint;
}
const sumOf = (lines: readonly Line[]): bigint => lines.reduce((sum, { left }) => sum + left, 0n);
const isIn =
  (category: string) =>
  (line: Line): boolean =>
    line.product.categories.includes(category);

/** Of every three units of groceries the cheapest is free; of lines that cost the same the first one's. */
function twoAndOne(lines: readonly Line[]): void {
  const groceries = lines.filter(isIn('Grocery')).toSorted((a, b) => Number(a.left * b.quantity - b.left * a.quantity));
  let free = groceries.reduce((units, { quantity }) => units + quantity, 0n) / 3n;
  for (const line of groceries) {
    const units = free < line.quantity ? free : line.quantity;
    line.left -= halfEven(line.left * units, line.quantity);
    free -= units;
  }
}

/** Five dollars by largest remainder; of equal remainders the first line's. */
function fiveOff(lines: readonly Line[]): void {
  const all = sumOf(lines);
  const off = all < 500n ? all : 500n;
  const shares = lines.map((line) => ({ line, whole: (off * line.left) / all, rest: (off * line.left) % all }));
  let cents = off - shares.reduce((sum, { whole }) => sum + whole, 0n);
  for (const { line, whole } of shares.toSorted((a, b) => Number(b.rest - a.rest))) {
    line.left -= cents > 0n ? whole + 1n : whole;
    cents -= 1n;
  }
}

/** What a basket comes to by whole numbers alone: subtotal, discount, tax, total. */
function expected(basket: Basket, products: ReadonlyMap<string, Product>): readonly bigint[] {
  const lines = basket.lines.map(({ sku, quantity }): Line => {
    const product = products.get(sku) as Product;
    return { product, quantity: BigInt(quantity), left: BigInt(listPriceOf(product) * quantity) };
  });
  const subtotal = sumOf(lines);
  for (const line of lines.filter(isIn('Soft Drinks'))) line.left -= halfEven(line.left * 15n, 100n);
  twoAndOne(lines);
  if (subtotal >= 2000n) fiveOff(lines);
  const taxes = lines.map(({ product, left }) =>
    halfEven(left * RATES[taxClassOf(product) as keyof typeof RATES], 100n),
  );
  const tax = taxes.reduce((sum, each) => sum + each, 0n);
  const net = sumOf(lines);
  return [subtotal, subtotal - net, tax, net + tax];
}

describe('real baskets under two tax classes, a price list and three promotions', () => {
  const engines = useEngines();

  it('come to what whole numbers say, with a difference of zero', async () => {
    const shop = new Shop(await engines.start());
    const admin = async (method: 'POST' | 'PUT', path: string, body: object, status: number) =>
      expectStatus(await shop.http.call(method, path, { body, as: 'admin' }), status).json;
    const { baskets, products: bought } = realBaskets(BASKETS);
    const products = new Map(bought.map((product) => [product.sku, product]));

    await admin('PUT', '/v1/pricing-policy', policy, 200);
    await admin('POST', '/v1/price-lists', { code: 'weekly', name: 'Weekly', priority: 1 }, 201);
    await inParallel(eachOf(bought), 8, async (product) => {
      const { sku, name, categories, price, stock } = product;
      await admin('POST', '/v1/products', { sku, name, categories, price, taxClass: taxClassOf(product) }, 201);
      await admin('POST', `/v1/inventory/${sku}/receipts`, { quantity: stock }, 200);
      const special = listPriceOf(product);
      const rows = [usd(price.amount), ...(special < price.amount ? [{ ...usd(special), list: 'weekly' }] : [])];
      await admin('PUT', `/v1/products/${sku}/prices`, { prices: rows }, 200);
    });
    for (const promotion of PROMOTIONS) {
      const { promotionId } = await admin('POST', '/v1/promotions', promotion, 201);
      await admin('POST', `/v1/promotions/${String(promotionId)}/activation`, {}, 200);
    }

    const differences: string[] = [];
    let discounted = 0;
    await inParallel(eachOf(baskets), 8, async (basket) => {
      const cartId = await shop.cart(...basket.lines.map(({ sku, quantity }) => [sku, quantity] as const));
      const placed = expectStatus(await shop.checkOut(cartId), 202);
      const { totals } = await shop.ended(String(placed.json['orderId']), 60);
      const actual = [totals.subtotal, totals.discount, totals.tax, totals.total].map(({ amount }) => BigInt(amount));
      if (totals.discount.amount > 0) discounted += 1;
      if (String(actual) !== String(expected(basket, products))) {
        differences.push(`${basket.basketId}: ${String(actual)} and not ${String(expected(basket, products))}`);
      }
    });
    expect(differences).toEqual([]);
    expect(discounted).toBeGreaterThan(BASKETS / 4);
  }, 180_000);
});

async function* eachOf<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
