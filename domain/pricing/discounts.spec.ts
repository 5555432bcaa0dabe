import type { Offer } from './index.js';
import { anybody, eur, germany, line, price, promotion, taxing, vat } from './test-support/pricing-examples.js';
import type { Line } from './test-support/pricing-examples.js';

const shippingFor = (...prices: readonly number[]) =>
  prices.map((each, index) => ({ id: `s${index}`, name: `s${index}`, rates: [{ currency: 'EUR', price: each }] }));
const policy = taxing([], { shippingMethods: shippingFor(500, 900) });

const tea = (quantity: number, amount = 1000): Line =>
  line('TEA', amount, quantity, { lineId: '1', categories: ['Food', 'Tea'], brand: 'Hill' });
const pot = (quantity: number, amount = 3000): Line =>
  line('POT', amount, quantity, { lineId: '2', categories: ['Home'] });

/** What is taken off each line, then off shipping. */
function taken(
  lines: readonly Line[],
  offers: readonly Offer[],
  others: Parameters<typeof price>[2] = {},
): readonly number[] {
  const priced = price(policy, lines, { offers, ...others });
  return [...priced.lines, priced.shipping].map(({ discount }) => discount.amount);
}

const percent = (percent: string, of: 'order' | 'shipping' | object = {}) =>
  ({ type: 'percent-off', percent, of }) as const;

describe('a percentage', () => {
  it('off lines is rounded once a line, by the rounding of the policy', () => {
    expect(taken([tea(1, 101), pot(1, 103)], [promotion('p', [percent('50')])])).toEqual([50, 52, 0]);
    const halfUp = price({ ...policy, rounding: 'half-up' }, [tea(1, 101)], {
      offers: [promotion('p', [percent('50')])],
    });
    expect(halfUp.totals.discount).toEqual(eur(51));
  });

  it('off the order is rounded once and spread by what is left of the lines', () => {
    // 12.5 % of 104 is 13; 101 of it bears 12.625, 3 bear 0.375.
    expect(taken([tea(1, 101), pot(1, 3)], [promotion('p', [percent('12.5', 'order')])])).toEqual([13, 0, 0]);
  });

  it('off shipping leaves the lines as they are', () => {
    expect(taken([tea(1)], [promotion('p', [percent('33.3', 'shipping')])])).toEqual([0, 166]);
  });

  it('takes at most what it says in the currency of the cart, spread by what is left', () => {
    const atMost = [{ amount: 1, currency: 'USD' }, eur(1000)];
    expect(taken([tea(3), pot(1)], [promotion('p', [{ ...percent('50'), atMost }])])).toEqual([500, 500, 0]);
    expect(taken([tea(3), pot(1)], [promotion('p', [{ ...percent('50', 'order'), atMost }])])).toEqual([500, 500, 0]);
    expect(taken([tea(1)], [promotion('p', [{ ...percent('10'), atMost }])])).toEqual([100, 0]);
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
    const { shipping } = price(policy, [tea(1)], {
      offers: [promotion('p', [percent('50', 'shipping')])],
      shippingMethod: 's1',
    });
    expect(shipping).toMatchObject({ price: eur(900), gross: eur(450), cheapest: eur(50) });
  });
});

describe('what a selector names', () => {
  const half = (of: object) => promotion('p', [percent('50', of)]);
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
    expect(taken([card, tea(1)], [promotion('p', [percent('10', 'order')])])).toEqual([0, 100, 0]);
    expect(taken([card, tea(1)], [promotion('p', [percent('10')], { when })])).toEqual([0, 0, 0]);
    expect(taken([card, tea(1)], [promotion('p', [percent('10')], { when: enough })])).toEqual([0, 0, 0]);
  });
});

