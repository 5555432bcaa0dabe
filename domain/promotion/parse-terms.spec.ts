import { parsePromotion } from './index.js';
import { tenth } from './test-support/promotions.js';

/** Paths of what is wrong, with the message of each. */
function problemsOf(json: unknown): Readonly<Record<string, string>> {
  const reading = parsePromotion(json);
  return reading.valid ? {} : Object.fromEntries(reading.problems.map(({ path, message }) => [path, message]));
}
const pathsOf = (changes: object): readonly string[] => Object.keys(problemsOf({ ...tenth, ...changes }));
const withEffect = (effect: object): readonly string[] => pathsOf({ then: [effect] });
const withCondition = (...when: readonly object[]): readonly string[] => pathsOf({ when });
const usd = (amount: number) => ({ amount, currency: 'USD' });
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const TEXT = 'x'.repeat(101);

const whole = {
  name: 'Summer sale',
  description: 'A tenth off.\nIn July.',
  priority: -3,
  combines: ['seasonal', 'club'],
  group: 'seasonal',
  from: '2026-07-01T00:00:00.000Z',
  to: '2026-08-01T00:00:00.000Z',
  channels: ['default'],
  currencies: ['EUR', 'USD'],
  customerGroups: ['club'],
  countries: ['DE', 'XK'],
  trigger: 'coupon',
  when: [
    { type: 'subtotal', atLeast: [eur(0), usd(100)] },
    { type: 'quantity', atLeast: 2, of: { categories: ['Garden'], except: { brands: ['Acme'] } } },
    { type: 'quantity', atLeast: 3 },
    { type: 'first-order' },
  ],
  then: [
    { type: 'percent-off', percent: '12.5', of: { skus: ['1'] }, atMost: [eur(1), usd(1)] },
    { type: 'amount-off', amounts: [eur(1), usd(1)], of: 'order' },
    {
      type: 'buy-get',
      buy: { quantity: 2, of: { skus: ['1'] } },
      get: { quantity: 1, percent: '100' },
      timesAtMost: 1,
    },
    { type: 'fixed-price', amounts: [eur(0), usd(0)], of: { attributes: { organic: 'yes' } } },
    { type: 'free-shipping', methods: ['standard'] },
    { type: 'percent-off', percent: '0.0000000001', of: 'shipping' },
  ],
  limits: { uses: 1, usesPerCustomer: 1, budget: eur(1) },
};

describe('a promotion that is read', () => {
  it('is as it was said', () => {
    expect(parsePromotion(whole)).toEqual({ valid: true, details: whole });
  });

  it('has what is left out as usual, and nothing that is null', () => {
    const json = { name: 'A tenth', then: tenth.then, description: null, limits: {}, from: null };
    expect(parsePromotion(json)).toEqual({ valid: true, details: tenth });
  });

  it('has its times in UTC, to the millisecond, and texts of the catalogue as that records them', () => {
    const times = { from: '2026-07-01T01:30:00.1239+02:00', to: '2026-07-31t23:00:00z' };
    const of = { categories: [' Garden'], brands: ['Cafe\u0301 '] };
    const reading = parsePromotion({ ...tenth, ...times, then: [{ ...tenth.then[0], of }] });
    expect(reading).toMatchObject({
      details: {
        from: '2026-06-30T23:30:00.123Z',
        to: '2026-07-31T23:00:00.000Z',
        then: [{ of: { categories: ['Garden'], brands: ['Café'] } }],
      },
    });
  });
});

