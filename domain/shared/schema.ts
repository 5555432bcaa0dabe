import type { Json, JsonObject } from './json.js';

/** What a schema says, whatever the type of its values. */
export interface Shape {
  /** JSON Schema 2020-12, in which a schema that has a name stands as `{ "$ref": name }`. */
  readonly json: JsonObject;
  /** The schemas that it is made up of. */
  readonly parts: readonly Shape[];
}

/** A public shape, said once: its JSON Schema, its type (`Of`), and what of a value belongs to it. */
export interface Schema<Value> extends Shape {
  /** A copy with what the shape names, and nothing else. */
  pick(value: Value): Value;
}

/** A member that may be missing. */
export interface OptionalSchema<Value> extends Schema<Value> {
  readonly isOptional: true;
}

/** A name by which whatever holds a schema refers to it, such as a component of an OpenAPI document. */
interface Named {
  readonly name: string;
  /** What the name stands for. */
  readonly definition: JsonObject;
}
export type NamedSchema<Value> = Schema<Value> & Named;

/** An object, with the schemas of its members, of which others can be made. */
export interface ObjectSchema<F extends Fields> extends Schema<ObjectOf<F>> {
  readonly fields: F;
}

export type Of<S> = S extends Schema<infer Value> ? Value : never;

type Fields = Readonly<Record<string, Schema<unknown>>>;
type OptionalNames<F> = { [Name in keyof F]: F[Name] extends OptionalSchema<unknown> ? Name : never }[keyof F];
type Flat<T> = { [Name in keyof T]: T[Name] };
type ObjectOf<F> = Flat<
  { readonly [Name in Exclude<keyof F, OptionalNames<F>>]: Of<F[Name]> } & {
    readonly [Name in OptionalNames<F>]?: Of<F[Name]>;
  }
>;

function leaf<Value>(json: JsonObject, description?: string, example?: unknown): Schema<Value> {
  return { json: { ...json, ...told(description, example) }, parts: [], pick: (value) => value };
}

const told = (description?: string, example?: unknown): JsonObject => ({
  ...(description === undefined ? {} : { description }),
  ...(example === undefined ? {} : { examples: [example] as JsonObject['examples'] }),
});

export const text = (description?: string, example?: string): Schema<string> =>
  leaf({ type: 'string' }, description, example);

/** RFC 3339 UTC. */
export const time = (description?: string, example = '2026-03-01T09:30:00.000Z'): Schema<string> =>
  leaf({ type: 'string', format: 'date-time' }, description, example);

/** Of those that errors have too; who reads it has to take codes that it does not know yet. */
export const errorCode = (description?: string, example?: string): Schema<string> =>
  leaf({ type: 'string', format: ERROR_CODE }, description, example);
export const ERROR_CODE = 'error-code';

export const integer = (description?: string, example?: number, bounds: JsonObject = {}): Schema<number> =>
  leaf({ type: 'integer', ...bounds }, description, example);

/** From 0 on. */
export const count = (description?: string, example?: number): Schema<number> =>
  integer(description, example, { minimum: 0 });

export const flag = (description?: string, example?: boolean): Schema<boolean> =>
  leaf({ type: 'boolean' }, description, example);

export const choice = <const Choice extends string>(
  choices: readonly Choice[],
  description?: string,
  example?: Choice,
): Schema<Choice> => leaf({ type: 'string', enum: choices }, description, example);

/** Texts by names that are not known beforehand. */
export const textsByName = (
  description?: string,
  example?: Readonly<Record<string, string>>,
): Schema<Readonly<Record<string, string>>> =>
  leaf({ type: 'object', additionalProperties: { type: 'string' } }, description, example);

/** Whatever JSON an object may hold. */
export const jsonObject = (description?: string, example?: JsonObject): Schema<JsonObject> =>
  leaf({ type: 'object', additionalProperties: true }, description, example);

/** Any JSON value. */
export const anyJson = (description?: string, example?: Json): Schema<Json> => leaf({}, description, example);

/** Any JSON value, in which numbers may go beyond what a JSON reader that knows doubles alone keeps. */
export const anyExactJson = (description?: string, example?: Json): Schema<ExactJson> => leaf({}, description, example);