describe('whom a promotion is for', () => {
  const given = (others: Parameters<typeof promotion>[2], pricing: Parameters<typeof price>[2] = {}) => {
    const { totals, promotions } = price(policy, [tea(1)], {
      offers: [promotion('p', [percent('10')], others)],
      ...pricing,
    });
    return totals.discount.amount > 0 ? 'given' : promotions.outcomes[0];
  };

  it('goes by channel, currency, customer group and destination', () => {
    expect(given({ channels: ['app'] })).toBe('other-buyers');
    expect(given({ channels: ['app'] }, { buyer: { ...anybody, channel: 'app' } })).toBe('given');
    expect(given({ currencies: ['USD'] })).toBe('other-buyers');
    expect(given({ currencies: ['EUR'] })).toBe('given');
    expect(given({ customerGroups: ['club'] })).toBe('other-buyers');
    expect(given({ customerGroups: ['club'] }, { buyer: { ...anybody, customerGroups: ['staff', 'club'] } })).toBe(
      'given',
    );
    expect(given({ customerGroups: ['club', 'press'] }, { buyer: { ...anybody, customerGroups: ['club'] } })).toBe(
      'given',
    );
    expect(given({ countries: ['FR'] })).toBe('other-buyers');
    expect(given({ countries: ['FR'] }, { to: { country: 'FR' } })).toBe('given');
  });

  it('is asked for the first order of those who are known to have none', () => {
    const when = [{ type: 'first-order' } as const];
    expect(given({ when })).toBe('conditions');
    expect(given({ when }, { buyer: { ...anybody, isFirstOrder: true } })).toBe('given');
  });
});

describe('a condition', () => {
  it('asks for a subtotal before discounts in the currency of the cart', () => {
    const when = (currency: string) => [{ type: 'subtotal', atLeast: [{ amount: 1000, currency }] } as const];
    const first = promotion('a', [percent('50')], { priority: 1 });
    expect(taken([tea(1)], [first, promotion('b', [percent('50')], { when: when('EUR') })])).toEqual([750, 0]);
    expect(taken([tea(1)], [promotion('b', [percent('50')], { when: when('USD') })])).toEqual([0, 0]);
    expect(taken([tea(1, 999)], [promotion('b', [percent('50')], { when: when('EUR') })])).toEqual([0, 0]);
  });

  it('asks for units of what it names', () => {
    const when = [{ type: 'quantity', atLeast: 3, of: { categories: ['Tea'] } } as const];
    expect(taken([tea(3), pot(1)], [promotion('p', [percent('10', { skus: ['POT'] })], { when })])).toEqual([
      0, 300, 0,
    ]);
    expect(taken([tea(2), pot(1)], [promotion('p', [percent('10')], { when })])).toEqual([0, 0, 0]);
  });
});

describe('promotions together', () => {
  const off = (id: string, amount: string, others: Parameters<typeof promotion>[2] = {}) =>
    promotion(id, [percent(amount)], others);

  it('take off what the earlier ones left, the higher priority first, equal ones by their ids', () => {
    const amount = { type: 'amount-off', amounts: [eur(100)], of: {} } as const;
    const [a, b] = [promotion('a', [percent('50')]), promotion('b', [amount])];
    expect(taken([tea(1)], [b, a])).toEqual([600, 0]);
    expect(taken([tea(1)], [{ promotion: { ...b.promotion, priority: 1 } }, a])).toEqual([550, 0]);
  });

  it('are given where each accepts the other', () => {
    const [club, sale] = [
      { group: 'club', combines: ['sale'] },
      { group: 'sale', combines: ['club'] },
    ];
    expect(taken([tea(1)], [off('a', '10', club), off('b', '10', sale)])).toEqual([190, 0]);
    expect(taken([tea(1)], [off('a', '10', club), off('b', '10', { group: 'sale', combines: [] })])).toEqual([100, 0]);
    expect(taken([tea(1)], [off('a', '10', club), off('b', '10')])).toEqual([100, 0]);
    expect(taken([tea(1)], [off('a', '10', { combines: ['club'] }), off('b', '10', club)])).toEqual([100, 0]);
  });

  it('leave the buyer one that combines with none where it alone saves more', () => {
    const alone = off('z', '30', { combines: 'none' });
    expect(taken([tea(1)], [off('a', '10'), off('b', '10'), alone])).toEqual([300, 0]);
    expect(taken([tea(1)], [off('a', '20'), off('b', '20'), alone, off('y', '31', { combines: 'none' })])).toEqual([
      360, 0,
    ]);
    // As much is saved either way: those that go together stay.
    const { promotions } = price(policy, [tea(1)], { offers: [off('a', '30'), alone] }).promotions;
    expect(promotions.map(({ promotionId }) => promotionId)).toEqual(['a']);
  });

  it('count what they save on shipping', () => {
    const free = promotion('z', [{ type: 'free-shipping' }], { combines: 'none' });
    expect(taken([tea(1)], [off('a', '10'), free])).toEqual([0, 500]);
  });

  it('that have nothing to take off keep no other out', () => {
    const nothing = promotion('a', [percent('10', { skus: ['NONE'] })], { priority: 9, combines: [] });
    expect(taken([tea(1)], [nothing, off('b', '10')])).toEqual([100, 0]);
  });
});

