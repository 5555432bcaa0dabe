import { agoText } from './dates.js';

describe('times on a page', () => {
  const now = Date.parse('2026-03-02T12:00:00Z');
  it.each([
    ['2026-03-02T11:59:30Z', 'just now'],
    ['2026-03-02T12:00:05Z', 'just now'],
    ['2026-03-02T11:58:00Z', '2 minutes ago'],
    ['2026-03-02T09:01:00Z', '2 hours ago'],
    ['2026-03-01T12:00:00Z', 'yesterday'],
  ])('says of %s how long ago it was', (at, text) => {
    expect(agoText(at, now)).toBe(text);
  });
});
