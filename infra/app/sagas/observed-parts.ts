import type { Logger } from 'pino';
import type { CommandContext } from '../../engine/commands/index.js';
import type { ProjectionProgress } from '../../engine/projections/progress.js';
import type { Dispatched } from '../../engine/sagas/index.js';
import type { Dispatch } from '../../../sagas/saga.js';
import { ATTENTION_REASONS, attentionAt } from '../../../domain/order/index.js';
import type { AttentionReason } from '../../../domain/order/index.js';
import type { OrderDocument } from '../../../projections/order/index.js';
import type { PromotionDocument } from '../../../projections/promotion/index.js';
import type { Carrier } from '../../carrier/index.js';
import { isErrorCode } from '../../http/index.js';
import { aroundCalls, type AroundCall, type PaymentProvider } from '../../payment-provider/index.js';
import type { ReadModelStore } from '../../read-model-store/index.js';
import type { CommerceMetrics } from '../../telemetry/metrics/index.js';

// Decorators that count and log the outcomes of orders and payments for operators.

const secondsSince = (begin: number): number => (performance.now() - begin) / 1000;

/** Times the calls of a provider and counts them by outcome. */
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

/** Counts unknown codes of a provider as one series, as there could be any number of them. */
const boundedCode = (code: string): string => (isErrorCode(code) ? code : 'other');

/** Counts the outcomes of orders, and warns where an order needs a person. */
export function observedDispatch(dispatch: Dispatch, metrics: CommerceMetrics, logger: Pick<Logger, 'warn'>): Dispatch {
  const needed = (orderId: string, code: string, correlationId: string): void => {
    metrics.attentionNeeded(code);
    logger.warn({ orderId, code, correlationId }, 'an order needs a person: see GET /v1/orders?attention=true');
  };
  const tell = (sent: Sent, { lastEventId }: Dispatched, { correlationId }: CommandContext): void => {
    if (sent.target !== 'order') return;
    const { command, id } = sent;
    if (command.type === 'need-attention') needed(id, command.code, correlationId);
    else if (command.type === 'fail-refund') needed(id, 'PAYMENT.REFUND_FAILED', correlationId);
    // Repeated commands are not counted again.
    else if (lastEventId === null) return;
    else if (command.type === 'confirm-order') metrics.orderEnded('confirmed', '');
    else if (command.type === 'reject-order') metrics.orderEnded('rejected', boundedCode(command.code));
    else if (command.type === 'cancel-order') metrics.orderEnded('cancelled', '');
  };
  return async (sent, context) => {
    const dispatched = await dispatch(sent, context);
    if (dispatched.reply.outcome !== 'accepted') return dispatched;
    if (context.unit?.isRecorded !== false) tell(sent, dispatched, context);
    else void context.unit.whenRecorded.then(() => tell(sent, dispatched, context)).catch(() => undefined);
    return dispatched;
  };
}

type Sent = Parameters<Dispatch>[0];

const MOST_COUNTED = 1_000;

/** Counts the promotions that cannot be worked out for some carts. */
export async function countFailingPromotions(store: ReadModelStore): Promise<number> {
  return (await store.find<PromotionDocument>('promotions', { index: 'by-failing', limit: MOST_COUNTED })).length;
}

/** Counts the orders that need a person at a time, in milliseconds since the epoch, by reason. */
export async function countAttention(
  store: ReadModelStore,
  progress: Pick<ProjectionProgress, 'look'>,
  now: number,
): Promise<ReadonlyMap<AttentionReason, number>> {
  const counts = new Map<AttentionReason, number>(ATTENTION_REASONS.map((reason) => [reason, 0]));
  const query = { index: 'by-attention', equals: [true], limit: MOST_COUNTED, direction: 'descending' } as const;
  for (const { doc } of await store.find<OrderDocument>('orders', query)) {
    const reasons = new Set(attentionAt(doc, now).map(({ reason }) => reason));
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return counts.set('events-parked', (await progress.look('orders'))?.parked ?? 0);
}
