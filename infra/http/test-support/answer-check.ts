import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** An answer as it came over HTTP. */
export interface CheckedAnswer {
  readonly method: string;
  /** Also with a query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

export type AnswerCheck = (answer: CheckedAnswer) => void;

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

/** The media types of answers that a schema is named for. */
const JSON_TYPES = ['application/json', 'application/problem+json'];
const PROBLEM = { $ref: '#/components/schemas/Problem' };
const ROOT = 'https://document/';

/**
 * Holds every answer to the schema that its route names for its status: it has all that the schema needs, and no member that the
 * schema does not know. What is no route is refused by a problem. @throws Error that says what is otherwise
 */
export function answerCheck(document: OpenAPIObject): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: ROOT, components: closed(JSON.parse(JSON.stringify(document.components))) as object });
  const schemaOf = schemasOf(document);
  const known = new Map<object, ValidateFunction>();
  return ({ json, ...answer }) => {
    const { method, path, status } = answer;
    const type = JSON_TYPES.find((one) => answer.headers.get('content-type')?.split(';')[0] === one);
    // The document itself is no part of the API, nor are pages.
    if (type === undefined || path === '/openapi.json') return;
    const where = `${method} ${path} ${status}`;
    const schema = schemaOf(answer, type);
    if (schema === undefined) throw new Error(`${where} is answered with JSON that no schema is named for`);
    const validate = known.get(schema) ?? ajv.compile(inRoot(schema));
    known.set(schema, validate);
    if (!validate(json)) throw new Error(`${where} is not as its schema says: ${ajv.errorsText(validate.errors)}`);
  };
}

type Answered = Omit<CheckedAnswer, 'json'>;

/** The schema that the document names for an answer of a media type. */
function schemasOf(document: OpenAPIObject): (answer: Answered, type: string) => object | undefined {
  const routes = routesOf(document);
  const shared = (document.components?.responses ?? {}) as Readonly<Record<string, Response>>;
  return ({ method, path, status }, type) => {
    const plain = plainPath(path);
    const route = routes.find((one) => one.method === method.toLowerCase() && one.pattern.test(plain));
    if (route === undefined) return status >= 400 ? PROBLEM : undefined;
    const response = route.operation.responses[status];
    const { content } = shared[response?.$ref?.split('/').at(-1) ?? ''] ?? response ?? {};
    return content?.[type]?.schema;
  };
}

/** As the router reads a path: segments may be written with percent signs. */
const plainPath = (path: string): string =>
  (path.split('?', 1)[0] ?? '')
    .split('/')
    .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
    .join('/');

const inRoot = (schema: object): object => JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${ROOT}#/`)) as object;

/** Paths without parameters first: `/v1/products/suggest` is no SKU. */
const routesOf = ({ paths }: OpenAPIObject) =>
  Object.entries(paths)
    .sort(([one], [other]) => one.split('{').length - other.split('{').length)
    .flatMap(([path, item]) =>
      Object.entries(item as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
        method,
        operation,
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
      })),
    );

/** The same schemas with every member that they do not name refused; a problem may say more than its schema (RFC 9457). */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, name === 'Problem' ? value : closed(value)]),
  );
  return 'properties' in copy && !('additionalProperties' in copy) ? { ...copy, additionalProperties: false } : copy;
}
