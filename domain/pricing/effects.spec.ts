import { percentOff, pot, taken, tea, twoMethods } from './test-support/discounted-cart.js';
import { eur, line, price, promotion } from './test-support/pricing-examples.js';

describe('a percentage', () => {
  it('off lines is rounded once a line, by the rounding of the policy', () => {
    expect(taken([tea(1, 101), pot(1, 103)], [promotion('p', [percentOff('50')])])).toEqual([50, 52, 0]);
    const halfUp = price({ ...twoMethods, rounding: 'half-up' }, [tea(1, 101)], {
      offers: [promotion('p', [percentOff('50')])],
    });
    expect(halfUp.totals.discount).toEqual(eur(51));
  });

  it('off the order is rounded once and spread by what is left of the lines', () => {
    // 12.5 % of 104 is 13; 101 of it bears 12.625, 3 bear 0.375.
    expect(taken([tea(1, 101), pot(1, 3)], [promotion('p', [percentOff('12.5', 'order')])])).toEqual([13, 0, 0]);
  });

  it('off shipping leaves the lines as they are', () => {
    expect(taken([tea(1)], [promotion('p', [percentOff('33.3', 'shipping')])])).toEqual([0, 166]);
  });

  it('takes at most what it says in the currency of the cart, spread by what is left', () => {
    const atMost = [{ amount: 1, currency: 'USD' }, eur(1000)];
    expect(taken([tea(3), pot(1)], [promotion('p', [{ ...percentOff('50'), atMost }])])).toEqual([500, 500, 0]);
    expect(taken([tea(3), pot(1)], [promotion('p', [{ ...percentOff('50', 'order'), atMost }])])).toEqual([
      500, 500, 0,
    ]);
    expect(taken([tea(1)], [promotion('p', [{ ...percentOff('10'), atMost }])])).toEqual([100, 0]);
  });
});

describe('an amount', () => {
  it('is taken once and spread by what is left; of equal shares the earlier line bears more', () => {
    const off = promotion('p', [{ type: 'amount-off', amounts: [eur(101)], of: 'order' }]);
    expect(taken([tea(1), pot(1, 1000)], [off])).toEqual([51, 50, 0]);
  });

  it('is never more than there is to pay, nor is one in another currency', () => {
    const off = (amounts: readonly { amount: number; currency: string }[], of: 'shipping' | object) =>
      promotion('p', [{ type: 'amount-off', amounts, of }]);
    expect(taken([tea(1)], [off([eur(5000)], {})])).toEqual([1000, 0]);
    expect(taken([tea(1)], [off([eur(5000)], 'shipping')])).toEqual([0, 500]);
    expect(taken([tea(1)], [off([{ amount: 100, currency: 'USD' }], {})])).toEqual([0, 0]);
  });
});

describe('a fixed price', () => {
  it('lowers what a unit costs, and raises nothing', () => {
    const at = (amount: number) =>
      promotion('p', [{ type: 'fixed-price', amounts: [eur(amount)], of: { skus: ['TEA'] } }]);
    expect(taken([tea(3), pot(1)], [at(900)])).toEqual([300, 0, 0]);
    expect(taken([tea(3)], [at(1100)])).toEqual([0, 0]);
    const all = promotion('p', [{ type: 'fixed-price', amounts: [eur(2000)], of: {} }]);
    expect(taken([tea(1), pot(1)], [all])).toEqual([0, 1000, 0]);
  });

  it('is none in a currency that it does not name', () => {
    const usd = promotion('p', [{ type: 'fixed-price', amounts: [{ amount: 1, currency: 'USD' }], of: {} }]);
    expect(taken([tea(1)], [usd])).toEqual([0, 0]);
  });
});

