import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiExtension, ApiResponse } from '@nestjs/swagger';
import type { ApiResponseSchemaHost } from '@nestjs/swagger';
import type { Json, JsonObject } from '../../../domain/shared/index.js';
import { definitionsOf, ERROR_CODE } from '../../../domain/shared/schema.js';
import type { Shape } from '../../../domain/shared/schema.js';
import { codeRule, headerRefs } from './problems.js';

export interface AnswerText {
  readonly description: string;
  /** Names of the headers that it has. */
  readonly headers?: readonly string[];
  readonly example?: object;
  /** A table that is answered instead of JSON where a client likes CSV better, as an example. */
  readonly csv?: string;
}

/** Documents what a route answers with a status: a body as a schema says. */
export function Answer(
  status: number,
  schema: Shape,
  { description, headers, example, csv }: AnswerText,
): MethodDecorator {
  const json = { schema: inDocument(schema.json) as object, ...(example !== undefined && { example }) };
  const table = { schema: { type: 'string' }, example: csv };
  return applyDecorators(
    ApiResponse({
      status,
      description,
      ...(headers !== undefined && { headers: headerRefs(headers) }),
      ...(csv === undefined ? json : { content: { 'application/json': json, 'text/csv': table } }),
    } as ApiResponseSchemaHost),
    WithSchemas(status, schema),
  );
}

/** Documents the body that a route takes, where a schema says it and not a class. */
export const TakesBody = (schema: Shape, description: string): MethodDecorator =>
  applyDecorators(
    ApiBody({ description, required: true, schema: inDocument(schema.json) as object }),
    WithSchemas('body', schema),
  );

/** Puts the names that a schema refers to into the document. */
export const WithSchemas = (status: number | 'body', schema: Shape): MethodDecorator =>
  ApiExtension(`${SCHEMAS}${status}`, [schema]);

/** How the decorators hand them on, until the document is finished. */
export const SCHEMAS = 'x-schemas-';

/** What the names that a schema refers to stand for, as components of the document. */
export const componentsOf = (schema: Shape): Record<string, object> =>
  Object.fromEntries([...definitionsOf(schema)].map(([name, json]) => [name, inDocument(json) as object]));

/** As OpenAPI says it: a name is a component of the document. */
function inDocument(json: Json): Json {
  if (Array.isArray(json)) return json.map(inDocument);
  if (!isObject(json)) return json;
  const members = Object.entries(json).flatMap(([name, value]): (readonly [string, Json])[] => {
    if (value === undefined) return [];
    if (name === '$ref') return [[name, `#/components/schemas/${String(value)}`]];
    if (value === ERROR_CODE) return Object.entries(codeRule);
    // Members of an object may have any name.
    if (name === 'properties' && isObject(value)) return [[name, membersInDocument(value)]];
    // Examples are data.
    return [[name, name === 'examples' ? value : inDocument(value)]];
  });
  return Object.fromEntries(members);
}

const membersInDocument = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, schema && inDocument(schema)]));

const isObject = (json: Json): json is JsonObject => typeof json === 'object' && json !== null && !Array.isArray(json);
