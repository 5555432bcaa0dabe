import { percentOff, pot, taken, tea, twoMethods } from './test-support/discounted-cart.js';
import { anybody, eur, germany, price, promotion, taxing, vat } from './test-support/pricing-examples.js';

describe('whom a promotion is for', () => {
  const given = (others: Parameters<typeof promotion>[2], pricing: Parameters<typeof price>[2] = {}) => {
    const { totals, promotions } = price(twoMethods, [tea(1)], {
      offers: [promotion('p', [percentOff('10')], others)],
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
    const first = promotion('a', [percentOff('50')], { priority: 1 });
    expect(taken([tea(1)], [first, promotion('b', [percentOff('50')], { when: when('EUR') })])).toEqual([750, 0]);
    expect(taken([tea(1)], [promotion('b', [percentOff('50')], { when: when('USD') })])).toEqual([0, 0]);
    expect(taken([tea(1, 999)], [promotion('b', [percentOff('50')], { when: when('EUR') })])).toEqual([0, 0]);
  });

  it('asks for units of what it names', () => {
    const when = [{ type: 'quantity', atLeast: 3, of: { categories: ['Tea'] } } as const];
    expect(taken([tea(3), pot(1)], [promotion('p', [percentOff('10', { skus: ['POT'] })], { when })])).toEqual([
      0, 300, 0,
    ]);
    expect(taken([tea(2), pot(1)], [promotion('p', [percentOff('10')], { when })])).toEqual([0, 0, 0]);
  });
});

describe('promotions together', () => {
  const off = (id: string, amount: string, others: Parameters<typeof promotion>[2] = {}) =>
    promotion(id, [percentOff(amount)], others);

  it('take off what the earlier ones left, the higher priority first, equal ones by their ids', () => {
    const amount = { type: 'amount-off', amounts: [eur(100)], of: {} } as const;
    const [a, b] = [promotion('a', [percentOff('50')]), promotion('b', [amount])];
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
    const { promotions } = price(twoMethods, [tea(1)], { offers: [off('a', '30'), alone] }).promotions;
    expect(promotions.map(({ promotionId }) => promotionId)).toEqual(['a']);
  });

  it('count what they save on shipping', () => {
    const free = promotion('z', [{ type: 'free-shipping' }], { combines: 'none' });
    expect(taken([tea(1)], [off('a', '10'), free])).toEqual([0, 500]);
  });

  it('that have nothing to take off keep no other out', () => {
    const nothing = promotion('a', [percentOff('10', { skus: ['NONE'] })], { priority: 9, combines: [] });
    expect(taken([tea(1)], [nothing, off('b', '10')])).toEqual([100, 0]);
  });
});

describe('what is said of promotions', () => {
  it('is what each took off on each level, with the code of its coupon', () => {
    const both = promotion('p', [percentOff('10'), percentOff('10', 'order'), percentOff('50', 'shipping')], {
      trigger: 'coupon',
    });
    const { lines, shipping, promotions } = price(twoMethods, [tea(1), pot(1)], { offers: [{ ...both, code: 'TEN' }] });
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
      promotion('given', [percentOff('10')], { priority: 1, group: 'g', combines: ['g'] }),
      promotion('channel', [percentOff('10')], { channels: ['app'] }),
      promotion('few', [percentOff('10')], { when }),
      promotion('other', [percentOff('10')]),
      promotion('alone', [percentOff('5')], { combines: 'none' }),
      promotion('nothing', [percentOff('10', { skus: ['NONE'] })], { group: 'g', combines: ['g'] }),
    ];
    expect(price(twoMethods, [tea(1)], { offers }).promotions.outcomes).toEqual([
      null,
      'other-buyers',
      'conditions',
      'combination',
      'combination',
      'nothing-to-discount',
    ]);
  });

  it('is that one could not be worked out; what it took off before is given back and the others are given', () => {
    const broken = promotion('broken', [percentOff('10'), percentOff('ten')], { priority: 1 });
    const { lines, promotions } = price(twoMethods, [tea(1)], { offers: [broken, promotion('p', [percentOff('10')])] });
    expect(lines[0]?.discounts).toMatchObject([{ promotionId: 'p', amount: eur(100) }]);
    expect(promotions.outcomes).toEqual(['failed', null]);
    expect(promotions.failures).toEqual([{ promotionId: 'broken', error: expect.stringContaining('ten') }]);
  });

  it.each<[string, object]>([
    ['an effect', { then: [{ type: 'double', of: 'order' }] }],
    ['a condition', { when: [{ type: 'quantity', atLeast: 99 }, { type: 'full-moon' }] }],
    ['no conditions at all', { when: null }],
  ])('is that one of a version to come has %s that is not known', (_, terms) => {
    const broken = { promotion: { ...promotion('broken', [percentOff('10')]).promotion, ...terms } };
    const offers = [broken, promotion('p', [percentOff('10')])];
    const { lines, promotions } = price(twoMethods, [tea(1)], { offers });
    expect(lines[0]?.discounts).toMatchObject([{ promotionId: 'p', amount: eur(100) }]);
    expect([promotions.outcomes, promotions.hints]).toEqual([['failed', null], []]);
    expect(promotions.failures).toEqual([{ promotionId: 'broken', error: expect.stringContaining('TypeError') }]);
  });

  it('is a hint at what is missing where an automatic promotion lacks one condition', () => {
    const subtotal = { type: 'subtotal', atLeast: [eur(2500)] } as const;
    const quantity = { type: 'quantity', atLeast: 3, of: { skus: ['TEA'] } } as const;
    const hints = (others: Parameters<typeof promotion>[2]) =>
      price(twoMethods, [tea(1)], { offers: [promotion('p', [percentOff('10')], others)] }).promotions.hints;
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
    offers: [promotion('p', [percentOff('50')])],
    to: germany,
  });
  expect(lines).toMatchObject([{ discount: eur(595), net: eur(500), gross: eur(595) }]);
  expect(totals).toMatchObject({ discount: eur(595), taxIncluded: eur(95), total: eur(595) });
});
