import type { Json, JsonObject } from '../../domain/shared/index.js';
import { chainUpcasters } from '../../infra/event-store/upcasting/upcast-chain.js';
import { registeredUpcasters } from '../../infra/event-store/upcasting/registered-upcasters.js';
import { hiddenPathsOf } from '../shared/index.js';
import type { EventType } from './event-type.js';

/** What the build reads of an event type from the code. */
export type EventTypeDocument = Pick<EventType, 'schema' | 'example' | 'producers' | 'consumers'>;

/** By type: every type that the code declares. */
export type EventTypeDocuments = Readonly<Record<string, EventTypeDocument>>;

/** Injection token of what loads them: few processes are ever asked for them. */
export const EVENT_TYPE_DOCUMENTS = Symbol('EventTypeDocuments');
export type LoadEventTypeDocuments = () => Promise<EventTypeDocuments>;

const upcasts = chainUpcasters(registeredUpcasters);

/** Says what is known of a type; null where the code knows no such type. A type of an older version is what it becomes. */
export function eventTypeOf(type: string, documents: EventTypeDocuments): EventType | null {
  const upcast = upcasts.get(type)?.type ?? null;
  const shownAs = upcast ?? type;
  const found = Object.hasOwn(documents, shownAs) ? documents[shownAs] : undefined;
  if (found === undefined) return null;
  const { paths, personal } = hiddenPathsOf(shownAs);
  return {
    ...found,
    type,
    schema: paths.reduce(withNullAt, found.schema),
    personal: personal.map((path) => `/${path.join('/')}`),
    upcast,
  };
}

/** The schema that also takes null at the end of the path, in each of the shapes that have it. */
function withNullAt(schema: JsonObject, [name, ...rest]: readonly string[]): JsonObject {
  if (name === undefined) return takesNull(schema) ? schema : { anyOf: [schema, { type: 'null' }] };
  const { anyOf, properties } = schema;
  if (Array.isArray(anyOf)) return { ...schema, anyOf: anyOf.map((shape) => inObject(shape, [name, ...rest])) };
  if (!isObject(properties) || !Object.hasOwn(properties, name)) return schema;
  return { ...schema, properties: { ...properties, [name]: inObject(properties[name], rest) } };
}

const inObject = (schema: Json | undefined, path: readonly string[]): Json =>
  isObject(schema) ? withNullAt(schema, path) : (schema ?? null);

const takesNull = ({ type, anyOf }: JsonObject): boolean =>
  type === 'null' || (Array.isArray(anyOf) && anyOf.some((shape) => isObject(shape) && takesNull(shape)));

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
