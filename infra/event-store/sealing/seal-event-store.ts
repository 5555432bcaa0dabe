import type { JsonObject } from '../../../domain/shared/json.js';
import type { PersonalFields } from '../../../domain/shared/personal-data.js';
import type { KeyStore } from '../../key-store/index.js';
import { EventStoreDecorator } from '../event-store-decorator.js';
import type {
  Appended,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  RecordedEvent,
  StreamBatch,
} from '../event-store.js';
import { PersonSeal } from './person-seal.js';
import { isSealed } from './sealed-value.js';

/** A personal field cannot be recorded: the event names no person, or one who has no key (any more). */
export class PersonWithoutKeyError extends Error {
  constructor(event: EventToAppend, field: string) {
    super(`event ${event.id} (${event.type}) names nobody who has a key for its personal field ${field}`);
    this.name = 'PersonWithoutKeyError';
  }
}

/**
 * Keeps personal data out of the log: the declared fields are sealed with their person's key on the way in and opened on
 * the way out, where they are null once that key is gone. `fields` names stored event versions, so this goes around the
 * store itself and upcasting around this.
 */
export const sealEventStore = (inner: EventStore, keys: KeyStore, fields: PersonalFields): EventStore =>
  new SealedEventStore(inner, keys, fields);

type Declaration = PersonalFields[string];
type Content = Pick<RecordedEvent, 'id' | 'data'>;

class SealedEventStore extends EventStoreDecorator {
  readonly #declared: ReadonlyMap<string, Declaration>;
  readonly #seals = new PersonSeal();

  constructor(
    inner: EventStore,
    private readonly keys: KeyStore,
    fields: PersonalFields,
  ) {
    super(inner);
    this.#declared = new Map(Object.entries(fields));
  }

  override append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<Appended> {
    return events.some((event) => this.#declared.has(event.type))
      ? this.#appendSealed(stream, events, expectedRevision)
      : this.inner.append(stream, events, expectedRevision);
  }

  override async appendAll(batches: readonly StreamBatch[]): Promise<readonly Appended[]> {
    const sealed: StreamBatch[] = [];
    for (const batch of batches) sealed.push({ ...batch, events: await this.#sealEach(batch.events) });
    const appended = await this.inner.appendAll(sealed);
    return appended.map((each, index) => allInClear(each, batches[index]?.events ?? []));
  }

  protected override onRead(event: RecordedEvent): RecordedEvent | Promise<RecordedEvent> {
    const declaration = this.#declared.get(event.type);
    return declaration !== undefined && hasSealed(event, declaration) ? this.#open(event, declaration) : event;
  }

  async #appendSealed(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<Appended> {
    const sealed = await this.#sealEach(events);
    return allInClear(await this.inner.append(stream, sealed, expectedRevision), events);
  }

  async #sealEach(events: readonly EventToAppend[]): Promise<readonly EventToAppend[]> {
    const sealed: EventToAppend[] = [];
    for (const event of events) {
      const declaration = this.#declared.get(event.type);
      sealed.push(declaration === undefined ? event : await this.#seal(event, declaration));
    }
    return sealed;
  }

  async #seal(event: EventToAppend, declaration: Declaration): Promise<EventToAppend> {
    const data: Record<string, JsonObject[string]> = { ...event.data };
    const key = await this.#keyFor(event, declaration);
    for (const field of declaration.fields) {
      const value = data[field];
      if (value === undefined || value === null) continue;
      if (key === null) throw new PersonWithoutKeyError(event, field);
      data[field] = this.#seals.seal(key, { eventId: event.id, field }, value);
    }
    return { ...event, data };
  }

  async #open(event: RecordedEvent, declaration: Declaration): Promise<RecordedEvent> {
    const key = await this.#keyFor(event, declaration);
    const data: Record<string, JsonObject[string]> = { ...event.data };
    for (const field of declaration.fields) {
      const value = data[field];
      if (!isSealed(value)) continue;
      const place = { eventId: event.id, field };
      if (key === null) this.#seals.forget(place);
      data[field] = key === null ? null : this.#seals.open(key, place, value);
    }
    return { ...event, data };
  }

  async #keyFor({ data }: Content, { person }: Declaration): Promise<Uint8Array | null> {
    const personId = data[person];
    return typeof personId === 'string' ? this.keys.keyOf(personId) : null;
  }
}

const hasSealed = ({ data }: Content, { fields }: Declaration): boolean => {
  for (const field of fields) if (isSealed(data[field])) return true;
  return false;
};

const allInClear = (appended: Appended, originals: readonly EventToAppend[]): Appended => ({
  ...appended,
  events: appended.events.map((recorded, index) => inClear(recorded, originals[index])),
});

/** The caller had the clear values: they are not decrypted again. */
const inClear = (recorded: RecordedEvent, original: EventToAppend | undefined): RecordedEvent =>
  original?.id === recorded.id && original.data !== recorded.data ? { ...recorded, data: original.data } : recorded;
