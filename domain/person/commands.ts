import type { PersonForgotten } from './events.js';

/** Ids of the carts, orders and payments that the log has of a person. */
export type PersonTraces = Omit<PersonForgotten['data'], 'personId'>;

/**
 * Forgets a person. Refused `CUSTOMER.HAS_OPEN_ORDERS`; satisfied when the person was forgotten with all ids that are named
 * here. A purchase that is recorded at the same time is forgotten by the next repetition of the command.
 */
export interface ForgetPerson {
  readonly type: 'forget-person';
  readonly personId: string;
  readonly traces: PersonTraces;
  /** The orders among them that are under way or for which money is held. */
  readonly openOrders: readonly string[];
}

export type PersonCommand = ForgetPerson;
