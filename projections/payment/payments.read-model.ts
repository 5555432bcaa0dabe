import type { PaymentEvent, PaymentRequested } from '../../domain/payment/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel } from '../read-model.js';
import { existing } from '../shared/index.js';
import * as balance from './payment-balance.js';
import type { PaymentDocument, PaymentFact } from './payment-document.js';

/** What a fact may carry; keys, tokens and persons stay in the log. */
type FactData = { readonly paymentId: string } & Pick<PaymentFact, 'amount' | 'code' | 'detail' | 'refundId'>;
type Fact = RecordedEvent<FactData>;

const paymentId = (event: Fact): string => event.data.paymentId;
/** A fact that moves no balance. */
const noted = {
  key: paymentId,
  evolve: (doc: PaymentDocument | null, event: Fact) => recorded(existing(doc, event), event),
};

export const paymentsReadModel = readModel<PaymentDocument, PaymentEvent>({
  name: 'payments',
  version: 2,
  indexes: [],
  on: {
    'payment.requested.v1': { key: paymentId, evolve: (_, event) => recorded(requested(event), event) },
    'payment.authorized.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(balance.authorized(existing(doc, event), event.data), event),
    },
    'payment.declined.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(balance.declined(existing(doc, event)), event),
    },
    'payment.failed.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(balance.failed(existing(doc, event)), event),
    },
    'payment.capture-requested.v1': noted,
    'payment.captured.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(balance.captured(existing(doc, event), event.data), event),
    },
    'payment.capture-failed.v1': noted,
    'payment.void-requested.v1': noted,
    'payment.voided.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(balance.voided(existing(doc, event)), event),
    },
    'payment.refund-requested.v1': noted,
    'payment.refunded.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(balance.refunded(existing(doc, event), event.data), event),
    },
    'payment.refund-failed.v1': noted,
  },
});

function requested({ data }: RecordedEvent<PaymentRequested['data']>): PaymentDocument {
  const { orderId, provider, amount } = data;
  return { ...balance.requested(data), orderId, provider, amount, facts: [], version: 0 };
}

function recorded(doc: PaymentDocument, event: Fact): PaymentDocument {
  const { amount, code, detail, refundId } = event.data;
  doc.facts.push({
    type: factType(event.type),
    at: event.at,
    ...(amount === undefined ? {} : { amount }),
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(refundId === undefined ? {} : { refundId }),
  });
  doc.version = event.revision;
  return doc;
}

/** `payment.capture-requested.v1` → `capture-requested`. */
const factType = (eventType: string): string => eventType.slice(eventType.indexOf('.') + 1, eventType.lastIndexOf('.'));
