import { jest } from '@jest/globals';
import fc from 'fast-check';
import { positionOfNumber } from '../../../infra/event-store/index.js';
import { StockWatch } from './stock-watch.js';
import type { StockAt } from './stock-watch.js';

/** A shelf whose stock is the number of its last change. */
function shop() {
  const stock = new Map<string, StockAt>();
  let number = 0;
  const watch = new StockWatch((sku) => stock.get(sku));
  const change = (sku: string): void => {
    number += 1;
    const counts = { sku, onHand: number, reserved: 0, available: number };
    stock.set(sku, { counts, position: positionOfNumber(number) });
    watch.changed(sku);
  };
  return { stock, watch, change };
}

describe('what a watcher of stock is told', () => {
  it('is each SKU once, as it is now, however often it changed meanwhile', () => {
    const { watch, change } = shop();
    for (let round = 0; round < 1000; round += 1) change('tea');
    change('pot');
    expect([watch.take()?.counts.onHand, watch.take()?.counts.onHand, watch.take()]).toEqual([1000, 1001, undefined]);
  });

  it('has rising ids, and ends with the last state of every SKU, however slowly it is taken', () => {
    const step = fc.oneof(fc.constantFrom('tea', 'pot', 'cup'), fc.constant(null));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { stock, watch, change } = shop();
        const told: StockAt[] = [];
        const take = (): void => {
          const next = watch.take();
          if (next !== undefined) told.push(next);
        };
        for (const sku of steps) {
          if (sku === null) take();
          else change(sku);
        }
        for (let left = stock.size; left > 0; left -= 1) take();
        const ids = told.map(({ position }) => String(position));
        expect(ids).toEqual([...new Set(ids)].sort());
        const last = new Map(told.map((one) => [one.counts.sku, one]));
        expect(Object.fromEntries(last)).toEqual(Object.fromEntries(stock));
      }),
    );
  });

  it('calls at once for what changed before it was started, and then at every change', () => {
    const { watch, change } = shop();
    const onChange = jest.fn();
    change('tea');
    watch.start(onChange, () => undefined);
    change('tea');
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it.each([null, { code: 'READ_MODEL.PARKED', sku: 'tea' }] as const)(
    'ends once, also before it was started: %j',
    (parked) => {
      const { watch, change } = shop();
      const [onChange, onEnd] = [jest.fn(), jest.fn()];
      change('tea');
      watch.end(parked);
      watch.end(null);
      watch.start(onChange, onEnd);
      change('tea');
      watch.end(null);
      expect([onChange.mock.calls, onEnd.mock.calls, watch.take()]).toEqual([[], [[parked]], undefined]);
    },
  );
});
