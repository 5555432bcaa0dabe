import type { JsonObject } from '../../domain/shared/index.js';

/** A shape that others rely on: its JSON Schema, its type, and what of a value belongs to it, said once. */
export interface Schema<Value> {
  /** JSON Schema 2020-12. */
  readonly json: JsonObject;
  /** A copy with what the shape names, and nothing else. */
  pick(value: Value): Value;
}

/** A member that may be missing. */
export interface OptionalSchema<Value> extends Schema<Value> {
  readonly isOptional: true;
}

export type Of<S> = S extends Schema<infer Value> ? Value : never;

type Fields = Readonly<Record<string, Schema<unknown>>>;
type OptionalNames<F> = { [Name in keyof F]: F[Name] extends OptionalSchema<unknown> ? Name : never }[keyof F];
type ObjectOf<F> = { readonly [Name in Exclude<keyof F, OptionalNames<F>>]: Of<F[Name]> } & {
  readonly [Name in OptionalNames<F>]?: Of<F[Name]>;
};

function leaf<Value>(json: JsonObject): Schema<Value> {
  return { json, pick: (value) => value };
}

const described = (description?: string): JsonObject => (description === undefined ? {} : { description });

export const text = (description?: string): Schema<string> => leaf({ type: 'string', ...described(description) });
export const textOrNull = (description?: string): Schema<string | null> =>
  leaf({ type: ['string', 'null'], ...described(description) });
export const time = (description?: string): Schema<string> =>
  leaf({ type: 'string', format: 'date-time', ...described(description) });
export const whole = (description?: string): Schema<number> => leaf({ type: 'integer', ...described(description) });
/** From 0 on. */
export const count = (description?: string): Schema<number> =>
  leaf({ type: 'integer', minimum: 0, ...described(description) });
export const flag = (description?: string): Schema<boolean> => leaf({ type: 'boolean', ...described(description) });
/** Texts by names that are not known beforehand. */
export const texts = (description?: string): Schema<Readonly<Record<string, string>>> =>
  leaf({ type: 'object', additionalProperties: { type: 'string' }, ...described(description) });

export function listOf<Value>(items: Schema<Value>, description?: string): Schema<readonly Value[]> {
  return {
    json: { type: 'array', items: items.json, ...described(description) },
    pick: (values) => values.map((value) => items.pick(value)),
  };
}

export function optional<Value>({ json, pick }: Schema<Value>): OptionalSchema<Value> {
  return { json, pick, isOptional: true };
}

export function object<F extends Fields>(fields: F, description?: string): Schema<ObjectOf<F>> {
  const members = Object.entries(fields);
  const required = members.filter(([, schema]) => !('isOptional' in schema)).map(([name]) => name);
  const properties = Object.fromEntries(members.map(([name, schema]) => [name, schema.json]));
  return {
    json: { type: 'object', properties, required, ...described(description) },
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
