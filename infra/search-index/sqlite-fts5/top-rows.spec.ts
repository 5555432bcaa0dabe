import fc from 'fast-check';
import { TopRows } from './top-rows.js';

describe('the first rows of an order', () => {
  it('are those of the whole list sorted', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(5_000), { maxLength: 600 }),
        fc.integer({ min: 1, max: 150 }),
        (rows, limit) => {
          const top = new TopRows(limit, (a, b) => a - b);
          for (const row of rows) top.add(row);
          expect(top.sorted()).toEqual(rows.toSorted((a, b) => a - b).slice(0, limit));
        },
      ),
    );
  });
});
