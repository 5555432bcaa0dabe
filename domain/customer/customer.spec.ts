import { given } from '../shared/test-support/index.js';
import { customerDecider, isNew } from './index.js';
import type { CustomerEvent, NoteConfirmedOrder } from './index.js';

const customers = given(customerDecider);
const confirmed = (orderId: string): NoteConfirmedOrder => ({
  type: 'note-confirmed-order',
  customerId: 'ann',
  orderId,
});
const first: CustomerEvent = {
  type: 'customer.first-order-confirmed.v1',
  data: { customerId: 'ann', orderId: 'o-1' },
};

describe('a customer', () => {
  it('is new until an order of theirs is confirmed, and never again', () => {
    expect(isNew(customers.state())).toBe(true);
    expect(isNew(customers.events(first).state())).toBe(false);
  });

  it('has one first order, however often and of whichever order it is said', () => {
    customers.when(confirmed('o-1')).thenOnce(first);
    customers.events(first).when(confirmed('o-2')).then();
  });
});