describe('what is said of promotions', () => {
  it('is what each took off on each level, with the code of its coupon', () => {
    const both = promotion('p', [percent('10'), percent('10', 'order'), percent('50', 'shipping')], {
      trigger: 'coupon',
    });
    const { lines, shipping, promotions } = price(policy, [tea(1), pot(1)], { offers: [{ ...both, code: 'TEN' }] });
    const said = { promotionId: 'p', name: 'The p', code: 'TEN' };
    expect(promotions.promotions).toEqual([
      { ...said, level: 'line', amount: eur(400) },
      { ...said, level: 'order', amount: eur(360) },
      { ...said, level: 'shipping', amount: eur(250) },
    ]);
    expect(lines.map(({ discounts }) => discounts)).toEqual([
      [{ ...said, amount: eur(190) }],
      [{ ...said, amount: eur(570) }],
    ]);
    expect(shipping.discounts).toEqual([{ ...said, amount: eur(250) }]);
  });

  it('is why the others took nothing off', () => {
    const when = [{ type: 'quantity', atLeast: 9 } as const];
    const offers = [
      promotion('given', [percent('10')], { priority: 1, group: 'g', combines: ['g'] }),
      promotion('channel', [percent('10')], { channels: ['app'] }),
      promotion('few', [percent('10')], { when }),
      promotion('other', [percent('10')]),
      promotion('alone', [percent('5')], { combines: 'none' }),
      promotion('nothing', [percent('10', { skus: ['NONE'] })], { group: 'g', combines: ['g'] }),
    ];
    expect(price(policy, [tea(1)], { offers }).promotions.outcomes).toEqual([
      null,
      'other-buyers',
      'conditions',
      'combination',
      'combination',
      'nothing-to-discount',
    ]);
  });

  it('is that one could not be worked out; what it took off before is given back and the others are given', () => {
    const broken = promotion('broken', [percent('10'), percent('ten')], { priority: 1 });
    const { lines, promotions } = price(policy, [tea(1)], { offers: [broken, promotion('p', [percent('10')])] });
    expect(lines[0]?.discounts).toMatchObject([{ promotionId: 'p', amount: eur(100) }]);
    expect(promotions.outcomes).toEqual(['failed', null]);
  });

  it('is a hint at what is missing where an automatic promotion lacks one condition', () => {
    const subtotal = { type: 'subtotal', atLeast: [eur(2500)] } as const;
    const quantity = { type: 'quantity', atLeast: 3, of: { skus: ['TEA'] } } as const;
    const hints = (others: Parameters<typeof promotion>[2]) =>
      price(policy, [tea(1)], { offers: [promotion('p', [percent('10')], others)] }).promotions.hints;
    const of = { promotionId: 'p', name: 'The p' };
    expect(hints({ when: [subtotal] })).toEqual([{ ...of, missing: eur(1500) }]);
    expect(hints({ when: [quantity] })).toEqual([{ ...of, missing: { quantity: 2 } }]);
    expect(hints({ when: [{ type: 'quantity', atLeast: 1 }, quantity] })).toEqual([
      { ...of, missing: { quantity: 2 } },
    ]);
    for (const when of [[subtotal, quantity], [{ type: 'first-order' } as const], []])
      expect(hints({ when })).toEqual([]);
    expect(hints({ when: [{ type: 'subtotal', atLeast: [] }] })).toEqual([]);
    expect(hints({ when: [subtotal], trigger: 'coupon' })).toEqual([]);
    expect(hints({ when: [subtotal], countries: ['FR'] })).toEqual([]);
  });
});

it('is taken off before tax', () => {
  const { lines, totals } = price(taxing([vat('0.19', true)]), [tea(1, 1190)], {
    offers: [promotion('p', [percent('50')])],
    to: germany,
  });
  expect(lines).toMatchObject([{ discount: eur(595), net: eur(500), gross: eur(595) }]);
  expect(totals).toMatchObject({ discount: eur(595), taxIncluded: eur(95), total: eur(595) });
});
