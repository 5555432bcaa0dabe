import type { Logger } from 'pino';
import type { CommandExecutor } from '../../write-side/shared/index.js';
import type { Dispatch } from '../../sagas/index.js';
import { ATTENTION_CODES } from '../../domain/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import type { Carrier } from '../carrier/index.js';
import { isErrorCode } from '../http/index.js';
import { aroundCalls, type AroundCall, type PaymentProvider } from '../payment-provider/index.js';
import type { ReadStore } from '../read-store/index.js';
import type { CommerceMetrics } from '../telemetry/metrics/index.js';

// What is told of orders and money to those who operate the shop, around the parts that do it.

const secondsSince = (begin: number): number => (performance.now() - begin) / 1000;

/** A provider whose calls are timed and counted by what they came to. */
export function observedProvider(provider: PaymentProvider, metrics: CommerceMetrics): PaymentProvider {
  const timed: AroundCall = async (operation, call) => {
    const begin = performance.now();
    let outcome = 'error';
    try {
      const answer = await call();
      ({ outcome } = answer);
      return answer;
    } finally {
      metrics.providerAnswered(operation, outcome, secondsSince(begin));
    }
  };
  return aroundCalls(provider, timed);
}

export const observedCarrier = (carrier: Carrier, metrics: CommerceMetrics): Carrier => ({
  book: async (consignment) => {
    const begin = performance.now();
    let outcome = 'error';
    try {
      const booking = await carrier.book(consignment);
      outcome = 'succeeded';
      return booking;
    } finally {
      metrics.carrierAnswered(outcome, secondsSince(begin));
    }
  },
});

/** Codes of a provider that nobody listed are one series: it could make any number of them. */
const boundedCode = (code: string): string => (isErrorCode(code) ? code : 'other');

/** Counts what sagas brought orders to, and warns where one needs a person. */
export function observedDispatch(dispatch: Dispatch, metrics: CommerceMetrics, logger: Pick<Logger, 'warn'>): Dispatch {
  const needed = (orderId: string, code: string, correlationId: string): void => {
    metrics.attentionNeeded(code);
    logger.warn({ orderId, code, correlationId }, 'an order needs a person: see GET /v1/orders?attention=true');
  };
  return async (sent, context) => {
    const dispatched = await dispatch(sent, context);
    if (sent.target !== 'order' || dispatched.reply.outcome !== 'accepted') return dispatched;
    const { command, id } = sent;
    if (command.type === 'need-attention') needed(id, command.code, context.correlationId);
    else if (command.type === 'fail-refund') needed(id, 'PAYMENT.REFUND_FAILED', context.correlationId);
    // What was recorded before is not counted again.
    else if (dispatched.lastEventId === null) return dispatched;
    else if (command.type === 'confirm-order') metrics.orderEnded('confirmed', '');
    else if (command.type === 'reject-order') metrics.orderEnded('rejected', boundedCode(command.code));
    else if (command.type === 'cancel-order') metrics.orderEnded('cancelled', '');
    return dispatched;
  };
}

const REFUSED_BUYERS: ReadonlyMap<string, string> = new Map([
  ['order.rejected.v1', 'an order was rejected'],
  ['payment.declined.v1', 'a payment was declined'],
]);

/** Tells of each order that is rejected and each payment that is declined where it is recorded; sent again it is no news. */
export const observedExecutor = (executor: CommandExecutor, logger: Pick<Logger, 'info'>): CommandExecutor => ({
  execute: async (execution) => {
    const outcome = await executor.execute(execution);
    if (outcome.kind !== 'accepted' || outcome.repeated) return outcome;
    for (const { type, data, metadata } of outcome.events) {
      const news = REFUSED_BUYERS.get(type);
      // Its detail is left out: a provider words it, and may name the buyer.
      const { orderId, code } = data;
      if (news !== undefined) logger.info({ orderId, code, correlationId: metadata.correlationId }, news);
    }
    return outcome;
  },
  query: (aggregate, id, read) => executor.query(aggregate, id, read),
});

const MOST_COUNTED = 1_000;

/** Orders that need a person, by code. */
export async function countAttention(store: ReadStore): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>(ATTENTION_CODES.map((code) => [code, 0]));
  const query = { index: 'by-attention', equals: [true], limit: MOST_COUNTED, direction: 'descending' } as const;
  for (const { doc } of await store.find<OrderDocument>('orders', query)) {
    for (const code of new Set(doc.attention.map((one) => one.code))) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
