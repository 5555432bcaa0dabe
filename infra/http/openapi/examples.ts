import type { OpenAPIObject } from '@nestjs/swagger';

/** A schema of the document, as far as an example needs it. */
interface Schema {
  readonly $ref?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
}

/**
 * An example of a schema, composed of those of its members: its own first, then every required member, and of the others
 * those that have one. Undefined where nothing says how a value might look.
 */
export function exampleOf(document: OpenAPIObject, schema: Schema): unknown {
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.$ref !== undefined) return exampleOf(document, resolve(document, schema.$ref));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.oneOf?.[0] !== undefined) return exampleOf(document, schema.oneOf[0]);
  if (schema.type === 'array' && schema.items !== undefined) {
    const item = exampleOf(document, schema.items);
    return item === undefined ? [] : [item];
  }
  return schema.properties === undefined ? undefined : objectExample(document, schema);
}

function objectExample(document: OpenAPIObject, { properties = {}, required = [] }: Schema): object {
  const members = Object.entries(properties)
    .filter(([name, member]) => required.includes(name) || member.examples !== undefined)
    .map(([name, member]) => [name, exampleOf(document, member)] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function resolve(document: OpenAPIObject, ref: string): Schema {
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  const schema = document.components?.schemas?.[name];
  if (schema === undefined) throw new RangeError(`the document has no schema ${name}`);
  return schema as Schema;
}
