import { hash } from 'node:crypto';
import fc from 'fast-check';
import { PACK_DICTIONARY } from './pack-dictionary.js';
import { packData, unpackData } from './packed-data.js';

const order = (lines: number): string =>
  JSON.stringify({
    orderId: 'o-1',
    lines: Array.from({ length: lines }, (_, n) => ({
      lineId: String(n + 1),
      sku: `SKU-${n}`,
      quantity: 1,
      unitPrice: { amount: 100 * n, currency: 'USD' },
      discounts: [],
      taxes: [],
    })),
  });

/** An order of seven lines, as a log has it that was written with this dictionary. */
const PACKED =
  'pdbbCYAwEETRigKaZxF+ip/WYAX2HgZ0yYA46FZwwm64yfg3OgLi9tq8ddkCYqw79rie+wJdk7Uh40GywkYrLDQcSWvz9N9L5EHX' +
  'XnR4mTzo2ksOr5AHXXvZ4VXyoGuvOLxGHnTt1Y/efnY=';

describe('data of a log', () => {
  it('come back as they were, whatever they are', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.integer({ min: 1, max: 400 }), (json, times) => {
        const text = JSON.stringify(Array.from({ length: times }, () => json));
        expect(unpackData(packData(text))).toBe(text);
      }),
    );
  });

  it('come back after others, however long these were, and after some that were damaged', () => {
    const [short, long] = [Buffer.from(packData(order(30))), Buffer.from(packData(order(3_000)))];
    const damaged = [short.subarray(0, -9), Buffer.from(short).fill(0xff, 9, 20), Buffer.alloc(0)];
    for (const packed of damaged) {
      expect(() => unpackData(packed)).toThrow();
      expect([long, short].map(unpackData)).toEqual([order(3_000), order(30)]);
    }
  });

  it('are packed where they are long, an order to a fifth', () => {
    expect(packData(order(3))).toBe(order(3));
    expect(packData(order(30)).length).toBeLessThan(order(30).length / 5);
    expect(packData(order(7)).length).toBeLessThan(order(7).length / 4);
  });

  it('are read as they were packed once: the dictionary is part of the format', () => {
    expect(unpackData(Buffer.from(PACKED, 'base64'))).toBe(order(7));
  });

  it('are packed after a dictionary that never changes within a version of the schema', () => {
    expect(hash('sha256', PACK_DICTIONARY)).toBe('49f5366f57cfb6841f5ba8a8015708774401d8af0cbd4cd732e3bdd3e4196117');
  });
});
