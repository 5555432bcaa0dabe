import { actorText, byDayAndTime, momentsOf, type Entry } from './timeline.js';

const entry = (stream: string, at: string, summary: string) => ({ stream, at, summary }) as Entry;

describe('the timeline of an order', () => {
  it('has a moment for each time since the order was placed, with all that happened then', () => {
    const entries = [
      entry('cart-1', '2026-03-01T09:00:00.000Z', 'Cart opened'),
      entry('inventory-A', '2026-03-01T09:30:00.000Z', 'Stock reserved'),
      entry('order-7', '2026-03-01T09:30:00.000Z', 'Order placed'),
      entry('payment-1', '2026-03-01T09:30:01.000Z', 'Payment authorised'),
      entry('order-7', '2026-03-01T09:30:01.000Z', 'Order confirmed'),
    ];
    expect(momentsOf(entries, '7')).toEqual([
      { at: '2026-03-01T09:30:00.000Z', titles: ['Stock reserved', 'Order placed'] },
      { at: '2026-03-01T09:30:01.000Z', titles: ['Payment authorised', 'Order confirmed'] },
    ]);
    expect(momentsOf(entries, 'other')).toEqual([]);
  });

  it('is told by days, and in groups of what happened at one time', () => {
    const entries = [
      entry('a', '2026-03-01T09:00:00.000Z', 'A'),
      entry('b', '2026-03-01T09:00:00.000Z', 'B'),
      entry('c', '2026-03-01T09:00:01.000Z', 'C'),
      entry('d', '2026-03-02T09:00:00.000Z', 'D'),
    ];
    const days = byDayAndTime(entries, (at) => at.slice(0, 10));
    expect(days.map(({ day, times }) => [day, times.map((group) => group.map(({ summary }) => summary))])).toEqual([
      ['2026-03-01', [['A', 'B'], ['C']]],
      ['2026-03-02', [['D']]],
    ]);
  });

  it.each([
    ['admin:alice', 'alice (admin)'],
    ['saga:checkout', 'the checkout process'],
    ['customer:72b822a6', 'the customer'],
    ['carrier', 'carrier'],
    ['support:a:b', 'a:b (support)'],
  ])('says who "%s" is', (actor, words) => {
    expect(actorText({ actor })).toBe(words);
  });

  it('calls customers by their name where it is known', () => {
    expect(actorText({ actor: 'customer:72b822a6', actorName: 'Ada' })).toBe('Ada (customer)');
  });
});
