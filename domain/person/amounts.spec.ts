import { given } from '../shared/test-support/index.js';
import { personDecider } from './index.js';

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `c-${index}`);
const forget = (carts: readonly string[], openOrders: readonly string[] = []) =>
  ({ type: 'forget-person', personId: 'p-1', traces: { carts, orders: [], payments: [] }, openOrders }) as const;

describe('forgetting somebody', () => {
  it('names ten of many open orders', () => {
    given(personDecider)
      .when(forget([], ids(11)))
      .refused('CUSTOMER.HAS_OPEN_ORDERS', { orders: ids(10) });
  });

  it('has an event for as many traces as one takes, and another from the next one on', () => {
    const eventsOf = (count: number): number => {
      const decision = personDecider.decide(forget(ids(count)), personDecider.initialState());
      return decision.accepted ? decision.events.length : 0;
    };
    expect([1_000, 1_001, 2_000, 2_001].map(eventsOf)).toEqual([1, 2, 2, 3]);
  });
});
