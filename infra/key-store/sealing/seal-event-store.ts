import type { JsonObject } from '../../../domain/shared/json.js';
import type { PersonalFields } from '../../../domain/shared/personal-data.js';
import type { KeyStore } from '../index.js';
import { EventStoreDecorator } from '../../event-store/event-store-decorator.js';
import { idOfKey, keysOf, type EventKey, type IdentifiedEvent } from '../../event-store/event-ids.js';
import type {
  Appended,
  EventStore,
  EventText,
  EventToAppend,
  ExpectedRevision,
  RecordedEvent,
  StreamBatch,
} from '../../event-store/event-store.js';
import { memberIn, type Span } from '../../event-store/json-member.js';
import { PersonSeal } from './person-seal.js';
import { isSealed } from './sealed-value.js';

/** A personal field cannot be recorded: the event names no person, or a person without a key who was not forgotten. */
export class PersonWithoutKeyError extends Error {
  constructor(event: IdentifiedEvent, field: string) {
    super(`event ${event.id} (${event.type}) names nobody who has a key for its personal field ${field}`);
    this.name = 'PersonWithoutKeyError';
  }
}

export interface SealingParts {
  readonly keys: KeyStore;
  /** Field declarations by stored event version; sealing wraps the store itself, and upcasting wraps sealing. */
  readonly fields: PersonalFields;
  /** Tells whether the key of a person was destroyed because the person was forgotten, and not lost. */
  readonly wasForgotten: (personId: string) => Promise<boolean>;
}

/**
 * Keeps personal data out of the log. Declared fields are sealed with their person's key when they are appended, and opened when they
 * are read, where they are null once the key is destroyed. Personal data of a forgotten person is recorded as null.
 */
export const sealEventStore = (inner: EventStore, parts: SealingParts): EventStore =>
  new SealedEventStore(inner, parts);

type Declaration = PersonalFields[string];
type Content = Pick<RecordedEvent, 'id' | 'data'>;

class SealedEventStore extends EventStoreDecorator {
  readonly #declared: ReadonlyMap<string, Declaration>;
  readonly #seals = new PersonSeal();

  constructor(
    inner: EventStore,
    private readonly parts: SealingParts,
  ) {
    super(inner);
    this.#declared = new Map(Object.entries(parts.fields));
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

  protected override changes(type: string): boolean {
    return this.#declared.has(type);
  }

  protected override onRead(event: RecordedEvent): RecordedEvent | Promise<RecordedEvent> {
    const declaration = this.#declared.get(event.type);
    return declaration !== undefined && hasSealed(event, declaration) ? this.#open(event, declaration) : event;
  }

  /** Opens fields in the JSON text, without parsing the rest of it. */
  protected override async onText(event: EventText): Promise<EventText> {
    const declaration = this.#declared.get(event.type);
    if (declaration === undefined) return event;
    let { text } = event;
    const personId = valueIn(text, declaration.person)?.value;
    const key = typeof personId === 'string' ? await this.parts.keys.keyOf(personId) : null;
    for (const field of declaration.fields) {
      const member = valueIn(text, field);
      if (!isSealed(member?.value)) continue;
      const { span, value } = member;
      const place = { eventId: event.id, field };
      if (key === null) this.#seals.forget(place);
      const opened = key === null ? 'null' : this.#seals.openText(key, place, value);
      text = `${text.slice(0, span.start)}${opened}${text.slice(span.end)}`;
    }
    return { ...event, text };
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
    if (!events.some(({ type }) => this.#declared.has(type))) return events;
    const keys = keysOf(events);
    const sealed: EventToAppend[] = [];
    for (const [index, event] of events.entries()) {
      const declaration = this.#declared.get(event.type);
      if (declaration === undefined) sealed.push(event);
      else sealed.push({ ...event, data: await this.#seal(identified(event, keys[index]), declaration) });
    }
    return sealed;
  }

  async #seal(event: IdentifiedEvent, declaration: Declaration): Promise<JsonObject> {
    const data: Record<string, JsonObject[string]> = { ...event.data };
    const key = await this.#keyFor(event, declaration);
    for (const field of declaration.fields) {
      const value = data[field];
      if (value === undefined || value === null) continue;
      if (key !== null) data[field] = this.#seals.seal(key, { eventId: event.id, field }, value);
      else if (await this.#isForgotten(event, declaration)) data[field] = null;
      else throw new PersonWithoutKeyError(event, field);
    }
    return data;
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

  /** Tells whether the person of an event was forgotten. A lost key does not count, as data recorded without it would be lost too. */
  async #isForgotten({ data }: Content, { person }: Declaration): Promise<boolean> {
    const personId = data[person];
    return typeof personId === 'string' && this.parts.wasForgotten(personId);
  }

  async #keyFor({ data }: Content, { person }: Declaration): Promise<Uint8Array | null> {
    const personId = data[person];
    return typeof personId === 'string' ? this.parts.keys.keyOf(personId) : null;
  }
}

const identified = (event: EventToAppend, key: EventKey = 0): IdentifiedEvent => ({
  ...event,
  id: idOfKey(key, event.metadata.commandId),
});

function valueIn(text: string, name: string): { readonly span: Span; readonly value: unknown } | null {
  const span = memberIn(text, name);
  return span === null ? null : { span, value: JSON.parse(text.slice(span.start, span.end)) as unknown };
}

const hasSealed = ({ data }: Content, { fields }: Declaration): boolean => {
  for (const field of fields) if (isSealed(data[field])) return true;
  return false;
};

const allInClear = (appended: Appended, originals: readonly EventToAppend[]): Appended => ({
  ...appended,
  events: appended.events.map((recorded, index) => inClear(recorded, originals[index])),
});

/** Returns the recorded events with the caller's clear values, which need no decryption; events are in the order of the batch. */
const inClear = (recorded: RecordedEvent, original: EventToAppend | undefined): RecordedEvent =>
  original !== undefined && original.data !== recorded.data ? { ...recorded, data: original.data } : recorded;
