import { hash } from 'node:crypto';
import { blockEnd, CHAIN_BLOCK, ChainEnd, chainStart } from './chain-end.js';

const hashes = Array.from({ length: 2 * CHAIN_BLOCK + 3 }, (_, index) => hash('sha256', `event ${index}`));
const start = chainStart('a-log');

/** The chain after so many events that one writer took in. */
function after(count: number): ChainEnd {
  const end = new ChainEnd(start);
  for (const each of hashes.slice(0, count)) end.add(each);
  return end;
}

describe('the end of the chain', () => {
  it('is another one after each event', () => {
    expect(new Set(hashes.map((_, index) => after(index).chain)).size).toBe(hashes.length);
    expect(after(0).chain).toBe(start);
  });

  it.each([1, CHAIN_BLOCK - 1, CHAIN_BLOCK, CHAIN_BLOCK + 1])(
    'is the same where another writer goes on after %i events',
    (count) => {
      const next = new ChainEnd(after(count).block);
      for (const each of hashes.slice(blockEnd(count))) next.add(each);
      expect(next.chain).toBe(after(hashes.length).chain);
      expect(next.block).toBe(after(hashes.length).block);
    },
  );

  it('tells of every hash that is another one', () => {
    const whole = after(hashes.length).chain;
    for (const at of [0, CHAIN_BLOCK - 1, CHAIN_BLOCK, hashes.length - 1]) {
      const end = new ChainEnd(start);
      for (const [index, each] of hashes.entries()) end.add(index === at ? hash('sha256', 'other') : each);
      expect(end.chain).not.toBe(whole);
    }
  });
});
