import type { DocumentCollection, DocumentEntry, DocumentStore } from '../document-store/index.js';
import type { BusMessage, DeliveryHandler } from './message-bus.js';

/** A message that a consumer has given up. */
export type ParkedMessage = {
  readonly consumer: string;
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
  /** The error of the last attempt. */
  readonly error: string;
  /** RFC 3339 UTC. */
  readonly parkedAt: string;
};

/** Keeps messages until an operator has corrected the cause of their failure. Every method may throw DocumentStoreUnavailableError. */
export interface ParkedMessages {
  /** Parks a message; resolves once it is stored. A message that is parked already is replaced. */
  park(consumer: string, message: BusMessage, failure: Failure): Promise<void>;
  /** Lists the messages by consumer, the oldest first. */
  list(consumer?: string): AsyncIterable<ParkedMessage>;
  get(consumer: string, id: string): Promise<ParkedMessage | undefined>;
  remove(consumer: string, id: string): Promise<void>;
}

export interface Failure {
  readonly attempts: number;
  readonly error: unknown;
}

export const PARKED_MESSAGES: DocumentCollection = {
  name: 'parked-messages',
  indexes: [{ name: 'by-consumer', fields: ['consumer', 'parkedAt'] }],
};

const PAGE = 100;

/** Keeps parked messages in a document store, beside the cursors that have moved past them. */
export async function openParkedMessages(store: DocumentStore): Promise<ParkedMessages> {
  await store.ensure(PARKED_MESSAGES);
  return new StoredParkedMessages(store);
}

class StoredParkedMessages implements ParkedMessages {
  constructor(private readonly store: DocumentStore) {}

  park(consumer: string, { id, subject, body }: BusMessage, { attempts, error }: Failure): Promise<void> {
    const parkedAt = new Date().toISOString();
    return this.#write(idOf(consumer, id), { consumer, id, subject, body, attempts, error: textOf(error), parkedAt });
  }

  async *list(consumer?: string): AsyncGenerator<ParkedMessage> {
    let after: DocumentEntry<ParkedMessage> | undefined;
    do {
      const page: readonly DocumentEntry<ParkedMessage>[] = await this.store.find(PARKED_MESSAGES.name, {
        index: 'by-consumer',
        ...(consumer !== undefined && { equals: [consumer] }),
        ...(after && {
          after: [...(consumer === undefined ? [after.doc.consumer] : []), after.doc.parkedAt, after.id],
        }),
        limit: PAGE,
      });
      for (const { doc } of page) yield doc;
      after = page.length < PAGE ? undefined : page.at(-1);
    } while (after !== undefined);
  }

  get(consumer: string, id: string): Promise<ParkedMessage | undefined> {
    return this.store.get<ParkedMessage>(PARKED_MESSAGES.name, idOf(consumer, id));
  }

  remove(consumer: string, id: string): Promise<void> {
    return this.#write(idOf(consumer, id), null);
  }

  #write(id: string, doc: ParkedMessage | null): Promise<void> {
    return this.store.put(PARKED_MESSAGES.name, [{ id, doc }]);
  }
}

/** Tries a parked message once more; returns why it stays parked, or null when it was handled. */
export async function retryParked(
  parked: ParkedMessages,
  { consumer, id, subject, body, attempts }: ParkedMessage,
  handler: DeliveryHandler,
): Promise<string | null> {
  const message = { id, subject, body };
  try {
    await handler({ message, attempt: attempts + 1 });
  } catch (error) {
    await parked.park(consumer, message, { attempts: attempts + 1, error });
    return textOf(error);
  }
  await parked.remove(consumer, id);
  return null;
}

const idOf = (consumer: string, id: string): string => `${consumer}/${id}`;
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
