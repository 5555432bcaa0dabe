import type { Json, JsonObject } from '../../domain/shared/index.js';
import { count, definitionsOf, ERROR_CODE, nullable, object, text, time } from '../../domain/shared/schema.js';
import type { EventDefinition } from './definition.js';
import { definitions, subjectOf } from './integration-event.js';

/** A file of docs/integration-events. */
export interface SchemaDocument {
  /** `order.confirmed.v1.schema.json` */
  readonly file: string;
  readonly json: JsonObject;
}

const envelope = object({
  id: text('of the event in the log: what came before under this id has been seen'),
  at: time('when it was recorded'),
  stream: text('what it happened to, such as order-…'),
  revision: count('its place in the stream, from 0; some places are not told'),
  position: text('its place in the log; texts in the order of the log'),
  correlationId: text('the same for everything that one request set off'),
  causationId: nullable(text(), 'the event that caused it; null where a request did'),
});

/** The JSON Schemas of all integration events: the only source of what docs/integration-events holds. */
export const schemaDocuments = (): readonly SchemaDocument[] =>
  definitions.map((definition) => ({ file: fileOf(definition), json: documentOf(definition) }));

/** The table of docs/integration-events/README.md. */
export function eventTable(): string {
  const rows = definitions.map(
    (definition) =>
      `| \`${subjectOf(definition)}\` | [${definition.version}](${fileOf(definition)}) | ${definition.description} |`,
  );
  return ['| subject and type | version | when |', '| --- | --- | --- |', ...rows].join('\n');
}

const fileOf = ({ name, version }: EventDefinition): string => `${name}.v${version}.schema.json`;

function documentOf(definition: EventDefinition): JsonObject {
  const { name, version, description, schema } = definition;
  const { properties, required } = envelope.json as { properties: JsonObject; required: readonly string[] };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:cartwright:integration-event:${name}:v${version}`,
    title: subjectOf(definition),
    description,
    type: 'object',
    properties: {
      type: { const: subjectOf(definition) },
      version: { const: version },
      ...properties,
      data: selfContained(schema.json, definitionsOf(schema)),
    },
    required: ['type', 'version', ...required, 'data'],
  };
}

/**
 * A schema without references and examples, that says of a list of choices only that they are texts: whoever gets an event
 * has to take one that was added later.
 */
function selfContained(json: Json, definitions: ReadonlyMap<string, JsonObject>): Json {
  if (Array.isArray(json)) return json.map((one) => selfContained(one, definitions));
  if (!isObject(json)) return json;
  const { $ref, enum: _choices, examples: _examples, ...rest } = json;
  if (typeof $ref === 'string') return selfContained({ ...definitions.get($ref), ...rest }, definitions);
  const members = Object.entries(rest)
    .filter(([, value]) => value !== ERROR_CODE)
    .map(([name, value]) => [name, selfContained(value ?? null, definitions)] as const);
  return Object.fromEntries(members);
}

const isObject = (json: Json): json is JsonObject => typeof json === 'object' && json !== null && !Array.isArray(json);
