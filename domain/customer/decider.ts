import { accept } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import type { CustomerCommand, NoteConfirmedOrder } from './commands.js';
import type { CustomerEvent } from './events.js';

/** An account, by what it has bought; one that nothing is recorded of is new. */
export type CustomerState = { readonly status: 'new' } | { readonly status: 'buyer'; readonly firstOrderId: string };

const initialState = (): CustomerState => ({ status: 'new' });

function evolve(state: CustomerState, { type, data }: CustomerEvent): CustomerState {
  switch (type) {
    case 'customer.first-order-confirmed.v1':
      return { status: 'buyer', firstOrderId: data.orderId };
    default:
      return type satisfies never;
  }
}

/** Whether no order of the account was ever confirmed. */
export const isNew = ({ status }: CustomerState): boolean => status === 'new';

export function noteConfirmedOrder(
  { customerId, orderId }: NoteConfirmedOrder,
  state: CustomerState,
): Decision<CustomerEvent> {
  if (!isNew(state)) return accept();
  return accept({ type: 'customer.first-order-confirmed.v1', data: { customerId, orderId } });
}

export const customerDecider: Decider<CustomerState, CustomerCommand, CustomerEvent> = {
  initialState,
  decide: noteConfirmedOrder,
  evolve,
};

/** Stream `customer-{customerId}`, of one event at most. */
export const customerAggregate: Aggregate<CustomerState, CustomerCommand, CustomerEvent> = {
  category: 'customer',
  decider: customerDecider,
};
