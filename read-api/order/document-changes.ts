import { streamOf } from '../../domain/shared/index.js';
import type { JsonObject } from '../../domain/shared/index.js';
import { cartLiveModel } from '../../projections/cart/index.js';
import { noStock, stockReadModel } from '../../projections/inventory/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { ordersReadModel, staffOrderView } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { paymentLiveModel } from '../../projections/payment/index.js';
import type { LiveModel } from '../../infra/engine/projections/live-model.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { jsonChanges } from '../../infra/shared/json-changes.js';
import type { JsonChange } from '../../infra/shared/json-changes.js';
import { foldEvent } from '../shared/index.js';

/** A document that events change, as staff is answered it. */
export interface FollowedDocument {
  /** As it stands in its address after `/v1/`. */
  readonly resource: string;
  /** Whether an event may change it. */
  concerns(event: RecordedEvent): boolean;
  fold(event: RecordedEvent): void;
  /** Without `version`; null where there is none yet. What the next event changes in place is not to be kept. */
  show(): object | null;
}

/** Says what events change of a document, one after the other. */
export class DocumentChanges {
  #shown: JsonObject | null = null;
  /** The same as text, as an event may change nothing of what is shown. */
  #text = '';
  #isCurrent = true;
  /** An event could not be applied: nothing is said of the document any more, as nothing is shown of it. */
  #isLost = false;

  constructor(private readonly document: FollowedDocument) {}

  get resource(): string {
    return this.document.resource;
  }

  /** Takes an event without saying what it changes, which costs no more than the fold. */
  pass(event: RecordedEvent): void {
    if (!this.document.concerns(event)) return;
    this.#attempt(() => this.document.fold(event));
    this.#isCurrent = false;
  }

  /** Takes an event and says what it changes. */
  take(event: RecordedEvent): readonly JsonChange[] {
    if (!this.document.concerns(event)) return [];
    const before = this.shown();
    this.#attempt(() => this.document.fold(event));
    this.#isCurrent = false;
    return [...jsonChanges(before, this.shown())];
  }

  /** A copy of what is shown now. */
  shown(): JsonObject | null {
    if (!this.#isCurrent) this.#attempt(() => this.#look());
    this.#isCurrent = true;
    return this.#shown;
  }

  /** Keeps what is shown as JSON has it: what is undefined is not there. */
  #look(): void {
    const shown = this.document.show();
    const text = shown === null ? '' : JSON.stringify(shown);
    if (text === this.#text) return;
    this.#text = text;
    this.#shown = text === '' ? null : (JSON.parse(text) as JsonObject);
  }

  #attempt(step: () => void): void {
    if (this.#isLost) return;
    try {
      step();
    } catch {
      this.#isLost = true;
    }
  }
}

function withoutVersion(shown: object | null): object | null {
  if (shown === null) return null;
  const { version: _version, ...rest } = shown as { readonly version?: number };
  return rest;
}

/** A note changes nothing of the order but its version, and an order may have thousands. */
export const isNote = ({ type }: Pick<RecordedEvent, 'type'>): boolean => type === 'order.note-added.v1';

export function followedOrder(orderId: string): FollowedDocument {
  let doc: OrderDocument | null = null;
  return {
    resource: `orders/${orderId}`,
    concerns: (event) => !isNote(event) && Object.hasOwn(ordersReadModel.on, event.type),
    fold: (event) => (doc = foldEvent<OrderDocument>(ordersReadModel, { id: orderId, doc }, event)),
    show: () => (doc === null ? null : withoutVersion(staffOrderView(doc))),
  };
}

export const followedPayment = (paymentId: string): FollowedDocument =>
  followedStream(paymentLiveModel, paymentId, { resource: `payments/${paymentId}`, show: (shown) => shown });

/** An open cart costs what its own events say: the promotions of its time are those of its order, once it is checked out. */
const noPromotions = {
  promotions: { inForce: new Map<never, never>(), isFirstOrder: false },
  rounding: 'half-even',
} as const;

export const followedCart = (cartId: string): FollowedDocument =>
  followedStream(cartLiveModel, cartId, { resource: `carts/${cartId}`, show: ({ priced }) => priced(noPromotions) });

export function followedStock(sku: string): FollowedDocument {
  let doc: StockDocument | null = null;
  return {
    resource: `inventory/${encodeURIComponent(sku)}`,
    concerns: ({ stream }) => stream === streamOf('inventory', sku),
    fold: (event) => (doc = foldEvent<StockDocument>(stockReadModel, { id: sku, doc }, event)),
    show: () => withoutVersion(doc ?? noStock(sku)),
  };
}

function followedStream<State, Doc extends object>(
  model: LiveModel<State, Doc>,
  id: string,
  { resource, show }: { readonly resource: string; readonly show: (shown: Doc) => object },
): FollowedDocument {
  const stream = streamOf(model.category, id);
  let state = model.initialState();
  let last: RecordedEvent | null = null;
  return {
    resource,
    concerns: (event) => event.stream === stream,
    fold: (event) => {
      state = model.evolve(state, event);
      last = event;
    },
    show: () => {
      if (last === null) return null;
      const shown = model.show(state, last.revision, last.position);
      return shown === null ? null : withoutVersion(show(shown));
    },
  };
}
