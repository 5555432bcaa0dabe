import { randomUUID } from 'node:crypto';
import { isOpenOrder, orderAggregate } from '../../domain/order/index.js';
import { holdsMoney, paymentAggregate } from '../../domain/payment/index.js';
import { personAggregate } from '../../domain/person/index.js';
import type { ForgetPerson, PersonTraces } from '../../domain/person/index.js';
import type { Refusal } from '../../domain/shared/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type { KeyStore } from '../../infra/key-store/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { customersAmong, forgottenPersons, tracesOf } from './person-traces.js';

export interface ForgettingParts {
  /** The log; its personal data may stay sealed. */
  readonly log: Pick<EventStore, 'readAll'>;
  readonly keys: Pick<KeyStore, 'find' | 'keyOf' | 'forget'>;
  readonly executor: CommandExecutor;
  /** The actor that the log names. */
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** `unknown`: no person has the address, or the person was forgotten. `unlinked`: customers whose tokens no longer lead to them. */
export type Forgetting =
  | {
      readonly outcome: 'forgotten';
      readonly personId: string;
      readonly traces: PersonTraces;
      readonly unlinked: readonly string[];
    }
  | { readonly outcome: 'unknown'; readonly unlinked: readonly string[] }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

/**
 * Forgets the person of an address: records the event, with the ids of the documents that read models have of the person, destroys
 * the key, and unlinks the subjects of tokens from the customer ids in the log.
 * The next call finishes what was interrupted: the event is recorded before the key is destroyed, by which the person is found, and
 * all persons who were forgotten earlier are recorded once more, as they may have bought something in between.
 */
export async function forgetPerson(email: string, parts: ForgettingParts): Promise<Forgetting> {
  const { log, keys } = parts;
  const personId = await keys.find(email);
  let traces = NOTHING;
  if (personId !== null) {
    traces = (await tracesOf(log, new Set([personId]))).get(personId) ?? NOTHING;
    const refusal = await record(parts, { personId, traces, openOrders: await openOrders(parts, traces) });
    if (refusal !== null) return { outcome: 'refused', refusal };
    await keys.forget(personId);
  }
  const persons = await forgottenPersons(log);
  for (const [forgotten, found] of await tracesOf(log, persons)) {
    // A person whose key is still there bought again before the key was destroyed, and has to ask again.
    await record(parts, { personId: forgotten, traces: found, openOrders: [] });
  }
  const unlinked = await unlink(parts, await keys.find(email, 'subject'), await customersAmong(log, persons));
  return personId === null ? { outcome: 'unknown', unlinked } : { outcome: 'forgotten', personId, traces, unlinked };
}

/** Unlinks customers from their subjects and lists those that were still linked; `named` is the one whose subject is the address. */
async function unlink(
  { keys }: ForgettingParts,
  named: string | null,
  others: ReadonlySet<string>,
): Promise<readonly string[]> {
  const unlinked: string[] = [];
  for (const customerId of new Set(named === null ? others : [named, ...others])) {
    if ((await keys.keyOf(customerId)) === null) continue;
    await keys.forget(customerId);
    unlinked.push(customerId);
  }
  return unlinked;
}

const NOTHING: PersonTraces = { carts: [], orders: [], payments: [] };

/** Records that the person is forgotten; returns the refusal where the person may not be. */
async function record(
  { executor, actor }: ForgettingParts,
  facts: Omit<ForgetPerson, 'type'>,
): Promise<Refusal | null> {
  const commandId = randomUUID();
  const outcome = await executor.execute({
    aggregate: personAggregate,
    id: facts.personId,
    command: { type: 'forget-person', ...facts },
    context: { commandId, correlationId: commandId, causationId: null, actor, repeatable: false },
    answer: () => null,
  });
  if (outcome.kind === 'refused') return outcome.refusal;
  if (outcome.kind !== 'accepted') throw new Error(`person ${facts.personId} cannot be forgotten: ${outcome.kind}`);
  return null;
}

/** Lists the orders that are under way, that are not opened yet, or whose money is held. */
async function openOrders({ executor, now }: ForgettingParts, traces: PersonTraces): Promise<readonly string[]> {
  const open = new Set<string>();
  for (const orderId of traces.orders) {
    const isOpen = await executor.query(
      orderAggregate,
      orderId,
      (state) => state.status === 'none' || isOpenOrder(state, now),
    );
    if (isOpen) open.add(orderId);
  }
  for (const paymentId of traces.payments) {
    const holder = await executor.query(paymentAggregate, paymentId, (state) =>
      state.status !== 'none' && holdsMoney(state) ? state.terms.orderId : null,
    );
    if (holder !== null) open.add(holder);
  }
  return [...open];
}
