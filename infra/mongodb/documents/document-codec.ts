import type { Json, JsonObject } from '../../../domain/shared/json.js';

/**
 * Documents lie in the database as they are, so that they can be queried there. What BSON or MongoDB would not give back
 * is escaped: in names `.`, `$`, `%`, NUL, halves of surrogate pairs and two names with a meaning of their own, as `%` and
 * four hexadecimal digits; a text with a half surrogate pair as `{"%text": JSON of it}`.
 */
const UNSAFE_NAME = /[.$%\0]|\p{Cs}|^(?:__proto__|_bsontype)$/u;
const UNSAFE_IN_NAME = /[.$%\0]|\p{Cs}|^_/gu;
const ESCAPED_IN_NAME = /%([0-9a-f]{4})/g;
const HALF_PAIR = /\p{Cs}/u;
const TEXT = '%text';

/** Whether the document needs no escaping: nearly all do not, and are stored and read without a copy. */
export function isPlain(value: Json | undefined): boolean {
  if (typeof value === 'string') return !HALF_PAIR.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (isList(value)) return value.every(isPlain);
  for (const name in value) if (UNSAFE_NAME.test(name) || !isPlain(value[name])) return false;
  return true;
}

export const escaped = (doc: JsonObject): JsonObject => mapObject(doc, escapedName, escapedValue);

export const unescaped = (doc: JsonObject): JsonObject => mapObject(doc, unescapedName, unescapedValue);

function escapedValue(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return HALF_PAIR.test(value) ? { [TEXT]: JSON.stringify(value) } : value;
  if (typeof value !== 'object' || value === null) return value;
  return isList(value) ? value.map((item) => escapedValue(item) ?? null) : escaped(value);
}

function unescapedValue(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => unescapedValue(item) ?? null);
  const text = value[TEXT];
  return typeof text === 'string' ? (JSON.parse(text) as string) : unescaped(value);
}

const escapedName = (name: string): string =>
  UNSAFE_NAME.test(name)
    ? name.replace(UNSAFE_IN_NAME, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : name;

const unescapedName = (name: string): string =>
  name.replace(ESCAPED_IN_NAME, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/** `fromEntries` takes every name as it is, `__proto__` too. */
const mapObject = (
  object: JsonObject,
  name: (from: string) => string,
  value: (from: Json | undefined) => Json | undefined,
): JsonObject => Object.fromEntries(Object.entries(object).map(([key, item]) => [name(key), value(item)]));

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
