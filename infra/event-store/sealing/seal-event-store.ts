import type { JsonObject } from '../../../domain/shared/json.js';
import type { PersonalFields } from '../../../domain/shared/personal-data.js';
import type { KeyStore } from '../../key-store/index.js';
import { EventStoreDecorator } from '../event-store-decorator.js';
import type { Appended, EventStore, EventToAppend, ExpectedRevision, RecordedEvent } from '../event-store.js';
import { isSealed, seal, unseal } from './sealed-value.js';

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
  /** Opened events by the recorded one, so that what is handed to many readers in this process is opened once. */
  readonly #opened = new WeakMap<RecordedEvent, RecordedEvent>();

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

  protected override onRead(event: RecordedEvent): RecordedEvent | Promise<RecordedEvent> {
    const declaration = this.#declared.get(event.type);
    return declaration !== undefined && hasSealed(event, declaration) ? this.#open(event, declaration) : event;
  }

  async #appendSealed(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<Appended> {
    const sealed: EventToAppend[] = [];
    for (const event of events) {
      const declaration = this.#declared.get(event.type);
      sealed.push(declaration === undefined ? event : await this.#seal(event, declaration));
    }
    const appended = await this.inner.append(stream, sealed, expectedRevision);
    return { ...appended, events: appended.events.map((recorded, index) => this.#inClear(recorded, events[index])) };
  }

  async #seal(event: EventToAppend, declaration: Declaration): Promise<EventToAppend> {
    const data: Record<string, JsonObject[string]> = { ...event.data };
    const key = await this.#keyFor(event, declaration);
    for (const field of declaration.fields) {
      const value = data[field];
      if (value === undefined || value === null) continue;
      if (key === null) throw new PersonWithoutKeyError(event, field);
      const { sealed, v } = seal(key, { eventId: event.id, field }, value);
      data[field] = { sealed, v };
    }
    return { ...event, data };
  }

  /** The caller had the clear values: they are not decrypted again. */
  #inClear(recorded: RecordedEvent, original: EventToAppend | undefined): RecordedEvent {
    if (original?.id !== recorded.id || original.data === recorded.data) return recorded;
    const opened = { ...recorded, data: original.data };
    this.#opened.set(recorded, opened);
    return opened;
  }

  async #open(event: RecordedEvent, declaration: Declaration): Promise<RecordedEvent> {
    const key = await this.#keyFor(event, declaration);
    if (key === null) {
      this.#opened.delete(event);
      return withFields(event, declaration, () => null);
    }
    const known = this.#opened.get(event);
    if (known !== undefined) return known;
    const opened = withFields(event, declaration, (field, value) =>
      isSealed(value) ? unseal(key, { eventId: event.id, field }, value) : value,
    );
    this.#opened.set(event, opened);
    return opened;
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

function withFields(
  event: RecordedEvent,
  { fields }: Declaration,
  change: (field: string, value: JsonObject[string]) => JsonObject[string],
): RecordedEvent {
  const data: Record<string, JsonObject[string]> = { ...event.data };
  for (const field of fields) if (field in data) data[field] = change(field, data[field]);
  return { ...event, data };
}
