import { Differences } from './differences.js';

const between = (before: object, after: object) =>
  new Differences({
    name: 'Name',
    zones: 'Zone',
    rates: 'Rate',
    rate: ['percent', (rate) => `${rate} %`],
    price: 'Price',
  })
    .between(before, after)
    .map(({ name, before: was, after: is }) => `${name}: ${was} → ${is}`);

describe('what is different between two documents', () => {
  it('is told member by member, and nothing where nothing is', () => {
    const zones = [{ name: 'DE', rates: [{ name: 'VAT', rate: '0.19' }] }];
    expect(between({ name: 'a', zones }, { name: 'a', zones: structuredClone(zones) })).toEqual([]);
    const changed = [{ name: 'DE', rates: [{ name: 'VAT', rate: '0.2' }] }];
    expect(between({ name: 'a', zones }, { zones: changed })).toEqual([
      'Name: a → nothing',
      'Zone DE › Rate VAT › percent: 0.19 % → 0.2 %',
    ]);
  });

  it('is one row where one was put between others', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name }));
    expect(between({ zones: [a, c] }, { zones: [a, b, c] })).toEqual(['Zone b: nothing → Name b']);
    expect(between({ zones: [] }, { zones: [a, b] })).toEqual(['Zone a: nothing → Name a', 'Zone b: nothing → Name b']);
    expect(between({ zones: [a, b, c] }, { zones: [b, c] })).toEqual(['Zone a: Name a → nothing']);
  });

  it('has money as money', () => {
    expect(between({ cost: { amount: 500, currency: 'USD' } }, { cost: { amount: 500, currency: 'JPY' } })).toEqual([
      'cost: $5.00 → ¥500',
    ]);
    const rate = (price: number) => ({ rates: [{ currency: 'EUR', price }] });
    expect(between(rate(495), rate(0))).toEqual(['Rate 1 › Price: €4.95 → €0.00']);
  });

  it('tells lists, choices and what holds for everything in words', () => {
    expect(between({ c: ['AT'], t: true, of: {} }, { c: ['AT', 'DE'], t: false, of: { skus: ['1'] } })).toEqual([
      'c: AT → AT, DE',
      't: yes → no',
      'of › skus: nothing → 1',
    ]);
  });
});
