import { durationText } from './durations.js';

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [350, '350 ms'],
    [1_000, '1 s'],
    [250_000, '4 min 10 s'],
    [3_600_000, '1 h'],
    [183_600_000, '2 d 3 h'],
    [86_400_000 + 59_000, '1 d'],
  ])('of %i ms is told by the two units that say the most', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
