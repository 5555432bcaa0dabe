import type { DomainEvent } from '../shared/decider.js';

// These types are the storage format of streams `customer-{customerId}`: never edit one, add a version and an upcaster.

/** An order of the account was confirmed, and none before it. The account has bought from then on, whatever becomes of the order. */
export type CustomerFirstOrderConfirmed = DomainEvent<
  'customer.first-order-confirmed.v1',
  { readonly customerId: string; readonly orderId: string }
>;

export type CustomerEvent = CustomerFirstOrderConfirmed;
