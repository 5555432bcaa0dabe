import type { ReserveStock, StockReserved } from './index.js';
import { given } from '../shared/test-support/index.js';
import { inventorySnapshot } from './state.js';
import type { InventoryState } from './state.js';
import { reserve } from './test-support/commands.js';
import {
  adjusted,
  committed,
  decidingWithoutAvailable,
  received,
  released,
  reserved,
  sku,
} from './test-support/stock.js';

const stock = given(decidingWithoutAvailable);
const hundred = stock.events(received(100));

const SHORT = 'INVENTORY.INSUFFICIENT_STOCK';
const asked = (orderId: string, quantity: number, others: Partial<ReserveStock> = {}): ReserveStock => ({
  ...reserve(orderId, quantity),
  client: 'c',
  ...others,
});
const held = (orderId: string, quantity: number, others: Partial<StockReserved['data']> = {}): StockReserved => {
  const { type, data } = reserved(orderId, { default: quantity });
  return { type, data: { ...data, client: 'c', ...others } };
};
const readBack = (state: InventoryState) =>
  inventorySnapshot.read(JSON.parse(JSON.stringify(inventorySnapshot.write(state))));

describe('a client that has not paid', () => {
  const twice = hundred.events(held('o1', 8), held('o2', 8));

  it('is left at most ten units, or a fifth of a larger stock, over all its orders', () => {
    hundred.when(asked('o1', 20)).then(held('o1', 20));
    hundred.when(asked('o1', 21)).refused(SHORT, { sku, available: 20, requested: 21 });
    twice.when(asked('o3', 5)).refused(SHORT, { sku, available: 4, requested: 5 });
    twice
      .events(released('o1', { default: 8 }))
      .when(asked('o3', 12))
      .then(held('o3', 12));
    stock.events(received(12)).when(asked('o1', 10)).then(held('o1', 10));
    stock.events(received(12)).when(asked('o1', 11)).refused(SHORT, { sku, available: 10, requested: 11 });
    expect(readBack(twice.state())).toEqual(twice.state());
  });

  it('limits no other client, and an order without a client has no limit', () => {
    const client = 'another';
    twice.when(asked('o3', 16, { client })).then(held('o3', 16, { client }));
    twice.when(asked('o3', 17, { client })).refused(SHORT, { sku, available: 16, requested: 17 });
    twice.when(reserve('o3', 84)).then(reserved('o3', { default: 84 }));
  });

  it('is left none, not less than none, where the stock that its limit was a fifth of has shrunk', () => {
    const fewer = hundred.events(held('o1', 20), adjusted(-50));
    fewer.when(asked('o2', 1)).refused(SHORT, { sku, available: 0, requested: 1 });
  });

  it('is not known any more once it holds nothing', () => {
    const over = twice.events(released('o1', { default: 8 }), released('o2', { default: 8 }));
    expect(over.state().unsettled).toEqual(new Map());
  });
});

describe('orders that are known to be confirmed, or that ship', () => {
  const twice = hundred.events(held('o1', 8), held('o2', 8));

  it('do not count as what their client holds, and are recorded, so that nobody is asked about them again', () => {
    twice.when(asked('o3', 17, { settled: ['o1', 'o2'] })).refused(SHORT, { sku, available: 16, requested: 17 });
    twice.when(asked('o3', 16, { settled: ['o1', 'o2', 'other'] })).then(held('o3', 16, { settled: ['o1', 'o2'] }));
    const thrice = twice.events(held('o3', 9, { settled: ['o1'] }));
    thrice.when(asked('o4', 2)).refused(SHORT, { sku, available: 1, requested: 2 });
    thrice.when(asked('o4', 1, { settled: ['o1'] })).then(held('o4', 1));
    expect(thrice.events(committed('o2', 'o2.1', { default: 8 })).state().unsettled).toEqual(
      new Map([['c', new Map([['o3', 9]])]]),
    );
    const state = thrice.events(released('o1', { default: 8 }), released('o3', { default: 9 })).state();
    expect(state.unsettled).toEqual(new Map([['c', new Map([['o2', 8]])]]));
    expect(readBack(state)).toEqual(state);
  });

  it('are not recorded of a client that holds nothing', () => {
    hundred.when(asked('o1', 1, { settled: ['gone'] })).then(held('o1', 1));
  });
});
