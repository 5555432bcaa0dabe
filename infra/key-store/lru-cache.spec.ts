import { LruCache } from './lru-cache.js';

describe('LRU cache', () => {
  it('lets go of what was used longest ago, and of no more', () => {
    const cache = new LruCache<number>(2);
    cache.set('one', 1);
    cache.set('two', 2);
    expect(cache.get('one')).toBe(1);
    cache.set('three', 3);
    expect([cache.get('one'), cache.get('two'), cache.get('three')]).toEqual([1, undefined, 3]);
  });

  it('holds a key once however often it is set', () => {
    const cache = new LruCache<number>(2);
    cache.set('one', 1);
    cache.set('two', 2);
    cache.set('two', 3);
    expect([cache.get('one'), cache.get('two')]).toEqual([1, 3]);
  });
});
