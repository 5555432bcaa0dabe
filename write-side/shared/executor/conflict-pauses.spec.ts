import { ConflictPauses } from './conflict-pauses.js';

it('lets the first two conflicts be met again at once, pauses ever longer, and gives up in time', async () => {
  const pauses = new ConflictPauses(2_000);
  const waited: number[] = [];
  for (let goesOn = true; goesOn;) {
    const begin = performance.now();
    goesOn = await pauses.next();
    waited.push(performance.now() - begin);
  }
  // Two at once, then at least half of 5, 10, 20, 40 and 80 ms.
  for (const [index, least] of [0, 0, 2, 4, 9, 19].entries()) expect(waited[index]).toBeGreaterThan(least);
  expect(waited.length).toBeLessThan(30);
});
