import { SparseLines } from './sparse-lines.js';

describe('lines that come with every request', () => {
  it('are told one every ten seconds of a kind, with how many were left out', () => {
    const clock = { now: 0 };
    const lines = new SparseLines(() => clock.now);
    expect(lines.next('STORE.UNAVAILABLE')).toBe(0);
    expect(lines.next('STORE.UNAVAILABLE')).toBeNull();
    clock.now = 9_999;
    expect(lines.next('STORE.UNAVAILABLE')).toBeNull();
    expect(lines.next('SEARCH.UNAVAILABLE')).toBe(0);
    clock.now = 10_000;
    expect(lines.next('STORE.UNAVAILABLE')).toBe(2);
    clock.now = 20_000;
    expect(lines.next('STORE.UNAVAILABLE')).toBe(0);
  });
});
