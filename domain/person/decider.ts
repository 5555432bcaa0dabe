import { accept, refuse } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import type { ForgetPerson, PersonCommand } from './commands.js';
import type { PersonEvent, PersonForgotten } from './events.js';

export interface PersonState {
  status: 'known' | 'forgotten';
  /** Ids of carts, orders and payments that an event has named. */
  readonly named: Set<string>;
}

const initialState = (): PersonState => ({ status: 'known', named: new Set() });

function evolve(state: PersonState, { data }: PersonEvent): PersonState {
  state.status = 'forgotten';
  for (const id of [...data.carts, ...data.orders, ...data.payments]) state.named.add(id);
  return state;
}

/** Most ids of each kind in one event: a person who bought every day for years has more than an event should hold. */
const MOST_IDS = 1000;
/** Most orders that a refusal names. */
const MOST_ORDERS_NAMED = 10;

export function forgetPerson(command: ForgetPerson, state: PersonState): Decision<PersonEvent> {
  const { personId, traces, openOrders } = command;
  if (openOrders.length > 0) {
    return refuse('CUSTOMER.HAS_OPEN_ORDERS', 'Orders are under way, or money is held for them.', {
      orders: openOrders.slice(0, MOST_ORDERS_NAMED),
    });
  }
  const isNew = (id: string): boolean => !state.named.has(id);
  const left = {
    carts: traces.carts.filter(isNew),
    orders: traces.orders.filter(isNew),
    payments: traces.payments.filter(isNew),
  };
  const most = Math.max(left.carts.length, left.orders.length, left.payments.length);
  if (most === 0 && state.status === 'forgotten') return accept();
  const events: PersonForgotten[] = [];
  for (let from = 0; from === 0 || from < most; from += MOST_IDS) {
    const part = (ids: readonly string[]): readonly string[] => ids.slice(from, from + MOST_IDS);
    const named = { carts: part(left.carts), orders: part(left.orders), payments: part(left.payments) };
    events.push({ type: 'person.forgotten.v1', data: { personId, ...named } });
  }
  return accept(...events);
}

export const personDecider: Decider<PersonState, PersonCommand, PersonEvent> = {
  initialState,
  decide: forgetPerson,
  evolve,
};

/** Stream `person-{personId}`; it begins when the person is forgotten. */
export const personAggregate: Aggregate<PersonState, PersonCommand, PersonEvent> = {
  category: 'person',
  decider: personDecider,
};
