import { normalEmail } from '../../infra/shared/email-address.js';
import type { JsonObject } from '../../domain/shared/index.js';
import { isDay, utcOf } from '../../infra/http/index.js';
import type { DocumentQuery, FieldValue } from '../../infra/shared/document-query.js';
import { numberKey } from '../../projections/order/index.js';
import { attentionAt } from '../../domain/order/index.js';
import type { OrderStatus } from '../../domain/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { queryName } from '../shared/index.js';

export interface OrderFilter {
  readonly status?: OrderStatus | undefined;
  readonly email?: string | undefined;
  readonly sku?: string | undefined;
  readonly reference?: string | undefined;
  /** In any case, with or without its dashes. */
  readonly orderNumber?: string | undefined;
  /** Whether a person is needed. */
  readonly attention?: boolean | undefined;
  /** Of the customer who is signed in. */
  readonly customerId?: string | undefined;
  /** Days or RFC 3339 times, inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The plan of a list, newest first: the most selective index, and the other filters applied to each document. */
export interface OrderListPlan {
  /** Cursors are good for this list alone. */
  readonly name: string;
  readonly query: Omit<DocumentQuery, 'after' | 'limit'>;
  readonly accepts: ((order: OrderDocument) => boolean) | undefined;
  /** Whether an order belongs to the list by all that never changes of it, apart from when it was placed. */
  readonly belongs: (order: OrderDocument) => boolean;
}

/** Whether an order needs a person at a time, in milliseconds since the epoch. */
const needsPerson = (order: OrderDocument, now: number): boolean =>
  order.needsAttention === true && attentionAt(order, now).length > 0;

/** A filter by equality: its index, and the same question asked of a document. */
interface Narrowing {
  /** Undefined where no index has it: then it is only asked of documents. */
  readonly index: string | undefined;
  readonly value: FieldValue;
  /** Whether it holds for ever once it does. */
  readonly lasts: boolean;
  readonly holds: (order: OrderDocument) => boolean;
}

/** @param now milliseconds since the epoch */
export function planOrderList(filter: OrderFilter, now: number): OrderListPlan {
  const { status, email, sku, reference, orderNumber, attention, customerId, from, to } = filter;
  const filters: JsonObject = { status, email, sku, reference, orderNumber, attention, customerId, from, to };
  const narrowings = narrowingsOf(filter, now);
  const lasting = narrowings.filter(({ lasts }) => lasts);
  const first = narrowings.find(({ index }) => index !== undefined);
  // Not every order of the index of those that need a person needs one yet.
  const others = narrowings.filter((narrowing) => narrowing !== first || narrowing.index === 'by-attention');
  const range = placedBetween(from, to);
  return {
    name: queryName('orders', filters),
    query: {
      ...(first?.index === undefined ? { index: 'by-placed' } : { index: first.index, equals: [first.value] }),
      ...(range === undefined ? {} : { range }),
      direction: 'descending',
    },
    accepts: others.length === 0 ? undefined : (order) => others.every(({ holds }) => holds(order)),
    belongs: (order) => lasting.every(({ holds }) => holds(order)),
  };
}

/** What every filter together says of an order, at a time in milliseconds since the epoch. */
export function acceptsOrder(filter: OrderFilter, now: number): (order: OrderDocument) => boolean {
  const narrowings = narrowingsOf(filter, now);
  const { gte, lte } = placedBetween(filter.from, filter.to) ?? {};
  return (order) =>
    (gte === undefined || order.placedAt >= String(gte)) &&
    (lte === undefined || order.placedAt <= String(lte)) &&
    narrowings.every(({ holds }) => holds(order));
}

/** The most selective first. */
function narrowingsOf(filter: OrderFilter, now: number): Narrowing[] {
  const { orderNumber, reference, email, customerId, sku } = filter;
  const found: Narrowing[] = [];
  if (orderNumber !== undefined) {
    const key = numberKey(orderNumber);
    found.push({ index: 'by-number', value: key, lasts: true, holds: (order) => order.numberKey === key });
  }
  if (reference !== undefined) {
    const holds = (order: OrderDocument) => order.reference === reference;
    found.push({ index: 'by-reference', value: reference, lasts: true, holds });
  }
  if (email !== undefined) {
    const key = normalEmail(email);
    found.push({ index: 'by-email', value: key, lasts: true, holds: (order) => order.emailKey === key });
  }
  if (customerId !== undefined) {
    const holds = (order: OrderDocument) => order.customerId === customerId;
    found.push({ index: 'by-customer', value: customerId, lasts: true, holds });
  }
  if (sku !== undefined) {
    const holds = (order: OrderDocument) => order.lines.some((line) => line.sku === sku);
    found.push({ index: 'by-sku', value: sku, lasts: true, holds });
  }
  return [...found, ...passingNarrowings(filter, now)];
}

/** Filters on fields that change, less selective than the others. */
function passingNarrowings({ status, attention }: OrderFilter, now: number): Narrowing[] {
  const found: Narrowing[] = [];
  if (attention !== undefined) {
    const holds = (order: OrderDocument) => needsPerson(order, now) === attention;
    found.push({ index: attention ? 'by-attention' : undefined, value: true, lasts: false, holds });
  }
  if (status !== undefined) {
    found.push({ index: 'by-status', value: status, lasts: false, holds: (order) => order.status === status });
  }
  return found;
}

const END_OF_DAY = 'T23:59:59.999Z';

function placedBetween(from: string | undefined, to: string | undefined): DocumentQuery['range'] {
  if (from === undefined && to === undefined) return undefined;
  return {
    ...(from === undefined ? {} : { gte: utcOf(from) }),
    ...(to === undefined ? {} : { lte: isDay(to) ? `${to}${END_OF_DAY}` : utcOf(to) }),
  };
}
