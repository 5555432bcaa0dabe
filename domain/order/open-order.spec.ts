import { given } from '../shared/test-support/index.js';
import { isOpenOrder, orderDecider } from './index.js';
import {
  cancelled,
  completed,
  confirmed,
  createdAt,
  delivered,
  opened,
  rejected,
  shipped,
} from './test-support/an-order.js';

const shippedAt = Date.parse(createdAt);
const DAY = 24 * 3_600_000;
const pending = given(orderDecider).events(opened);
const sold = pending.events(confirmed);
const partly = sold.events(shipped(1, { TEA: 1 }));
const wholly = sold.events(shipped(1, { TEA: 3, POT: 2 }, true));

describe('an order', () => {
  it.each([
    ['pending', pending],
    ['confirmed', sold],
    ['partially-shipped', partly],
    ['shipped', wholly],
  ])('that is %s is open', (status, order) => {
    expect(order.state()).toMatchObject({ status });
    expect(isOpenOrder(order.state(), shippedAt)).toBe(true);
  });

  it.each([
    ['rejected', pending.events(rejected)],
    ['cancelled', sold.events(cancelled(true))],
    ['delivered', wholly.events(delivered(1, true))],
    ['completed', wholly.events(delivered(1, true), completed)],
  ])('that is %s is not', (status, order) => {
    expect(order.state()).toMatchObject({ status });
    expect(isOpenOrder(order.state(), shippedAt)).toBe(false);
  });

  it('that shipped in parts is open while one of them may still come, however old another is', () => {
    const sixtyDaysLater = new Date(shippedAt + 60 * DAY).toISOString();
    const second = shipped(2, { POT: 2 }, true);
    const parts = sold.events(shipped(1, { TEA: 3 }), {
      ...second,
      data: { ...second.data, createdAt: sixtyDaysLater },
    });
    expect(isOpenOrder(parts.state(), shippedAt + 60 * DAY)).toBe(true);
    expect(isOpenOrder(parts.events(delivered(2)).state(), shippedAt + 60 * DAY)).toBe(false);
    expect(isOpenOrder(parts.events(delivered(1)).state(), shippedAt + 60 * DAY)).toBe(true);
  });

  it('that was shipped 60 days ago has come, or was given up; one with something still to ship has not', () => {
    expect(isOpenOrder(wholly.state(), shippedAt + 60 * DAY - 1)).toBe(true);
    expect(isOpenOrder(wholly.state(), shippedAt + 60 * DAY)).toBe(false);
    expect(isOpenOrder(partly.state(), shippedAt + 60 * DAY)).toBe(true);
  });
});