describe('a promotion that is not valid', () => {
  it('is told all of its problems at once', () => {
    const json = {
      name: '',
      status: 'active',
      priority: 1.5,
      combines: [],
      from: '2026-07-01T00:00:00Z',
      to: '2026-07-01T00:00:00Z',
      currencies: ['EUR', 'EURO'],
      countries: ['DE', 'Germany'],
      trigger: 'always',
      when: [{ type: 'subtotal', atLeast: [usd(-1)] }, { type: 'weekday' }],
      then: [
        { type: 'percent-off', percent: '0', of: 'order' },
        { type: 'amount-off', amounts: [usd(1)], of: 'lines' },
      ],
      limits: { uses: 0, perDay: 1 },
    };
    expect(Object.keys(problemsOf(json))).toEqual([
      'status',
      'limits.perDay',
      'limits.uses',
      'name',
      'priority',
      'combines',
      'currencies[1]',
      'countries[1]',
      'trigger',
      'when[0].atLeast[0].amount',
      'when[1].type',
      'then[0].percent',
      'then[1].of',
      'to',
    ]);
    expect(problemsOf([])).toEqual({ '': 'has to be an object' });
    expect(problemsOf({})).toEqual({
      name: 'has to be a text of 1 to 200 characters',
      then: 'has to be a list with something in it',
    });
  });

  it.each([
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ description: '' }, 'description'],
    [{ description: 'x'.repeat(2_001) }, 'description'],
    [{ priority: '1' }, 'priority'],
    [{ priority: 1_000_001 }, 'priority'],
    [{ combines: 'some' }, 'combines'],
    [{ combines: ['a', 'a'] }, 'combines[1]'],
    [{ group: TEXT }, 'group'],
    [{ from: '2026-07-01' }, 'from'],
    [{ from: '2026-02-30T00:00:00Z' }, 'from'],
    [{ from: '2026-07-01T00:00:00' }, 'from'],
    [{ from: '2026-07-01T00:00:00+25:00' }, 'from'],
    [{ to: '9999-12-31T23:59:59-01:00' }, 'to'],
    [{ from: '2026-07-02T00:00:00Z', to: '2026-07-01T00:00:00Z' }, 'to'],
    [{ channels: [] }, 'channels'],
    [{ customerGroups: 'club' }, 'customerGroups'],
    [{ countries: ['DE', 'de'] }, 'countries[1]'],
    [{ when: [{ type: 'first-order', of: {} }] }, 'when[0].of'],
    [{ when: Array.from({ length: 21 }, () => ({ type: 'first-order' })) }, 'when'],
    [{ then: [] }, 'then'],
    [{ then: ['everything'] }, 'then[0]'],
    [{ limits: { budget: usd(0) } }, 'limits.budget.amount'],
    [{ limits: { budget: { amount: 1 } } }, 'limits.budget.currency'],
    [{ limits: { usesPerCustomer: 1.5 } }, 'limits.usesPerCustomer'],
    [{ limits: 5 }, 'limits'],
  ])('as in %j, at %s', (changes, path) => {
    expect(pathsOf(changes)[0]).toBe(path);
  });

  it.each(['0', '-1', '100.1', '1e1', '12,5', ' 5', '', '000.0', '12.5%'])('has no percentage of %j', (percent) => {
    expect(withEffect({ type: 'percent-off', percent, of: 'order' })).toEqual(['then[0].percent']);
  });

  it('has percentages as texts, and whole numbers from 1 on', () => {
    const buyGet = { type: 'buy-get', buy: { quantity: 0 }, get: { quantity: '1', percent: 50 }, timesAtMost: 0.5 };
    expect(withEffect(buyGet)).toEqual([
      'then[0].buy.quantity',
      'then[0].get.quantity',
      'then[0].get.percent',
      'then[0].timesAtMost',
    ]);
    expect(withCondition({ type: 'quantity', atLeast: 0 })).toEqual(['when[0].atLeast']);
  });

  it('has in a list of money each currency once, and amounts that take something off', () => {
    expect(withEffect({ type: 'amount-off', amounts: [usd(5), eur(5), usd(6)], of: 'order' })).toEqual([
      'then[0].amounts[2].currency',
    ]);
    expect(withEffect({ type: 'amount-off', amounts: [usd(0)], of: 'order' })).toEqual(['then[0].amounts[0].amount']);
    expect(withEffect({ type: 'amount-off', amounts: [], of: 'order' })).toEqual(['then[0].amounts']);
    expect(withEffect({ type: 'fixed-price', amounts: [usd(-1)], of: {} })).toEqual(['then[0].amounts[0].amount']);
  });

  it('has selectors of what there is to select', () => {
    const of = { sku: '1', skus: [], brands: ['a', ' a'], attributes: {}, categories: Array(1_001).fill('c') };
    expect(withEffect({ type: 'percent-off', percent: '5', of })).toEqual([
      'then[0].of.sku',
      'then[0].of.skus',
      'then[0].of.categories',
      'then[0].of.brands[1]',
      'then[0].of.attributes',
    ]);
    expect(withEffect({ type: 'fixed-price', amounts: [usd(1)], of: 'order' })).toEqual(['then[0].of']);
    const deep = {
      except: { except: { except: { skus: ['1'], except: { skus: ['2'] } }, skus: ['1'] }, brands: ['b'] },
    };
    expect(withEffect({ type: 'percent-off', percent: '5', of: deep })).toEqual([
      'then[0].of.except.except.except.except',
    ]);
  });
});

