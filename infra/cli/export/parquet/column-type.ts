import type { Json, JsonObject } from '../../../../domain/shared/index.js';

/** How Parquet has the values that a JSON Schema allows. Each may be null: what a reader may not see, and what is not there. */
export type ColumnType =
  | { readonly kind: 'text' | 'number' | 'boolean' }
  /** JSON text of whatever it is: values of several kinds, and objects whose members have no fixed names. */
  | { readonly kind: 'json' }
  | { readonly kind: 'list'; readonly item: ColumnType }
  | { readonly kind: 'struct'; readonly members: ReadonlyMap<string, ColumnType> };

const JSON_TEXT: ColumnType = { kind: 'json' };

/** Chooses a type for values that fit any of the schemas; shapes of an object become one with the members of all of them. */
export function columnTypeOf(...schemas: readonly Json[]): ColumnType {
  const shapes = schemas.flatMap(shapesOf);
  const [kind = 'json', ...others] = new Set(shapes.map(kindOf));
  if (others.length > 0) return JSON_TEXT;
  switch (kind) {
    case 'list':
      return { kind, item: columnTypeOf(...shapes.map(({ items = {} }) => items)) };
    case 'struct':
      return { kind, members: membersOf(shapes) };
    default:
      return { kind };
  }
}

/** What a schema allows besides null, one by one. */
function shapesOf(schema: Json): readonly JsonObject[] {
  if (!isObject(schema)) return [];
  const { anyOf, type } = schema;
  if (Array.isArray(anyOf)) return anyOf.flatMap(shapesOf);
  return type === 'null' ? [] : [schema];
}

function kindOf({ type, properties, additionalProperties, prefixItems, ...rest }: JsonObject): ColumnType['kind'] {
  const said = type ?? typeOfValues(rest);
  switch (said) {
    case 'string':
      return 'text';
    case 'number':
    case 'boolean':
      return said;
    case 'array':
      return prefixItems === undefined ? 'list' : 'json';
    case 'object':
      return isObject(properties) && additionalProperties === false && !isEmpty(properties) ? 'struct' : 'json';
    default:
      return 'json';
  }
}

/** Parquet has no structure without members. */
const isEmpty = (properties: JsonObject): boolean => Object.keys(properties).length === 0;

/** What the type of all values is that are listed. */
function typeOfValues({ const: only, enum: several }: JsonObject): string | undefined {
  const types = new Set((Array.isArray(several) ? several : [only]).map((value) => typeof value));
  const [type, ...others] = types;
  return others.length === 0 ? type : undefined;
}

function membersOf(shapes: readonly JsonObject[]): ReadonlyMap<string, ColumnType> {
  const schemas = new Map<string, Json[]>();
  for (const { properties } of shapes) {
    if (!isObject(properties)) continue;
    for (const [name, schema = {}] of Object.entries(properties))
      schemas.set(name, [...(schemas.get(name) ?? []), schema]);
  }
  return new Map([...schemas].map(([name, all]) => [name, columnTypeOf(...all)]));
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
