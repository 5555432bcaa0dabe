import type { JsonObject, Money } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { jsonChanges } from '../../infra/shared/json-changes.js';
import { staffOrderView } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import type { Broken, InvariantName } from './invariants.js';

/** An order as it is read, with what the log has of it. */
export interface CheckedOrder {
  readonly orderId: string;
  /** What is read. */
  readonly doc: OrderDocument;
  /** What the log folds to, up to where the read model has come. */
  readonly folded: OrderDocument | null;
  /** Of its own stream. */
  readonly order: readonly RecordedEvent[];
  readonly payment: readonly RecordedEvent[];
  readonly shipments: readonly RecordedEvent[];
  /** Ids of all events that are about it. */
  readonly known: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A checkout gives up long before: after the time that its stock is held for, and once more as long. */
const LONGEST_CHECKOUT_MS = 30 * 60_000;
/** So many places of a difference are named. */
const NAMED = 3;

/** What of an order breaks an invariant. */
export const brokenIn = (checked: CheckedOrder): readonly Broken[] => [
  ...commandsOf(checked),
  ...moneyOf(checked),
  ...checkoutOf(checked),
  ...readModelOf(checked),
  ...causationOf(checked),
];

type Finding = readonly [detail: string, ...events: readonly (RecordedEvent | undefined)[]];

const broken = ({ orderId }: CheckedOrder, invariant: InvariantName, [detail, ...events]: Finding): Broken => ({
  invariant,
  resource: `orders/${orderId}`,
  detail,
  eventIds: events.flatMap((event) => (event === undefined ? [] : [event.id])),
});

/** Each stream has every revision, and the events of a command stand together: they were appended once. */
function commandsOf(checked: CheckedOrder): readonly Broken[] {
  return [checked.order, checked.payment].flatMap((events) => {
    const gap = events.find((event, index) => event.revision !== index);
    const lost =
      gap === undefined ? [] : [broken(checked, 'commands', [`${gap.stream} has a gap before ${gap.revision}`, gap])];
    return [...lost, ...appliedTwice(checked, events)];
  });
}

function appliedTwice(checked: CheckedOrder, events: readonly RecordedEvent[]): readonly Broken[] {
  const last = new Map<string, number>();
  const found: Broken[] = [];
  for (const [index, event] of events.entries()) {
    const { commandId } = event.metadata;
    const before = last.get(commandId);
    if (before !== undefined && before !== index - 1) {
      found.push(broken(checked, 'commands', [`a command was applied twice: ${event.type}`, events[before], event]));
    }
    last.set(commandId, index);
  }
  return found;
}

function moneyOf(checked: CheckedOrder): readonly Broken[] {
  const { doc, order, payment } = checked;
  const wrong = (detail: string): Broken => broken(checked, 'money', [detail, payment.at(-1) ?? order[0]]);
  const { subtotal, discount, shipping, tax, total } = doc.totals;
  const sum = subtotal.amount - discount.amount + shipping.amount + tax.amount;
  const lines = doc.lines.reduce((all, { lineTotal }) => all + lineTotal.amount, 0);
  const isSold = order.some(({ type }) => type === 'order.confirmed.v1');
  const isDead = doc.status === 'rejected' || doc.status === 'cancelled';
  const { tenders } = staffOrderView(doc);
  return [
    ...(sum === total.amount ? [] : [wrong(`the total is ${total.amount}, and its parts are ${sum}`)]),
    ...(lines === subtotal.amount ? [] : [wrong(`the lines are ${lines}, and the subtotal is ${subtotal.amount}`)]),
    ...tenders.flatMap((tender) => balanceOf(tender).map(wrong)),
    ...(!isSold && tenders.some(({ captured }) => captured.amount > 0)
      ? [wrong('money was taken and nothing sold')]
      : []),
    ...(isDead && doc.payment?.status === 'authorized'
      ? [wrong(`money is held for an order that is ${doc.status}`)]
      : []),
  ];
}

type Balance = Readonly<Record<'authorized' | 'captured' | 'refunded', Money>>;

function balanceOf({ authorized, captured, refunded }: Balance): readonly string[] {
  if (refunded.amount < 0) return [`less than nothing (${refunded.amount}) is refunded`];
  if (captured.amount < refunded.amount)
    return [`more is refunded (${refunded.amount}) than captured (${captured.amount})`];
  if (authorized.amount >= captured.amount) return [];
  return [`more is captured (${captured.amount}) than authorised (${authorized.amount})`];
}

function checkoutOf(checked: CheckedOrder): readonly Broken[] {
  const { doc, order, now } = checked;
  if (doc.status !== 'pending' || now - Date.parse(doc.placedAt) < LONGEST_CHECKOUT_MS) return [];
  return [broken(checked, 'checkouts', [`its checkout has not ended since ${doc.placedAt}`, order.at(-1)])];
}

function readModelOf(checked: CheckedOrder): readonly Broken[] {
  const { doc, folded, order } = checked;
  const paths = differing(doc, folded);
  if (paths.length === 0) return [];
  const detail = `what is read differs from what the log folds to at ${paths.slice(0, NAMED).join(', ')}`;
  return [broken(checked, 'read-models', [detail, order.at(-1)])];
}

/** JSON Pointers to where two documents differ; of texts that are the same to JSON, nowhere. */
export const differing = (read: object, folded: object | null): readonly string[] =>
  [...jsonChanges(asJson(read), folded && asJson(folded))].map(({ path }) => (path === '' ? '/' : path));

const asJson = (doc: object): JsonObject => JSON.parse(JSON.stringify(doc)) as JsonObject;

function causationOf(checked: CheckedOrder): readonly Broken[] {
  const { order, payment, shipments, known } = checked;
  return [...order, ...payment, ...shipments].flatMap((event) => {
    const { actor, commandId, causationId } = event.metadata;
    if (actor === '' || commandId === '') return [broken(checked, 'causation', [`nobody sent ${event.type}`, event])];
    if (causationId === null || known.has(causationId)) return [];
    return [broken(checked, 'causation', [`what caused ${event.type} is not in the log`, event])];
  });
}
