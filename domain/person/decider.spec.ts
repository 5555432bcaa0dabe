import { given } from '../shared/test-support/index.js';
import type { PersonEvent, PersonTraces } from './index.js';
import { personDecider } from './index.js';

const person = given(personDecider);
const NOTHING: PersonTraces = { carts: [], orders: [], payments: [] };

const forgotten = (named: Partial<PersonTraces>): PersonEvent => ({
  type: 'person.forgotten.v1',
  data: { personId: 'p', ...NOTHING, ...named },
});
const forget = (traces: Partial<PersonTraces>, openOrders: readonly string[] = []) => ({
  type: 'forget-person' as const,
  personId: 'p',
  traces: { ...NOTHING, ...traces },
  openOrders,
});

describe('a person', () => {
  it('is forgotten with what they bought', () => {
    const traces = { carts: ['c1'], orders: ['o1'], payments: ['y1', 'y2'] };
    person.events().when(forget(traces)).then(forgotten(traces));
  });

  it('is forgotten who never bought anything', () => {
    person.events().when(forget({})).then(forgotten({}));
  });

  it('is forgotten once, however often it is asked for', () => {
    const traces = { carts: ['c1'], orders: ['o1'], payments: ['y1'] };
    person.events(forgotten(traces)).when(forget(traces)).then();
    person.events(forgotten({})).when(forget({})).then();
  });

  it('is forgotten again with what turned up since, and with that alone', () => {
    person
      .events(forgotten({ carts: ['c1'], orders: ['o1'] }))
      .when(forget({ carts: ['c1', 'c2'], orders: ['o1', 'o2'] }))
      .then(forgotten({ carts: ['c2'], orders: ['o2'] }));
  });

  it('is not forgotten while orders are under way', () => {
    person
      .events()
      .when(forget({ orders: ['o1', 'o2'] }, ['o2']))
      .refused('CUSTOMER.HAS_OPEN_ORDERS', { orders: ['o2'] });
  });

  it('is forgotten in events of a bounded size', () => {
    const orders = Array.from({ length: 2001 }, (_, n) => `o${n}`);
    person
      .events()
      .when(forget({ orders, carts: ['c'] }))
      .then(
        forgotten({ orders: orders.slice(0, 1000), carts: ['c'] }),
        forgotten({ orders: orders.slice(1000, 2000) }),
        forgotten({ orders: orders.slice(2000) }),
      );
  });
});
