import { mock } from 'node:test';
import fc from 'fast-check';
import type { StockAt } from './stock-watch.js';
import { Shelf } from './test-support/shelf.js';

describe('what a watcher of stock is told', () => {
  it('is each SKU once, as it is now, however often it changed meanwhile', () => {
    const shelf = new Shelf();
    for (let round = 0; round < 1000; round += 1) shelf.change('tea');
    shelf.change('pot');
    const { watch } = shelf;
    expect([watch.take()?.counts.onHand, watch.take()?.counts.onHand, watch.take()]).toEqual([1000, 1001, undefined]);
  });

  it('has rising ids, and ends with the last state of every SKU, however slowly it is taken', () => {
    const step = fc.oneof(fc.constantFrom('tea', 'pot', 'cup'), fc.constant(null));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const shelf = new Shelf();
        const told: StockAt[] = [];
        const take = (): void => {
          const next = shelf.watch.take();
          if (next !== undefined) told.push(next);
        };
        for (const sku of steps) {
          if (sku === null) take();
          else shelf.change(sku);
        }
        for (let left = shelf.stock.size; left > 0; left -= 1) take();
        const ids = told.map(({ position }) => String(position));
        expect(ids).toEqual([...new Set(ids)].sort());
        const last = new Map(told.map((one) => [one.counts.sku, one]));
        expect(Object.fromEntries(last)).toEqual(Object.fromEntries(shelf.stock));
      }),
    );
  });

  it('calls at once for what changed before it was started, and then at every change', () => {
    const shelf = new Shelf();
    const onChange = mock.fn();
    shelf.change('tea');
    shelf.watch.start(onChange, () => undefined);
    shelf.change('tea');
    expect(onChange.mock.callCount()).toBe(2);
  });

  it.each([null, { code: 'READ_MODEL.PARKED', sku: 'tea' }] as const)(
    'ends once, also before it was started: %j',
    (parked) => {
      const shelf = new Shelf();
      const { watch } = shelf;
      const [onChange, onEnd] = [mock.fn(), mock.fn()];
      shelf.change('tea');
      watch.end(parked);
      watch.end(null);
      watch.start(onChange, onEnd);
      shelf.change('tea');
      watch.end(null);
      const ended = onEnd.mock.calls.map((call) => call.arguments);
      expect([onChange.mock.callCount(), ended, watch.take()]).toEqual([0, [[parked]], undefined]);
    },
  );
});
