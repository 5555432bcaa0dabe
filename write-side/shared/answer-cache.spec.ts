import { AnswerCache } from './answer-cache.js';

const answer = { status: 200, body: {}, revision: 0, position: null };
const HOUR = 60 * 60 * 1000;

describe('the cache of answers', () => {
  it('keeps an answer for a day', () => {
    let now = HOUR;
    const cache = new AnswerCache(10, () => now);
    cache.begin('c1', 'h');
    cache.end('c1', { answer });
    now = 25 * HOUR;
    expect(cache.find('c1')).toMatchObject({ requestHash: 'h', result: { answer } });
    now = 25 * HOUR + 1;
    expect(cache.find('c1')).toBeUndefined();
  });

  it('says when a request is still being answered, and forgets one that came to nothing', () => {
    const cache = new AnswerCache();
    cache.begin('c1', 'h');
    expect(cache.find('c1')).toMatchObject({ requestHash: 'h', result: null });
    cache.end('c1', null);
    expect(cache.find('c1')).toBeUndefined();
  });

  it('evicts the answer used longest ago when it is full', () => {
    const cache = new AnswerCache(2);
    for (const id of ['c1', 'c2', 'c3']) {
      cache.begin(id, 'h');
      cache.end(id, { answer });
    }
    expect(['c1', 'c2', 'c3'].map((id) => cache.find(id) !== undefined)).toEqual([false, true, true]);
  });

  it('evicts no request that is under way, however many were answered since', () => {
    const cache = new AnswerCache(1);
    cache.begin('slow', 'h');
    for (const id of ['c1', 'c2', 'c3']) {
      cache.begin(id, 'h');
      cache.end(id, { answer });
    }
    expect(cache.find('slow')).toMatchObject({ requestHash: 'h', result: null });
  });
});
