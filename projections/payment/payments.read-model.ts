import type { PaymentEvent, PaymentRequested } from '../../domain/payment/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel } from '../read-model.js';
import { existing } from '../shared/index.js';
import * as balance from './payment-balance.js';
import type { PaymentDocument, PaymentFact } from './payment-document.js';

/** What a fact may carry; keys, tokens and persons stay in the log. */
const TOLD = ['amount', 'code', 'detail', 'refundId', 'reference', 'reason', 'respondBy', 'outcome'] as const;
type Told = Pick<PaymentFact, (typeof TOLD)[number]>;
type FactData = { readonly paymentId: string } & { readonly [Name in keyof Told]: Told[Name] | null };
type Fact = RecordedEvent<FactData>;

const paymentId = (event: Fact): string => event.data.paymentId;
/** A fact that moves no balance. */
const noted = {
  key: paymentId,
  evolve: (doc: PaymentDocument | null, event: Fact) => recorded(existing(doc, event), event),
};

export const paymentsReadModel = readModel<PaymentDocument, PaymentEvent>({
  name: 'payments',
  version: 3,
  indexes: [],
  on: {
    'payment.requested.v1': { key: paymentId, evolve: (_, event) => recorded(requested(event), event) },
    'payment.action-required.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(named(balance.actionRequired(existing(doc, event), event.data), event), event),
    },
    'payment.authorized.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(named(balance.authorized(existing(doc, event), event.data), event), event),
    },
    'payment.declined.v1': {
      key: paymentId,
      evolve: (doc, event) => recorded(named(balance.declined(existing(doc, event)), event), event),
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
    'payment.disputed.v1': noted,
    'payment.dispute-closed.v1': noted,
  },
});

function requested({ data }: RecordedEvent<PaymentRequested['data']>): PaymentDocument {
  const { orderId, provider, tender, attempt, amount } = data;
  return { ...balance.requested(data), orderId, provider, tender, attempt, amount, facts: [], version: 0 };
}

/** The first name that the provider gives is the payment's: later facts have names of their own. */
function named(doc: PaymentDocument, { data: { reference } }: Fact): PaymentDocument {
  if (typeof reference === 'string') doc.reference ??= reference;
  return doc;
}

function recorded(doc: PaymentDocument, event: Fact): PaymentDocument {
  const told = TOLD.flatMap((name) => {
    const value = event.data[name];
    return value === undefined || value === null ? [] : [[name, value]];
  });
  doc.facts.push({ type: factType(event.type), at: event.at, ...Object.fromEntries(told) });
  doc.version = event.revision;
  return doc;
}

/** `payment.capture-requested.v1` → `capture-requested`. */
const factType = (eventType: string): string => eventType.slice(eventType.indexOf('.') + 1, eventType.lastIndexOf('.'));
