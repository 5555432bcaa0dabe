import type { DocumentCollection, DocumentStore } from '../document-store/index.js';
import type { DeliveryHandler } from './message-bus.js';

/** Keeps the ids of handled messages for as long as these may be delivered again. */
export interface Inbox {
  has(id: string): Promise<boolean>;
  /** Resolves once the id is stored. */
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
/** How many old ids are deleted in one go, each time that as many new ones were added. */
const PRUNED_AT_ONCE = 200;

export async function openInbox(options: InboxOptions): Promise<Inbox> {
  await options.store.ensure(INBOX);
  return new StoredInbox(options);
}

/** Wraps a handler so that it is called only for messages that it has not handled before. */
export const onceEach =
  (inbox: Inbox, handler: DeliveryHandler): DeliveryHandler =>
  async (delivery) => {
    const { id } = delivery.message;
    if (await inbox.has(id)) return;
    await handler(delivery);
    await inbox.add(id);
  };

class StoredInbox implements Inbox {
  #untilPruned = PRUNED_AT_ONCE;

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
    this.#untilPruned = PRUNED_AT_ONCE;
    await this.#prune();
  }

  async #prune(): Promise<void> {
    const { store, consumer, keepMs = 30 * DAY_MS, now = Date.now } = this.options;
    const lt = new Date(now() - keepMs).toISOString();
    const old = await store.find(INBOX.name, {
      index: 'by-age',
      equals: [consumer],
      range: { lt },
      limit: 2 * PRUNED_AT_ONCE,
    });
    const gone = old.map(({ id }) => ({ id, doc: null }));
    if (gone.length > 0) await store.put(INBOX.name, gone);
  }

  #key(id: string): string {
    return `${this.options.consumer}/${id}`;
  }
}
