import { instantOf, wallTime } from './shop-times.js';

const ZONE = 'Europe/Vienna';

describe('times that are typed', () => {
  it('are those of a clock in the shop, in summer and in winter', () => {
    expect(instantOf('2026-07-01T00:00', ZONE)).toBe('2026-06-30T22:00:00Z');
    expect(instantOf('2026-12-01T00:00', ZONE)).toBe('2026-11-30T23:00:00Z');
    expect(wallTime('2026-06-30T22:00:00.000Z', ZONE)).toBe('2026-07-01T00:00');
    expect(wallTime('2026-07-31T21:59:59.999Z', ZONE)).toBe('2026-07-31T23:59:59');
  });

  it('are times also where clocks are put forward or back', () => {
    expect(instantOf('2026-03-29T02:30', ZONE)).toBe('2026-03-29T01:30:00Z');
    expect(instantOf('2026-10-25T02:30', ZONE)).toBe('2026-10-25T00:30:00Z');
  });
});
