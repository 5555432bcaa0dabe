import type { OpenAPIObject } from '@nestjs/swagger';
import type { Shape } from '../../../domain/shared/schema.js';
import type { ErrorCode } from '../error-catalogue.js';
import { componentsOf, SCHEMAS } from './answer.js';
import { describedLists } from './code-lists.js';
import { exampleOf } from './examples.js';
import { answerHeaders } from './headers.js';
import { CODES, CREDENTIAL, ROLES } from './operation.js';
import { pathParameter } from './path-parameters.js';
import { problemResponses, problemSchemas, responseRef, statusOf } from './problems.js';
import { TAGS } from './tags.js';

/** What every request can meet, whatever it asks for. */
const ANYWHERE: readonly ErrorCode[] = [
  'REQUEST.INVALID',
  'REQUEST.URI_TOO_LONG',
  'REQUEST.HEADERS_TOO_LARGE',
  'REQUEST.TIMEOUT',
  'ROUTE.METHOD_NOT_ALLOWED',
  'SERVER.ERROR',
  'SERVER.STOPPING',
];
/** And below `/v1`. */
const IN_THE_API: readonly ErrorCode[] = ['REQUEST.RATE_LIMITED', 'STORE.UNAVAILABLE'];

/** The parts of the document that are worked on here; `unknown` is what is passed on as it is. */
interface Operation {
  [extension: `x-${string}`]: unknown;
  description?: string;
  security?: readonly object[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> } | { $ref: string }>;
}
interface Parameter {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  example?: unknown;
  schema?: Record<string, unknown>;
}
interface Media {
  schema?: object;
  example?: unknown;
  examples?: unknown;
}

/**
 * Makes of what the decorators left in the document what a client reads: shared responses for the codes of each route,
 * who may call it, examples that are composed of those of the fields, and the parts that belong to no route.
 */
export function finishDocument(document: OpenAPIObject): OpenAPIObject {
  // What the classes of bodies say of a name is more: also how long a text of it may be.
  const found = { ...takenSchemas(document), ...document.components?.schemas };
  const schemas = { ...found, ...describedLists(found), ...problemSchemas };
  document.components = { ...document.components, schemas: plainReferences(movedExamples(schemas)) as typeof schemas };
  const codes = new Set<ErrorCode>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const operation of Object.values(item) as Operation[]) {
      for (const code of finishOperation(operation, path)) codes.add(code);
      for (const parameter of operation.parameters ?? []) finishParameter(document, parameter, path);
      addExamples(document, operation);
    }
  }
  const responses = problemResponses(codes) as NonNullable<OpenAPIObject['components']>['responses'];
  Object.assign(document.components, { responses, headers: answerHeaders });
  return { ...document, tags: [...TAGS] };
}

/** Takes the schemas of answers out of the operations. */
function takenSchemas({ paths }: OpenAPIObject): Record<string, object> {
  const schemas: Record<string, object> = {};
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item) as Operation[])) {
    for (const name of Object.keys(operation)) {
      if (!isSchemas(name)) continue;
      for (const schema of operation[name] as readonly Shape[]) Object.assign(schemas, componentsOf(schema));
      delete operation[name];
    }
  }
  return schemas;
}

const isSchemas = (name: string): name is `x-${string}` => name.startsWith(SCHEMAS);

/** Answers the codes that the operation can meet. */
function finishOperation(operation: Operation, path: string): readonly ErrorCode[] {
  const own: ErrorCode[] = [];
  for (const name of Object.keys(operation)) {
    if (!isCodes(name)) continue;
    own.push(...(operation[name] as ErrorCode[]));
    delete operation[name];
  }
  operation.security = securityOf(operation);
  if (operation.security.length > 0) own.push('AUTH.KEYS_UNAVAILABLE');
  const codes = [...new Set([...own, ...ANYWHERE, ...(path.startsWith('/v1/') ? IN_THE_API : [])])].sort();
  for (const status of new Set(codes.map(statusOf))) operation.responses[status] ??= responseRef(status);
  operation['x-error-codes'] = codes;
  const roles = operation[ROLES] as readonly string[] | undefined;
  if (roles !== undefined) operation.description += ` Needs a token with the role ${orOf(roles)}.`;
  delete operation[CREDENTIAL];
  return codes;
}