export type ExactJson = Json | bigint | { readonly amount: number | bigint; readonly currency: string };

/** A whole number beyond what a JSON reader that knows doubles alone keeps. */
export const bigInteger = (description?: string, example?: number): Schema<bigint> =>
  leaf({ type: 'integer' }, description, example);

export function listOf<Value>(
  items: Schema<Value>,
  description?: string,
  example?: readonly Value[],
): Schema<readonly Value[]> {
  return {
    json: { type: 'array', items: items.json, ...told(description, example) },
    parts: [items],
    pick: (values) => values.map((value) => items.pick(value)),
  };
}

export function nullable<Value>(
  schema: Schema<Value>,
  description?: string,
  example?: Value | null,
): Schema<Value | null> {
  return {
    json: { oneOf: [schema.json, { type: 'null' }], ...told(description, example) },
    parts: [schema],
    pick: (value) => (value === null ? null : schema.pick(value)),
  };
}

/** An object of one of several shapes, which a member tells apart. */
export function variants<Tag extends string, Shapes extends Readonly<Record<string, Schema<object>>>>(
  tag: Tag,
  shapes: Shapes,
  description?: string,
): Schema<Of<Shapes[keyof Shapes]>> {
  type Value = Of<Shapes[keyof Shapes]>;
  const parts = Object.values(shapes);
  return {
    json: { oneOf: parts.map(({ json }) => json), ...told(description) },
    parts,
    pick: (value) => {
      const name = Object.entries(value as object).find(([member]) => member === tag)?.[1] as string;
      return (shapes[name]?.pick(value as object) ?? value) as Value;
    },
  };
}

/** A value of one of two shapes. */
export const either = <One, Other>(
  one: Schema<One>,
  other: Schema<Other>,
  { isOne, description }: { readonly isOne: (value: One | Other) => value is One; readonly description?: string },
): Schema<One | Other> => ({
  json: { oneOf: [one.json, other.json], ...told(description) },
  parts: [one, other],
  pick: (value) => (isOne(value) ? one.pick(value) : other.pick(value as Other)),
});

/** A schema by its name, which is a part of itself. */
export const recursive = <Value>(name: string, description?: string): Schema<Value> =>
  leaf({ $ref: name }, description);

export const optional = <Value>(schema: Schema<Value>): OptionalSchema<Value> => ({ ...schema, isOptional: true });

export function object<F extends Fields>(fields: F, description?: string): ObjectSchema<F> {
  const members = Object.entries(fields);
  const required = members.filter(([, schema]) => !('isOptional' in schema)).map(([name]) => name);
  const properties = Object.fromEntries(members.map(([name, schema]) => [name, schema.json]));
  return {
    fields,
    json: { type: 'object', properties, required, ...told(description) },
    parts: Object.values(fields),
    pick: (value) => {
      const source: Readonly<Record<string, unknown>> = value;
      const copy: Record<string, unknown> = {};
      for (const [name, schema] of members) {
        const member = source[name];
        if (member !== undefined) copy[name] = schema.pick(member);
      }
      return copy as ObjectOf<F>;
    },
  };
}

export const named = <S extends Schema<unknown>>(name: string, schema: S): S & Named => ({
  ...schema,
  name,
  definition: schema.json,
  json: { $ref: name },
});

/** A named schema with what it means in the place where it stands. */
export const described = <Value>(schema: NamedSchema<Value>, description: string, example?: Value): Schema<Value> => ({
  ...schema,
  json: { ...schema.json, ...told(description, example) },
});

/** The definitions of all names that a schema refers to, itself and through others. */
export function definitionsOf(schema: Shape, found = new Map<string, JsonObject>()): ReadonlyMap<string, JsonObject> {
  if (isNamed(schema)) {
    if (found.has(schema.name)) return found;
    found.set(schema.name, schema.definition);
  }
  for (const part of schema.parts) definitionsOf(part, found);
  return found;
}

const isNamed = (schema: Shape): schema is Shape & Named => 'definition' in schema;
