import { mock } from 'node:test';
import { Registry } from 'prom-client';
import { type Position, positionOfNumber } from '../../shared/position.js';
import { registerProjectionMetrics, registerSagaMetrics } from './index.js';

const NOW = Date.parse('2026-11-02T10:00:00.000Z');
const FOURTH = positionOfNumber(4);
const LONG_AGO = new Date(NOW - 90_000).toISOString();

let registry: Registry;
beforeEach(() => {
  registry = new Registry();
  mock.method(Date, 'now', () => NOW);
});
afterEach(() => mock.restoreAll());

const shown = async (name: string): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith(`${name}{`));

const model = (name: string, lag: number, position: Position | null) => ({
  name,
  lag,
  position,
  parked: 0,
  state: 'live',
});

it('a read model is as late as the first event is old that it has not seen', async () => {
  const asked: (Position | null)[] = [];
  registerProjectionMetrics(registry, {
    status: async () => [
      model('carts', 3, FOURTH),
      model('orders', 0, positionOfNumber(7)),
      model('stock', 3, FOURTH),
      model('new', 7, null),
    ],
    recordedAfter: async (position) => {
      asked.push(position);
      return position === FOURTH ? LONG_AGO : null;
    },
  });
  expect(await shown('cartwright_projection_lag_seconds')).toEqual([
    'cartwright_projection_lag_seconds{model="carts"} 90',
    'cartwright_projection_lag_seconds{model="orders"} 0',
    'cartwright_projection_lag_seconds{model="stock"} 90',
    'cartwright_projection_lag_seconds{model="new"} 0',
  ]);
  expect(asked).toEqual([FOURTH, null]);
});

it('is never late by less than nothing, where the clock was set back', async () => {
  const status = async () => [model('carts', 1, FOURTH)];
  registerProjectionMetrics(registry, { status, recordedAfter: async () => '2026-11-02T10:00:01.000Z' });
  expect(await shown('cartwright_projection_lag_seconds')).toEqual([
    'cartwright_projection_lag_seconds{model="carts"} 0',
  ]);
});

it('the oldest saga of each phase shows its age, one that has not begun none', async () => {
  const phases = () => [
    { saga: 'checkout', phase: 'authorizing', instances: 2, since: LONG_AGO },
    { saga: 'checkout', phase: 'new', instances: 1, since: null },
  ];
  registerSagaMetrics(registry, { phases, status: () => ({ work: 0 }) });
  expect(await shown('cartwright_saga_oldest_seconds')).toEqual([
    'cartwright_saga_oldest_seconds{saga="checkout",phase="authorizing"} 90',
  ]);
});
