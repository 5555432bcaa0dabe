import { createHash } from 'node:crypto';
import { streamOf } from '../../domain/shared/index.js';
import { verifyStream, type ChainedStream, type LogChain, type Verification } from '../../infra/event-store/index.js';

/**
 * Reads the streams of an order's history with their hashes: the order's own first, then its cart, payment, shipments and gift
 * cards. The stock's are left out, as they are of all orders. Null where there is no such order. However the streams were
 * damaged, those are read that can still be named.
 */
export async function readChainedOrder(chain: LogChain, orderId: string): Promise<readonly ChainedStream[] | null> {
  const order = await chain.read(streamOf('order', orderId));
  if (order.end === null) return null;
  return Promise.all([order, ...streamsNamedIn(order).map((stream) => chain.read(stream))]);
}

/** Lists the streams that an order's own events name, each once. */
export function streamsNamedIn({ events }: ChainedStream): readonly string[] {
  const names = events.flatMap(({ event }) => {
    const { cartId, paymentId, shipmentId, tenders, cards } = parsed(event.data);
    return [
      ...named('cart', cartId),
      ...named('payment', paymentId),
      ...named('shipment', shipmentId),
      ...[tenders, cards].flatMap((list) => (Array.isArray(list) ? list : []).flatMap(giftCardNamedBy)),
    ];
  });
  return [...new Set(names)];
}

const named = (category: string, id: unknown): readonly string[] =>
  typeof id === 'string' ? [streamOf(category, id)] : [];

const giftCardNamedBy = (tender: unknown): readonly string[] =>
  isRecord(tender) ? named('giftcard', tender['giftCardId']) : [];

/** Data that were altered need not be JSON any more. */
function parsed(text: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(text);
    return isRecord(data) ? data : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Verifies the streams of an order together. `head`: the SHA-256 in hex over the last hash of each, by name. */
export function verifyOrder(streams: readonly ChainedStream[]): Verification {
  const verified = streams.map((each) => ({ stream: each.stream, ...verifyStream(each) }));
  const heads = verified.map(({ stream, head }) => `${stream}:${head}\n`).sort();
  return {
    intact: verified.every(({ intact }) => intact),
    events: verified.reduce((sum, { events }) => sum + events, 0),
    head: createHash('sha256').update(heads.join('')).digest('hex'),
    faults: verified.flatMap(({ faults }) => faults),
  };
}
