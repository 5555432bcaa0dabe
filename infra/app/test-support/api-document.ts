import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

interface Operation {
  readonly [extension: `x-${string}`]: unknown;
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

export interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  /** For messages. */
  readonly where: string;
  readonly operation: Operation;
  /** Of its body and of the answers that are its own. */
  readonly media: readonly Media[];
}

export const operationsOf = (document: OpenAPIObject): readonly DescribedOperation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
      method,
      path,
      where: `${method.toUpperCase()} ${path}`,
      operation,
      media: [operation.requestBody, ...Object.values(operation.responses)].flatMap((one) =>
        Object.values(one?.content ?? {}),
      ),
    })),
  );

export const schemasOf = ({ components }: OpenAPIObject): readonly (readonly [string, Schema])[] =>
  Object.entries((components?.schemas ?? {}) as Readonly<Record<string, Schema>>);

/** Every `$ref` below; examples are data. */
export function* references(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === '$ref' && typeof value === 'string') yield value;
    else if (name !== 'example' && name !== 'examples') yield* references(value);
  }
}

/** What a reference leads to. */
export function valueAt(document: object, reference: string): unknown {
  let value: unknown = document;
  for (const name of reference.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value;
}

const OPENAPI_KEYWORDS = ['x-extensible-enum', 'discriminator', 'example'];

/** Tells what of a value is not as a schema of the document says. */
export function schemaCheck(document: OpenAPIObject): (schema: object, value: unknown) => readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  for (const keyword of OPENAPI_KEYWORDS) ajv.addKeyword(keyword);
  ajv.addSchema({ $id: 'https://document/', components: document.components });
  const known = new Map<string, ReturnType<typeof ajv.compile>>();
  return (schema, value) => {
    const text = JSON.stringify(schema).replaceAll('"#/', '"https://document/#/');
    const validate = known.get(text) ?? ajv.compile(JSON.parse(text) as object);
    known.set(text, validate);
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
