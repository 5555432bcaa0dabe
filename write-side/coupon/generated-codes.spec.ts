import { CODE_ALPHABET } from '../../domain/coupon/index.js';
import { generatedCodes } from './generated-codes.js';

const secret = Buffer.from('a secret for specs alone');

function codes(count: number, batchId = 'batch-1', length = 12, of = secret): readonly string[] {
  const source = generatedCodes(of, batchId, { prefix: 'VIP-', length });
  return Array.from({ length: count }, () => source.next().value);
}

describe('generated codes', () => {
  it('follow from the secret and the batch, in the same order', () => {
    expect(codes(100)).toEqual(codes(200).slice(0, 100));
    expect(codes(1, 'batch-2')).not.toEqual(codes(1));
    expect(codes(1, 'batch-1', 12, Buffer.from('another'))).not.toEqual(codes(1));
  });

  it('come each once, however short they are', () => {
    expect(new Set(codes(700, 'batch-1', 2)).size).toBe(700);
  });

  it('have every character equally often', () => {
    const counts = new Map<string, number>();
    for (const code of codes(20_000))
      for (const letter of code.slice(4)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect([...counts.keys()].sort().join('')).toBe(CODE_ALPHABET);
    const expected = (20_000 * 12) / CODE_ALPHABET.length;
    // Five standard deviations.
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });
});
