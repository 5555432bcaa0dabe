import fc from 'fast-check';
import { giftCardCodeOf, giftCardIdOf } from './gift-card-code.js';

const secret = Buffer.from('a secret of this spec');
const codeOf = (seed: string) => giftCardCodeOf(secret, seed);
const idOf = (text: string) => giftCardIdOf(secret, text);

describe('the code of a gift card', () => {
  it('has four groups of four characters that are not mistaken for each other, and is the same again', () => {
    fc.assert(
      fc.property(fc.uuid(), (seed) => {
        expect(codeOf(seed)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(codeOf(seed)).toBe(codeOf(seed));
      }),
    );
  });

  it('is another for another seed, and for another secret', () => {
    const codes = Array.from({ length: 2_000 }, (_, n) => codeOf(`seed-${n}`));
    expect(new Set(codes).size).toBe(codes.length);
    expect(giftCardCodeOf(Buffer.from('another'), 'seed-0')).not.toBe(codes[0]);
  });

  it('uses every character in every place', () => {
    const seen = Array.from({ length: 16 }, () => new Set<string>());
    for (let n = 0; n < 2_000; n++) [...codeOf(`${n}`).replaceAll('-', '')].forEach((one, at) => seen[at]?.add(one));
    expect(seen.map(({ size }) => size)).toEqual(seen.map(() => 32));
  });
});

describe('the id of a gift card', () => {
  it('is found by its code in any case, with or without hyphens and blanks', () => {
    const code = codeOf('seed');
    const id = idOf(code);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const wide = [...code].map((one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)).join('');
    const typings = [code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `, wide];
    for (const typed of [...typings, code.replaceAll('-', '\u2013')]) expect(idOf(typed)).toBe(id);
  });

  it('takes O for 0, and I and L for 1', () => {
    expect(idOf('OOOO-iIlL-2222-3333')).toBe(idOf('0000-1111-2222-3333'));
  });

  it('is another for another code, and for another secret', () => {
    expect(idOf('0000-1111-2222-3334')).not.toBe(idOf('0000-1111-2222-3333'));
    expect(giftCardIdOf(Buffer.from('another'), '0000-1111-2222-3333')).not.toBe(idOf('0000-1111-2222-3333'));
  });

  it.each(['', '0000', '0000-1111-2222-333', '0000-1111-2222-33333', '0000-1111-2222-333U', '0000-1111-2222-333!'])(
    'is not there for %p, which is no code',
    (text) => {
      expect(idOf(text)).toBeNull();
    },
  );
});
