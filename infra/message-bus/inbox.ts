import type { DocumentCollection, DocumentStore } from '../document-store/index.js';
import type { DeliveryHandler } from './message-bus.js';

/** Ids of the messages that a consumer has handled, for as long as they may come again. */
export interface Inbox {
  has(id: string): Promise<boolean>;
  /** Resolves once it is stored. */
  add(id: string): Promise<void>;
}

export interface InboxOptions {
  readonly store: DocumentStore;
  readonly consumer: string;
  /** How long an id is kept; default 30 days. */
  readonly keepMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

type Handled = {
  readonly consumer: string;
  /** RFC 3339 UTC. */
  readonly at: string;
};

export const INBOX: DocumentCollection = {
  name: 'message-inbox',
  indexes: [{ name: 'by-age', fields: ['consumer', 'at'] }],
};

const DAY_MS = 24 * 3_600_000;
/** Old ids go in strokes of so many, after as many new ones. */
const STROKE = 200;

export async function openInbox(options: InboxOptions): Promise<Inbox> {
  await options.store.ensure(INBOX);
  return new StoredInbox(options);
}

/** The handler, called only for messages that it has not handled before. */
export const onceEach =
  (inbox: Inbox, handler: DeliveryHandler): DeliveryHandler =>
  async (delivery) => {
    const { id } = delivery.message;
    if (await inbox.has(id)) return;
    await handler(delivery);
    await inbox.add(id);
  };

class StoredInbox implements Inbox {
  #untilPruned = STROKE;

  constructor(private readonly options: InboxOptions) {}

  async has(id: string): Promise<boolean> {
    return (await this.options.store.get<Handled>(INBOX.name, this.#key(id))) !== undefined;
  }

  async add(id: string): Promise<void> {
    const { store, consumer, now = Date.now } = this.options;
    const doc: Handled = { consumer, at: new Date(now()).toISOString() };
    await store.put(INBOX.name, [{ id: this.#key(id), doc }]);
    this.#untilPruned -= 1;
    if (this.#untilPruned > 0) return;
    this.#untilPruned = STROKE;
    await this.#prune();
  }

  async #prune(): Promise<void> {
    const { store, consumer, keepMs = 30 * DAY_MS, now = Date.now } = this.options;
    const lt = new Date(now() - keepMs).toISOString();
    const old = await store.find(INBOX.name, { index: 'by-age', equals: [consumer], range: { lt }, limit: 2 * STROKE });
    const gone = old.map(({ id }) => ({ id, doc: null }));
    if (gone.length > 0) await store.put(INBOX.name, gone);
  }

  #key(id: string): string {
    return `${this.options.consumer}/${id}`;
  }
}