const isCodes = (name: string): name is `x-${string}` => name.startsWith(CODES);

function securityOf(operation: Operation): readonly object[] {
  if (operation[ROLES] !== undefined) return [{ bearer: [] }];
  return operation[CREDENTIAL] === 'optional' ? [{}, { bearer: [] }] : [];
}

function orOf(roles: readonly string[]): string {
  const names = roles.map((role) => `\`${role}\``);
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** Pages that try a route fill in the example of a parameter: good where one is needed, wrong where none is. */
function finishParameter(document: OpenAPIObject, parameter: Parameter, path: string): void {
  if (parameter.in === 'path') Object.assign(parameter, pathParameter(path, parameter.name));
  const { example } = parameter;
  parameter.schema = plainReferences(movedExamples(parameter.schema ?? {})) as Record<string, unknown>;
  const { examples, ...schema } = parameter.schema;
  const [shown] = example === undefined ? ((examples ?? [exampleOf(document, schema)]) as unknown[]) : [example];
  if (shown === undefined) return;
  delete parameter.example;
  if (parameter.required === true) Object.assign(parameter, { schema, example: shown });
  else parameter.schema = { ...schema, examples: [shown] };
}

const hasExample = (value: unknown): boolean => typeof value === 'object' && value !== null && 'example' in value;

/** Bodies and answers show an example of their own: pages that try a route would otherwise make one up. */
function addExamples(document: OpenAPIObject, { requestBody, responses }: Operation): void {
  const contents = [requestBody, ...Object.values(responses)].map((one) =>
    one !== undefined && 'content' in one ? one.content : undefined,
  );
  for (const media of contents.flatMap((content) => Object.values(content ?? {}))) {
    media.schema = plainReferences(media.schema ?? {}) as object;
    if (media.example !== undefined || media.examples !== undefined) continue;
    const example = exampleOf(document, media.schema);
    // Linters take what has a member `example` for a schema, and refuse it: such an answer is told by its schema alone.
    if (example !== undefined && !hasExample(example)) media.example = example;
  }
}

/** `example`, which decorators know, as `examples`, which JSON Schema knows. */
function movedExamples(node: unknown): unknown {
  return rewritten(node, ({ example, ...rest }) => (example === undefined ? rest : { ...rest, examples: [example] }));
}

/** A description beside a reference needs no `allOf` in OpenAPI 3.1, and makes a type of its own in many clients. */
function plainReferences(node: unknown): unknown {
  return rewritten(node, (schema) => {
    const { allOf, ...rest } = schema;
    if (!Array.isArray(allOf) || allOf.length !== 1 || !('$ref' in (allOf[0] as object))) return schema;
    return { ...(allOf[0] as object), ...rest };
  });
}

type Members = Readonly<Record<string, unknown>>;

/** The names of properties are no words of JSON Schema: a member of an answer may be called `example`. */
const rewrittenEach = (properties: Members, change: (members: Members) => Members): Members =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, rewritten(schema, change)]));

/** Applies to every object below, the innermost first. Examples are data, and stay as they are. */
function rewritten(node: unknown, change: (members: Members) => Members): unknown {
  if (Array.isArray(node)) return node.map((one) => rewritten(one, change));
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.entries(node).map(([name, value]) => [
    name,
    name === 'examples' || name === 'example'
      ? value
      : name === 'properties'
        ? rewrittenEach(value as Members, change)
        : rewritten(value, change),
  ]);
  return change(Object.fromEntries(members) as Members);
}
