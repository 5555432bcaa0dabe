import { paymentDecider, type PaymentEvent, type PaymentState } from '../../domain/payment/index.js';
import { streamOf, type Money } from '../../domain/shared/index.js';
import type { EventStore } from '../../infra/event-store/index.js';

/** What was asked of the provider, with the idempotency keys that every further try has to use. */
export interface RecordedRequests {
  /** As the log has it now, whoever recorded it. */
  readonly state: PaymentState;
  /** Null once the person is forgotten, or where nothing was requested. */
  readonly token: string | null;
  readonly amount: Money | null;
  readonly authorizeKey: string | null;
  readonly capture: RecordedRequest | null;
  readonly voidKey: string | null;
  readonly refunds: ReadonlyMap<string, RecordedRequest>;
}

export interface RecordedRequest {
  readonly amount: Money;
  readonly key: string;
}

/** From the payment's own stream, which has a handful of events. */
export async function readRequests(eventStore: EventStore, paymentId: string): Promise<RecordedRequests> {
  const refunds = new Map<string, RecordedRequest>();
  let state = paymentDecider.initialState();
  let found: RecordedRequests = {
    state,
    token: null,
    amount: null,
    authorizeKey: null,
    capture: null,
    voidKey: null,
    refunds,
  };
  for await (const { type, data } of eventStore.read(streamOf('payment', paymentId))) {
    // The type says what the data is.
    const event = { type, data: data as object } as PaymentEvent;
    state = paymentDecider.evolve(state, event);
    if (event.type === 'payment.refund-requested.v1') {
      refunds.set(event.data.refundId, { amount: event.data.amount, key: event.data.idempotencyKey });
    } else found = withRequest(found, event);
  }
  return { ...found, state };
}

function withRequest(found: RecordedRequests, event: PaymentEvent): RecordedRequests {
  switch (event.type) {
    case 'payment.requested.v1': {
      const { token, amount, idempotencyKey } = event.data;
      return { ...found, token, amount, authorizeKey: idempotencyKey };
    }
    case 'payment.capture-requested.v1':
      return { ...found, capture: { amount: event.data.amount, key: event.data.idempotencyKey } };
    case 'payment.void-requested.v1':
      return { ...found, voidKey: event.data.idempotencyKey };
    default:
      return found;
  }
}
