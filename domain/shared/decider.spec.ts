import { accept, refuse, streamOf } from './index.js';

describe('decisions', () => {
  it('accept with events, or with none when the command is satisfied', () => {
    expect(accept(1, 2)).toEqual({ accepted: true, events: [1, 2] });
    expect(accept()).toEqual({ accepted: true, events: [] });
  });

  it('refuse with a code, a sentence and, where there are any, members of their own', () => {
    expect(refuse('A.B', 'No.')).toEqual({ accepted: false, refusal: { code: 'A.B', detail: 'No.' } });
    expect('extra' in refuse('A.B', 'No.').refusal).toBe(false);
    expect(refuse('A.B', 'No.', { left: 1 }).refusal.extra).toEqual({ left: 1 });
  });
});

describe('names', () => {
  it('of streams begin with the category', () => {
    expect(streamOf('cart', 'c-1')).toBe('cart-c-1');
  });
});
