import fc from 'fast-check';
import {
  addMoney,
  allocate,
  compareMoney,
  money,
  multiplyByRate,
  multiplyMoney,
  sameMoney,
  subtractMoney,
  sumMoney,
  zero,
} from './index.js';

const eur = (amount: number) => money(amount, 'EUR');
const most = Number.MAX_SAFE_INTEGER;
const small = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('money', () => {
  it('adds, subtracts and multiplies minor units', () => {
    expect(addMoney(eur(199), eur(1))).toEqual({ amount: 200, currency: 'EUR' });
    expect(subtractMoney(eur(199), eur(200))).toEqual(eur(-1));
    expect(multiplyMoney(eur(108), 3)).toEqual(eur(324));
    expect(sumMoney([eur(1), eur(2), eur(3)], 'EUR')).toEqual(eur(6));
    expect(sumMoney([], 'JPY')).toEqual(zero('JPY'));
  });

  it('has no negative zero, which JSON would lose', () => {
    expect(Object.is(multiplyMoney(eur(-5), 0).amount, 0)).toBe(true);
    expect(Object.is(allocate(eur(-1), [0, 1])[0]?.amount, 0)).toBe(true);
  });

  it('compares amounts of one currency', () => {
    expect(compareMoney(eur(1), eur(2))).toBe(-1);
    expect(compareMoney(eur(2), eur(2))).toBe(0);
    expect(compareMoney(eur(3), eur(2))).toBe(1);
    expect(sameMoney(eur(2), eur(2))).toBe(true);
    expect(sameMoney(eur(2), money(2, 'USD'))).toBe(false);
  });

  it.each([
    ['added', () => addMoney(eur(1), money(1, 'USD'))],
    ['subtracted', () => subtractMoney(eur(1), money(1, 'USD'))],
    ['compared', () => compareMoney(eur(1), money(1, 'USD'))],
    ['summed', () => sumMoney([eur(1), money(1, 'USD')], 'EUR')],
  ])('is never %s across currencies', (_, operation) => {
    expect(operation).toThrow(RangeError);
  });

  it.each([
    ['a fraction', () => eur(0.5)],
    ['a sum', () => addMoney(eur(most), eur(1))],
    ['a difference', () => subtractMoney(eur(-most), eur(1))],
    ['a product', () => multiplyMoney(eur(most), 2)],
    ['a product with a fraction', () => multiplyMoney(eur(2), 0.5)],
    ['a sum of many', () => sumMoney([eur(most), eur(1), eur(-1)], 'EUR')],
    ['a product with a rate', () => multiplyByRate(eur(most), '1.5', 'half-up')],
  ])('refuses %s that is no safe integer', (_, operation) => {
    expect(operation).toThrow(RangeError);
  });

  it('sums exactly, in any order', () => {
    fc.assert(
      fc.property(fc.array(small), (amounts) => {
        const exact = Number(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
        expect(sumMoney(amounts.map(eur), 'EUR').amount).toBe(exact);
        expect(sumMoney(amounts.toReversed().map(eur), 'EUR').amount).toBe(exact);
      }),
    );
  });
});

describe('multiplying by a rate', () => {
  it.each([
    [324, '0.19', 'half-even', 62],
    [108, '0.19', 'half-even', 21],
    [50, '0.01', 'half-even', 0],
    [150, '0.01', 'half-even', 2],
    [250, '0.01', 'half-even', 2],
    [50, '0.01', 'half-up', 1],
    [250, '0.01', 'half-up', 3],
    [-250, '0.01', 'half-even', -2],
    [1000, '0', 'half-up', 0],
    [1000, '1', 'half-even', 1000],
    [100_000, '0.09975', 'half-even', 9975],
  ] as const)('%i at %s is, %s, %i', (amount, rate, mode, expected) => {
    expect(multiplyByRate(eur(amount), rate, mode)).toEqual(eur(expected));
  });

  it('is exact where doubles are not', () => {
    expect(multiplyByRate(eur(9_007_199_254_740_991), '0.1', 'half-even').amount).toBe(900_719_925_474_099);
    expect(multiplyByRate(eur(165), '1.7', 'half-even').amount).toBe(280);
  });

  it('is never more than half a minor unit off, and at a half even or up', () => {
    const permille = fc.integer({ min: 0, max: 3000 });
    fc.assert(
      fc.property(fc.nat(), permille, fc.constantFrom('half-even', 'half-up'), (amount, rate, mode) => {
        const text = `${Math.floor(rate / 1000)}.${String(rate % 1000).padStart(3, '0')}`;
        const result = BigInt(multiplyByRate(eur(amount), text, mode).amount);
        const off = result * 1000n - BigInt(amount) * BigInt(rate);
        expect(off >= -500n && off <= 500n).toBe(true);
        if (off === 500n || off === -500n) expect(mode === 'half-even' ? result % 2n === 0n : off > 0n).toBe(true);
      }),
    );
  });

  it.each(['', '19%', '-0.1', '1e2', '.5', '0.', ' 0.1', '0,19', '0.12345678901'])('refuses the rate "%s"', (rate) => {
    expect(() => multiplyByRate(eur(1), rate, 'half-even')).toThrow(RangeError);
  });
});

describe('allocating', () => {
  const parts = (total: number, weights: number[]) => allocate(eur(total), weights).map((part) => part.amount);

  it('gives what is left over to the largest remainders, the earlier of equal ones first', () => {
    expect(parts(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(parts(5, [1, 1, 1, 1])).toEqual([2, 1, 1, 1]);
    expect(parts(10, [1, 5, 4])).toEqual([1, 5, 4]);
    expect(parts(1, [1, 98, 1])).toEqual([0, 1, 0]);
    expect(parts(101, [3, 3, 94])).toEqual([3, 3, 95]);
    expect(parts(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  });

  it('gives nothing to a weight of zero', () => {
    expect(parts(7, [0, 3, 0, 4])).toEqual([0, 3, 0, 4]);
  });

  it.each([[[]], [[0, 0]], [[1, -1]], [[0.5, 0.5]]])('refuses the weights %j', (weights) => {
    expect(() => allocate(eur(1), weights)).toThrow(RangeError);
  });

  it('sums exactly to the whole, and no part is a whole unit off its share', () => {
    const weights = fc.array(fc.nat(), { minLength: 1, maxLength: 20 }).filter((all) => all.some((each) => each > 0));
    fc.assert(
      fc.property(fc.integer({ min: -most, max: most }), weights, (total, shares) => {
        const all = parts(total, shares);
        const weight = shares.reduce((sum, share) => sum + BigInt(share), 0n);
        expect(all.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total));
        all.forEach((part, index) => {
          const off = BigInt(part) * weight - BigInt(total) * BigInt(shares[index] ?? 0);
          expect(off < weight && off > -weight).toBe(true);
        });
      }),
    );
  });
});