describe('rules that never match', () => {
  it.each([
    { skus: ['1'], except: {} },
    { except: {} },
    { skus: ['1'], except: { skus: ['2', '1'] } },
    { categories: ['c'], brands: ['b'], except: { brands: ['b'] } },
    { attributes: { organic: 'yes', size: 'L' }, except: { attributes: { size: 'L' } } },
  ])('are selectors that except all that they take in: %j', (of) => {
    expect(withCondition({ type: 'quantity', atLeast: 1, of })).toEqual(['when[0].of.except']);
  });

  it.each([
    { skus: ['1', '3'], except: { skus: ['2', '1'] } },
    { categories: ['c'], except: { brands: ['b'] } },
    { except: { brands: ['b'] } },
    { brands: ['b'], except: { brands: ['b'], skus: ['1'] } },
    { brands: ['b'], except: { brands: ['b'], except: { skus: ['1'] } } },
    { attributes: { size: 'L' }, except: { attributes: { size: 'M' } } },
  ])('are not those that leave something: %j', (of) => {
    expect(withCondition({ type: 'quantity', atLeast: 1, of })).toEqual([]);
  });

  it('are those without an amount in a currency of the promotion', () => {
    const json = {
      ...tenth,
      currencies: ['USD', 'EUR', 'JPY'],
      when: [{ type: 'subtotal', atLeast: [usd(1), eur(1)] }],
      then: [
        { type: 'amount-off', amounts: [usd(1)], of: 'order' },
        { type: 'percent-off', percent: '5', of: 'shipping', atMost: [eur(1), usd(1)] },
      ],
      limits: { budget: { amount: 1, currency: 'GBP' } },
    };
    expect(problemsOf(json)).toEqual({
      'when[0].atLeast': 'has no amount in JPY',
      'then[0].amounts': 'has no amount in EUR, JPY',
      'then[1].atMost': 'has no amount in JPY',
      'limits.budget.currency': 'has to be a currency of the promotion',
    });
  });

  it('are effects without an amount in a currency of the conditions', () => {
    const when = [{ type: 'subtotal', atLeast: [usd(1), eur(1)] }];
    const then = (...amounts: readonly object[]) => [{ type: 'amount-off', amounts, of: 'order' }];
    expect(pathsOf({ when, then: then({ amount: 1, currency: 'JPY' }) })).toEqual(['then[0].amounts']);
    expect(pathsOf({ when, then: then({ amount: 1, currency: 'JPY' }, eur(1)) })).toEqual([]);
    expect(pathsOf({ when, limits: { budget: { amount: 1, currency: 'JPY' } } })).toEqual(['limits.budget.currency']);
    expect(pathsOf({ limits: { budget: { amount: 1, currency: 'JPY' } } })).toEqual([]);
  });
});

describe('rules that overlap', () => {
  it('are conditions about the same', () => {
    const many = { type: 'quantity', atLeast: 2, of: { skus: ['1', '2'], brands: ['b'] } };
    const more = { type: 'quantity', atLeast: 3, of: { brands: ['b'], skus: ['2', '1'] } };
    expect(withCondition(many, more)).toEqual(['when[1]']);
    expect(withCondition(many, { ...more, of: { skus: ['1'] } })).toEqual([]);
    expect(withCondition({ type: 'first-order' }, { type: 'first-order' })).toEqual(['when[1]']);
    const subtotals = [usd(1), eur(1)].map((amount) => ({ type: 'subtotal', atLeast: [amount] }));
    expect(withCondition(...subtotals)).toContain('when[1]');
  });

  it('are effects on the same', () => {
    const percent = (of: unknown) => ({ type: 'percent-off', percent: '5', of });
    const amount = (of: unknown) => ({ type: 'amount-off', amounts: [usd(1)], of });
    const buyGet = { type: 'buy-get', buy: { quantity: 1 }, get: { quantity: 1, percent: '50' } };
    expect(pathsOf({ then: [percent('order'), amount({})] })).toEqual(['then[1]']);
    expect(pathsOf({ then: [percent({ skus: ['1'] }), percent('order'), amount({ skus: ['1'] })] })).toEqual([
      'then[2]',
    ]);
    expect(pathsOf({ then: [percent('shipping'), { type: 'free-shipping' }] })).toEqual(['then[1]']);
    expect(pathsOf({ then: [buyGet, { ...buyGet, buy: { quantity: 2 } }] })).toEqual(['then[1]']);
    expect(pathsOf({ then: [percent('order'), buyGet, percent({ skus: ['1'] }), percent('shipping')] })).toEqual([]);
    const free = (...methods: readonly string[]) => ({ type: 'free-shipping', methods });
    expect(pathsOf({ then: [free('a', 'b'), free('c', 'b')] })).toEqual(['then[1]']);
    expect(pathsOf({ then: [free('a'), free('b')] })).toEqual([]);
  });
});