describe('buy some, get some', () => {
  const buyGet = (
    bought: number,
    got: number,
    others: { percent?: string; timesAtMost?: number; of?: object; gets?: object } = {},
  ) => {
    const { percent: lowered = '100', timesAtMost, of, gets } = others;
    const buy = of === undefined ? { quantity: bought } : { quantity: bought, of };
    const get = { quantity: got, percent: lowered, ...(gets === undefined ? {} : { of: gets }) };
    return promotion('p', [{ type: 'buy-get', buy, get, ...(timesAtMost === undefined ? {} : { timesAtMost }) }]);
  };

  it('lowers the cheapest units, as often as there are enough, and no unit counts twice', () => {
    expect(taken([tea(2), pot(1)], [buyGet(2, 1)])).toEqual([1000, 0, 0]);
    expect(taken([tea(2)], [buyGet(2, 1)])).toEqual([0, 0]);
    expect(taken([tea(5), pot(1)], [buyGet(2, 1)])).toEqual([2000, 0, 0]);
    expect(taken([tea(5), pot(1)], [buyGet(2, 1, { timesAtMost: 1 })])).toEqual([1000, 0, 0]);
  });

  it('leaves the units that have to be bought', () => {
    const home = { categories: ['Home'] };
    // Both pots are needed to buy, so that a dearer unit is got.
    expect(taken([tea(1, 5000), pot(2)], [buyGet(2, 1, { of: home })])).toEqual([5000, 0, 0]);
    expect(taken([tea(1, 5000), pot(3)], [buyGet(2, 1, { of: home })])).toEqual([0, 3000, 0]);
    expect(taken([tea(9), pot(1)], [buyGet(1, 1, { of: home, gets: { skus: ['TEA'] } })])).toEqual([1000, 0, 0]);
  });

  it('lowers the units of a line by a percentage of what is left of them, rounded once', () => {
    expect(taken([tea(3, 333)], [buyGet(1, 1, { percent: '50' })])).toEqual([166, 0]);
    const first = promotion('a', [{ type: 'amount-off', amounts: [eur(300)], of: {} }], { priority: 1 });
    expect(taken([tea(3)], [first, buyGet(1, 1)])).toEqual([300 + 900, 0]);
  });
});

describe('free shipping', () => {
  it('is for every method, or for those that it names', () => {
    const free = (methods?: readonly string[]) =>
      promotion('p', [methods === undefined ? { type: 'free-shipping' } : { type: 'free-shipping', methods }]);
    expect(taken([tea(1)], [free()])).toEqual([0, 500]);
    expect(taken([tea(1)], [free(['s1'])])).toEqual([0, 0]);
    expect(taken([tea(1)], [free(['s1'])], { shippingMethod: 's1' })).toEqual([0, 900]);
  });

  it('leaves what the cheapest method would have cost after the same discount', () => {
    const { shipping } = price(twoMethods, [tea(1)], {
      offers: [promotion('p', [percentOff('50', 'shipping')])],
      shippingMethod: 's1',
    });
    expect(shipping).toMatchObject({ price: eur(900), gross: eur(450), cheapest: eur(50) });
  });
});

describe('what a selector names', () => {
  const half = (of: object) => promotion('p', [percentOff('50', of)]);
  const lines = [tea(1), pot(1), line('CUP', 200, 1, { categories: ['Home', 'Tea'], attributes: { colour: 'red' } })];
  const lowered = (of: object) =>
    taken(lines, [half(of)])
      .slice(0, -1)
      .map((amount) => amount > 0);

  it('are lines that all of its members hold for, by any of their values', () => {
    expect(lowered({})).toEqual([true, true, true]);
    expect(lowered({ skus: ['POT', 'CUP', 'NONE'] })).toEqual([false, true, true]);
    expect(lowered({ categories: ['Tea', 'Food'] })).toEqual([true, false, true]);
    expect(lowered({ brands: ['Hill'] })).toEqual([true, false, false]);
    expect(lowered({ categories: ['Home'], skus: ['TEA', 'CUP'] })).toEqual([false, false, true]);
    expect(lowered({ categories: [] })).toEqual([false, false, false]);
  });

  it('have all of its attributes', () => {
    expect(lowered({ attributes: { colour: 'red' } })).toEqual([false, false, true]);
    expect(lowered({ attributes: { colour: 'red', size: 'S' } })).toEqual([false, false, false]);
    expect(lowered({ attributes: { constructor: 'x' } })).toEqual([false, false, false]);
  });

  it('are not those that it leaves out', () => {
    expect(lowered({ categories: ['Home'], except: { skus: ['CUP'] } })).toEqual([false, true, false]);
    expect(lowered({ except: {} })).toEqual([false, false, false]);
  });
});

describe('a gift card', () => {
  it('is never discounted and counts for no condition', () => {
    const card = line('CARD', 5000, 2, { kind: 'gift-card' });
    const when = [{ type: 'subtotal', atLeast: [eur(6000)] } as const];
    const enough = [{ type: 'quantity', atLeast: 2 } as const];
    expect(taken([card, tea(1)], [promotion('p', [percentOff('10', 'order')])])).toEqual([0, 100, 0]);
    expect(taken([card, tea(1)], [promotion('p', [percentOff('10')], { when })])).toEqual([0, 0, 0]);
    expect(taken([card, tea(1)], [promotion('p', [percentOff('10')], { when: enough })])).toEqual([0, 0, 0]);
  });
});
