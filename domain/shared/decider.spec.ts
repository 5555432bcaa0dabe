import { accept, deriveId, refuse, streamOf } from './index.js';

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

  it('derived from an id are the same every time and differ by name and parent', () => {
    const parent = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
    const other = '7d444841-9dc0-11d1-b245-5ffdce74fad2';
    const id = deriveId(parent, 'order');
    expect(deriveId(parent, 'order')).toBe(id);
    expect(new Set([id, deriveId(parent, 'payment'), deriveId(other, 'order')]).size).toBe(3);
  });
});
