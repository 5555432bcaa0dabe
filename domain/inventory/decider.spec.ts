import { given } from '../shared/test-support/index.js';
import { inventoryAggregate, inventoryDecider, StockLevel, stockView, StockView } from './index.js';
import { inventorySnapshot } from './state.js';
import { adjust, commit, receive, release, releaseForGood, reserve } from './test-support/commands.js';
import {
  adjusted,
  closed,
  committed,
  decidingWithoutAvailable,
  received,
  released,
  reserved,
  sku,
} from './test-support/stock.js';

const stock = given(decidingWithoutAvailable);
const view = (state: ReturnType<typeof inventoryDecider.initialState>) => stockView(sku, state);

describe('receiving stock', () => {
  it('adds units to the location', () => {
    stock.when(receive(5)).then(received(5));
    expect(view(stock.events(received(5), received(2, 'north')).state())).toEqual({
      sku,
      onHand: 7,
      reserved: 0,
      available: 7,
      locations: [
        { location: 'default', onHand: 5, reserved: 0, available: 5 },
        { location: 'north', onHand: 2, reserved: 0, available: 2 },
      ],
    });
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('takes no %p units', (quantity) => {
    stock.when(receive(quantity)).refused('INVENTORY.INVALID_QUANTITY');
  });

  it('counts up to a trillion units over all locations and not one more', () => {
    stock.events(received(999_999_999_999)).when(receive(1, 'north')).then(received(1, 'north'));
    stock
      .events(received(999_999_999_999))
      .when(receive(2, 'north'))
      .refused('INVENTORY.QUANTITY_TOO_LARGE', { most: 1_000_000_000_000 });
  });
});

describe('adjusting stock', () => {
  it('adds or takes away, with a reason', () => {
    stock.when(adjust(3)).then(adjusted(3));
    stock.events(received(5)).when(adjust(-5)).then(adjusted(-5));
    expect(view(stock.events(received(5), adjusted(-2)).state())).toMatchObject({ onHand: 3, available: 3 });
  });

  it('never takes what is reserved at the location', () => {
    const some = stock.events(received(5), received(9, 'north'), reserved('o1', { default: 3 }));
    some.when(adjust(-2)).then(adjusted(-2));
    some.when(adjust(-3)).refused('INVENTORY.BELOW_RESERVED', {
      location: 'default',
      onHand: 5,
      reserved: 3,
      available: 2,
      requested: 3,
    });
    some.when(adjust(-5)).refused('INVENTORY.BELOW_RESERVED');
  });

  it('never takes more than lies at the location, whatever lies elsewhere', () => {
    const some = stock.events(received(5), received(9, 'north'));
    some.when(adjust(-6)).refused('INVENTORY.NOT_ENOUGH_AT_LOCATION', {
      location: 'default',
      onHand: 5,
      reserved: 0,
      available: 5,
      requested: 6,
    });
    some.when(adjust(-1, 'nowhere')).refused('INVENTORY.NOT_ENOUGH_AT_LOCATION');
  });

  it('takes no zero and no broken number', () => {
    stock.when(adjust(0)).refused('INVENTORY.INVALID_QUANTITY');
    stock.when(adjust(0.5)).refused('INVENTORY.INVALID_QUANTITY');
  });

  it('counts up to a trillion units as well', () => {
    const nearly = stock.events(received(999_999_999_999));
    nearly.when(adjust(1)).then(adjusted(1));
    nearly.when(adjust(2)).refused('INVENTORY.QUANTITY_TOO_LARGE');
  });
});

describe('reserving stock', () => {
  it('takes it from the location that has most', () => {
    const some = stock.events(received(5, 'a'), received(9, 'b'), reserved('o1', { b: 6 }));
    some.when(reserve('o2', 4)).thenOnce(reserved('o2', { a: 4 }));
    const unheld = stock.events(received(5, 'a'), received(9, 'b'));
    unheld.when(reserve('o1', 4)).then(reserved('o1', { b: 4 }));
  });

  it('takes it from the first by name where several have as much', () => {
    const some = stock.events(received(5, 'c'), received(5, 'a'), received(5, 'b'));
    some.when(reserve('o1', 5)).then(reserved('o1', { a: 5 }));
  });

  it('fills an order from several locations when none has enough alone', () => {
    const some = stock.events(received(2, 'a'), received(1, 'b'), received(3, 'c'));
    some.when(reserve('o1', 6)).then(reserved('o1', { c: 3, a: 2, b: 1 }));
    some.when(reserve('o1', 4)).then(reserved('o1', { c: 3, a: 1 }));
  });

  it('is refused when fewer are available, over all locations', () => {
    const some = stock.events(received(2, 'a'), received(3, 'b'), reserved('o1', { b: 2 }));
    some.when(reserve('o2', 3)).then(reserved('o2', { a: 2, b: 1 }));
    some.when(reserve('o2', 4)).refused('INVENTORY.INSUFFICIENT_STOCK', { sku, available: 3, requested: 4 });
    stock.when(reserve('o1', 1)).refused('INVENTORY.INSUFFICIENT_STOCK', { sku, available: 0, requested: 1 });
  });

  it('is satisfied when the order holds as many already, also after a part was shipped', () => {
    const held = stock.events(received(5), reserved('o1', { default: 3 }));
    held.when(reserve('o1', 3)).then();
    held
      .events(committed('o1', 'o1.1', { default: 1 }))
      .when(reserve('o1', 3))
      .then();
  });

  it('is refused when the order holds another quantity', () => {
    const held = stock.events(received(5), reserved('o1', { default: 3 }));
    held.when(reserve('o1', 2)).refused('INVENTORY.ALREADY_RESERVED', { reserved: 3, requested: 2 });
  });

  it('takes whole units only', () => {
    stock.events(received(5)).when(reserve('o1', 0)).refused('INVENTORY.INVALID_QUANTITY');
  });

  it('takes units off what is available and leaves them on hand', () => {
    const state = stock.events(received(5), received(1, 'a'), reserved('o1', { default: 3 })).state();
    expect(view(state)).toEqual({
      sku,
      onHand: 6,
      reserved: 3,
      available: 3,
      locations: [
        { location: 'a', onHand: 1, reserved: 0, available: 1 },
        { location: 'default', onHand: 5, reserved: 3, available: 2 },
      ],
    });
  });
});

describe('releasing a hold', () => {
  it('gives all of it back, once', () => {
    const held = stock.events(received(5, 'a'), received(1, 'b'), reserved('o1', { a: 5, b: 1 }));
    held.when(release('o1')).thenOnce(released('o1', { a: 5, b: 1 }));
    expect(view(held.events(released('o1', { a: 5, b: 1 })).state())).toMatchObject({ onHand: 6, available: 6 });
  });

  it('gives back only what was not shipped', () => {
    const shipped = [committed('o1', 'o1.1', { a: 2 })];
    stock
      .events(received(5, 'a'), reserved('o1', { a: 5 }), ...shipped)
      .when(release('o1'))
      .then(released('o1', { a: 3 }));
  });

  it('is satisfied when there is no hold', () => {
    stock.when(release('o1')).then();
  });

  it('for good leaves an order that was given nothing without a hold, also when there is stock', () => {
    const refused = stock.events(received(1), reserved('o1', { default: 1 }));
    refused.when(releaseForGood('o2')).thenOnce(closed('o2'));
    const over = refused.events(closed('o2'), released('o1', { default: 1 }));
    over.when(reserve('o2', 1)).refused('INVENTORY.HOLD_NOT_FOUND');
    over.when(reserve('o3', 1)).then(reserved('o3', { default: 1 }));
    expect(view(over.state())).toMatchObject({ onHand: 1, reserved: 0, available: 1 });
  });

  it('for good is remembered until an order is closed whose hold expires more than a day later', () => {
    const early = stock.events(received(1), closed('o1', '2026-11-01T10:00:00.000Z'));
    const late = early.events(closed('o2', '2026-11-02T10:00:00.000Z'));
    late.when(reserve('o1', 1)).refused('INVENTORY.HOLD_NOT_FOUND');
    const { closed: known } = late.events(closed('o3', '2026-11-02T10:00:00.001Z')).state();
    expect([...known.keys()]).toEqual(['o2', 'o3']);
  });
});

describe('committing shipped units', () => {
  const held = stock.events(received(5, 'b'), received(3, 'a'), reserved('o1', { b: 5, a: 2 }));

  it('takes them from the hold, first location first, and off the shelf', () => {
    held.when(commit('o1', 'o1.1', 6)).thenOnce(committed('o1', 'o1.1', { b: 5, a: 1 }));
    const state = held.events(committed('o1', 'o1.1', { b: 5, a: 1 })).state();
    expect(view(state)).toMatchObject({ onHand: 2, reserved: 1, available: 1 });
    expect(state.holds.get('o1')).toMatchObject({ allocations: [{ location: 'a', quantity: 1 }] });
  });

  it('names no location that gives nothing', () => {
    held.when(commit('o1', 'o1.1', 5)).then(committed('o1', 'o1.1', { b: 5 }));
  });

  it('takes the rest with later shipments, after which the hold has left the state', () => {
    const partly = held.events(committed('o1', 'o1.1', { b: 5, a: 1 }));
    partly.when(commit('o1', 'o1.2', 1)).then(committed('o1', 'o1.2', { a: 1 }));
    const state = partly.events(committed('o1', 'o1.2', { a: 1 })).state();
    expect(state.holds.size).toBe(0);
    expect(view(state).locations).toEqual([
      { location: 'a', onHand: 1, reserved: 0, available: 1 },
      { location: 'b', onHand: 0, reserved: 0, available: 0 },
    ]);
  });

  it('is satisfied when the shipment was taken before, as long as the hold lives', () => {
    const partly = held.events(committed('o1', 'o1.1', { b: 5 }), committed('o1', 'o1.2', { a: 1 }));
    partly.when(commit('o1', 'o1.1', 5)).then();
    partly.when(commit('o1', 'o1.2', 1)).then();
    const readBack = inventorySnapshot.read(JSON.parse(JSON.stringify(inventorySnapshot.write(partly.state()))));
    expect(readBack).toEqual(partly.state());
  });

  it('is refused without a hold, from one that was let go, and beyond what it has', () => {
    held.when(commit('o2', 'o2.1', 1)).refused('INVENTORY.HOLD_NOT_FOUND');
    held.when(commit('o1', 'o1.1', 8)).refused('INVENTORY.COMMIT_EXCEEDS_HOLD', { held: 7, requested: 8 });
    held.when(commit('o1', 'o1.1', 0)).refused('INVENTORY.INVALID_QUANTITY');
    stock
      .events(received(5), reserved('o1', { default: 1 }), released('o1', { default: 1 }))
      .when(commit('o1', 'o1.1', 1))
      .refused('INVENTORY.HOLD_NOT_FOUND');
  });
});

describe('the view of a SKU', () => {
  it('is all zero where nothing was ever received', () => {
    expect(view(stock.state())).toEqual({ sku, onHand: 0, reserved: 0, available: 0, locations: [] });
  });

  it('is of the shape that is published, in all and by location', () => {
    const shown = view(stock.events(received(5), received(1, 'a')).state());
    expect(StockView.pick(shown)).toEqual(shown);
    const { locations: _, ...level } = shown;
    expect(StockLevel.pick(level)).toEqual(level);
  });

  it('is folded from a stream of its own, which has snapshots', () => {
    expect(inventoryAggregate).toEqual({
      category: 'inventory',
      decider: inventoryDecider,
      snapshot: inventorySnapshot,
    });
  });
});
