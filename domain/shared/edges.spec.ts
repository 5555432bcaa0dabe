import { v5 } from 'uuid';
import { asciiDomain, normalEmail } from './email-address.js';
import { deriveId } from './ids.js';
import { allocate, multiplyMoney } from './money.js';
import { isRate, parseRate } from './rounding.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const amounts = (total: number, ...weights: readonly number[]) =>
  allocate(usd(total), weights).map(({ amount }) => amount);

describe('what is spread by largest remainder', () => {
  it('goes to the largest remainder, not to the largest weight', () => {
    expect(amounts(2, 2, 1)).toEqual([1, 1]);
  });

  it('goes to the earlier of equal remainders', () => {
    expect(amounts(2, 1, 1, 1, 1)).toEqual([1, 1, 0, 0]);
    expect(amounts(3, 1, 1, 1, 1, 1)).toEqual([1, 1, 1, 0, 0]);
  });

  it.each([[[1, -1]], [[-2, 5]], [[0.5, 1]], [[Number.NaN, 1]], [[2 ** 53, 1]]])(
    'takes no weights such as %j',
    (weights) => {
      expect(() => allocate(usd(10), weights)).toThrow('weights are whole numbers from 0 on');
    },
  );
});

test('no times any amount is 0, and never −0', () => {
  expect(Object.is(multiplyMoney(usd(-5), 0).amount, 0)).toBe(true);
});

test('a rate may have several digits before its point', () => {
  expect(isRate('12.5')).toBe(true);
  expect(parseRate('12.5')).toEqual({ numerator: 125n, denominator: 10n });
});

describe('an id that follows from another', () => {
  const parent = '5d1f0c9e-6a0b-4c53-9c61-0f6f3f1e7a42';

  it.each([`x${parent}`, `${parent}0`, `${parent}\n`])('follows from a UUID and nothing else: not from %j', (other) => {
    expect(() => deriveId(other, 'name')).toThrow(TypeError);
  });

  it.each([47, 48, 49, 150, 1_000])(
    'is the same as anybody makes it, of a name of %i characters of three bytes',
    (length) => {
      const name = `${'ตั'.repeat(length / 2)}.`;
      expect(deriveId(parent, name)).toBe(v5(name, parent));
    },
  );
});

describe('the domain of an address', () => {
  const ofLength = (length: number): string => `${'a.'.repeat((length - 3) / 2)}com`;

  it('has 253 characters at most', () => {
    expect(asciiDomain(ofLength(253))).toBe(ofLength(253));
    expect(asciiDomain(ofLength(255))).toBeNull();
  });

  it.each(['x@bücher.de', 'bücher.de/x', 'bücher.de:80', 'example.org_', 'example.org.', 'a％b.de'])(
    'is nothing that only holds one: %s',
    (domain) => expect(asciiDomain(domain)).toBeNull(),
  );

  it('may have labels of one character', () => {
    expect(asciiDomain('X.example.org')).toBe('x.example.org');
  });
});

describe('what is no address', () => {
  it.each([
    ['Example.org', 'example.org'],
    ['A@no host', 'a@no host'],
    ['@BÜCHER.de', '@xn--bcher-kva.de'],
  ])('is brought to lower case: %s', (text, normal) => expect(normalEmail(text)).toBe(normal));
});
