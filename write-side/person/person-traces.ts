import type { CartCheckedOut } from '../../domain/cart/index.js';
import type { PaymentRequested } from '../../domain/payment/index.js';
import type { PersonForgotten, PersonTraces } from '../../domain/person/index.js';
import type { DomainEvent } from '../../domain/shared/index.js';
import { asEvent, type EventStore } from '../../infra/event-store/index.js';

type Telling = CartCheckedOut | PaymentRequested;

const TELLING = ['cart.checked-out.v1', 'payment.requested.v1'] as const satisfies readonly Telling['type'][];
const FORGOTTEN = ['person.forgotten.v1'] as const satisfies readonly PersonForgotten['type'][];

type Log = Pick<EventStore, 'readAll'>;

interface Collected {
  readonly carts: Set<string>;
  readonly orders: Set<string>;
  readonly payments: Set<string>;
}

/** Lists the persons who were forgotten so far. */
export async function forgottenPersons(log: Log): Promise<ReadonlySet<string>> {
  const persons = new Set<string>();
  for await (const { data } of eventsOf<PersonForgotten>(log, FORGOTTEN)) persons.add(data.personId);
  return persons;
}

/**
 * Finds the customers who are one of these persons: those who bought with the addresses of these persons alone. A customer who
 * bought with another address too may have bought a present.
 */
export async function customersAmong(log: Log, persons: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const customers = new Set<string>();
  const checkouts = (): AsyncGenerator<CartCheckedOut> => eventsOf<CartCheckedOut>(log, ['cart.checked-out.v1']);
  for await (const { data } of checkouts()) {
    if (data.customerId !== undefined && persons.has(data.personId)) customers.add(data.customerId);
  }
  if (customers.size === 0) return customers;
  for await (const { data } of checkouts()) {
    if (data.customerId !== undefined && !persons.has(data.personId)) customers.delete(data.customerId);
  }
  return customers;
}

/** Collects what the log has of these persons; read models may be behind the log. */
export async function tracesOf(log: Log, persons: ReadonlySet<string>): Promise<ReadonlyMap<string, PersonTraces>> {
  const found = new Map<string, Collected>();
  for (const personId of persons) found.set(personId, { carts: new Set(), orders: new Set(), payments: new Set() });
  for await (const { type, data } of eventsOf<Telling>(log, TELLING)) {
    const traces = found.get(data.personId);
    if (traces === undefined) continue;
    traces.orders.add(data.orderId);
    if (type === 'cart.checked-out.v1') traces.carts.add(data.cartId);
    else traces.payments.add(data.paymentId);
  }
  return new Map([...found].map(([personId, traces]) => [personId, listed(traces)]));
}

const listed = ({ carts, orders, payments }: Collected): PersonTraces => ({
  carts: [...carts],
  orders: [...orders],
  payments: [...payments],
});

/** Reads the events of these types from the whole log. */
async function* eventsOf<Event extends DomainEvent>(log: Log, types: readonly Event['type'][]): AsyncGenerator<Event> {
  for await (const event of log.readAll({ filter: { types } })) yield asEvent<Event>(event);
}
