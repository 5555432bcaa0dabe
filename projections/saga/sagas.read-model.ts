import type { CartCheckedOut } from '../../domain/cart/index.js';
import type { OrderConfirmed } from '../../domain/order/index.js';
import { instanceIn, stateAfter } from '../../infra/engine/sagas/index.js';
import type { SagaState, StepRecord } from '../../infra/engine/sagas/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel, type Fold } from '../../infra/engine/projections/read-model.js';
import type { SagaFollowed, SagaKey, SagaName } from './saga-events.js';

/** A saga's instance as lists show it. Id: `sagaDocumentId`. */
export interface SagaDocument extends SagaKey {
  /** Absent where it is about no order. */
  orderId?: string;
  state: SagaState;
  /** When it came into its state, RFC 3339 UTC. */
  since: string;
  /** Revision of its last step; -1 where nothing is recorded of it but the event that began it. */
  version: number;
}

export const sagaDocumentId = ({ name, id }: SagaKey): string => `${name}/${id}`;

/** Sagas whose id is that of an order. */
const OF_ORDER: ReadonlySet<SagaName> = new Set(['checkout', 'first-order', 'fulfilment', 'promotion-uses']);

/** The order that an instance is about; undefined where it is about none, or its step does not say. */
export function orderIn({ name, id }: SagaKey, { state, sent }: StepRecord): string | undefined {
  if (OF_ORDER.has(name)) return id;
  if ('orderId' in state && typeof state.orderId === 'string' && state.orderId !== '') return state.orderId;
  return sent.find(({ target }) => target === 'order')?.id;
}

/** Brings an instance into a state; one that is done stays done. */
function entered(doc: SagaDocument, state: SagaState, at: string): SagaDocument {
  if (doc.state === state || doc.state === 'done') return doc;
  doc.state = state;
  doc.since = at;
  return doc;
}

function stepped(name: SagaName): Fold<SagaDocument, StepRecord> {
  const keyOf = ({ stream }: RecordedEvent<StepRecord>): SagaKey => ({ name, id: instanceIn(name, stream) });
  return {
    key: (event) => sagaDocumentId(keyOf(event)),
    evolve: (before, event) => afterStep(before, keyOf(event), event),
  };
}

function afterStep(
  before: SagaDocument | null,
  key: SagaKey,
  { data, at, revision }: RecordedEvent<StepRecord>,
): SagaDocument {
  const state = stateAfter(data);
  const doc = before === null ? { ...key, state, since: at, version: -1 } : entered(before, state, at);
  doc.version = revision;
  const orderId = orderIn(key, data);
  if (orderId !== undefined) doc.orderId = orderId;
  return doc;
}

type OfOrder = { readonly orderId: string };

const checkoutOf = ({ data: { orderId } }: RecordedEvent<OfOrder>): SagaKey => ({ name: 'checkout', id: orderId });
const checkoutId = (event: RecordedEvent<OfOrder>): string => sagaDocumentId(checkoutOf(event));

const begun = (event: RecordedEvent<OfOrder>, state: SagaState): SagaDocument => ({
  ...checkoutOf(event),
  orderId: event.data.orderId,
  state,
  since: event.at,
  version: -1,
});

/** The events are the records of a checkout's first step and of its end. In one append they may stand before its own record or after it. */
const checkedOut: Fold<SagaDocument, CartCheckedOut['data']> = {
  key: checkoutId,
  evolve: (doc, event) => doc ?? begun(event, 'running'),
};
const confirmed: Fold<SagaDocument, OrderConfirmed['data']> = {
  key: checkoutId,
  evolve: (doc, event) => (doc === null ? begun(event, 'done') : entered(doc, 'done', event.at)),
};

export const SAGAS = 'sagas';

export const sagasReadModel = readModel<SagaDocument, SagaFollowed>({
  name: SAGAS,
  version: 1,
  indexes: [
    { name: 'by-since', fields: ['since'] },
    { name: 'by-state', fields: ['state', 'since'] },
    { name: 'by-name', fields: ['name', 'state', 'since'] },
    { name: 'by-order', fields: ['orderId', 'since'] },
    { name: 'by-id', fields: ['id', 'since'] },
  ],
  on: {
    'cart.checked-out.v1': checkedOut,
    'order.confirmed.v1': confirmed,
    'saga.authorization.stepped.v1': stepped('authorization'),
    'saga.checkout.stepped.v1': stepped('checkout'),
    'saga.dispute.stepped.v1': stepped('dispute'),
    'saga.first-order.stepped.v1': stepped('first-order'),
    'saga.fulfilment.stepped.v1': stepped('fulfilment'),
    'saga.gift-card-expiry.stepped.v1': stepped('gift-card-expiry'),
    'saga.price-list.stepped.v1': stepped('price-list'),
    'saga.price-window.stepped.v1': stepped('price-window'),
    'saga.promotion-uses.stepped.v1': stepped('promotion-uses'),
    'saga.promotion-window.stepped.v1': stepped('promotion-window'),
    'saga.refund.stepped.v1': stepped('refund'),
  },
});
