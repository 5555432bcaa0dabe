import { before, daysOf, lastDays, monthsUpTo } from './periods.js';

describe('the days of a report', () => {
  it('have both ends', () => {
    expect(daysOf({ from: '2026-02-27', to: '2026-03-01' })).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(daysOf({ from: '2026-03-01', to: '2026-03-01' })).toEqual(['2026-03-01']);
    expect(daysOf({ from: '2026-03-02', to: '2026-03-01' })).toEqual([]);
  });

  it('are compared with as many right before them', () => {
    expect(before({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-01-29', to: '2026-02-28' });
  });

  it('end today in the time zone of the shop', () => {
    const now = new Date('2026-03-01T02:00:00Z');
    expect(lastDays(7, now, 'UTC')).toEqual({ from: '2026-02-23', to: '2026-03-01' });
    expect(lastDays(7, now, 'America/New_York')).toEqual({ from: '2026-02-22', to: '2026-02-28' });
  });

  it('are whole months up to that of a day', () => {
    expect(monthsUpTo('2026-03-15', 3)).toEqual([
      { from: '2026-01-01', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-03-01', to: '2026-03-31' },
    ]);
    expect(monthsUpTo('2026-01-01', 2)[0]).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });
});
