// Writes dist/event-types.json, which `GET /v1/events/types/{type}` answers from: of every event type that the code declares
// the JSON Schema of its data, its golden example, and who records and takes it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { memberOf, membersOf, readTypes, schemaOf } from './event-types/json-schemas.mjs';
import { eventPlaces } from './event-types/places.mjs';

const root = resolve(import.meta.dirname, '..');
const SAGA_EXAMPLE = join(root, 'infra', 'engine', 'sagas', 'golden', 'saga.stepped.v1.json');

const places = eventPlaces(root);
const contexts = [...new Set(places.declared.map(({ context }) => context))];
/** A context's union of events bears its name: `CartEvent` in `cart`. */
const unionOf = (context) => context.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase()) + 'Event';

const { checker, types } = readTypes(
  join(root, 'infra', 'event-types.read.ts'),
  [
    ...contexts.map((context) => `import type { ${unionOf(context)} } from '../domain/${context}/events.js';`),
    `import type { StepRecord } from './engine/sagas/index.js';`,
    `export type Event = ${contexts.map(unionOf).join(' | ')};`,
    `export type Step = StepRecord;`,
  ].join('\n'),
);

const jsonOf = (path) => JSON.parse(readFileSync(path, 'utf8'));
const schemas = new Map(
  membersOf(types.get('Event')).map((event) => [
    memberOf(checker, event, 'type').value,
    schemaOf(checker, memberOf(checker, event, 'data')),
  ]),
);

const domainEntries = places.declared.map((event) => {
  const { type, context } = event;
  const schema = schemas.get(type);
  if (schema === undefined) throw new Error(`${type} is not in ${unionOf(context)}`);
  return [
    type,
    {
      schema,
      example: jsonOf(join(root, 'domain', context, 'golden', `${type}.json`)),
      producers: places.decides(event) ? [`domain/${context}`] : [],
      consumers: places.placesWith(type, ['sagas', 'projections', 'write-side', 'read-api', 'infra']),
    },
  ];
});

/** Each saga has one type of events, which only its own runner reads. */
function sagaEntries() {
  const schema = schemaOf(checker, types.get('Step'));
  for (const list of ['sent', 'waiting']) {
    // What a command has besides its type is up to its target, which the engine of sagas does not know.
    schema.properties[list].items.properties.command.additionalProperties = true;
  }
  const example = jsonOf(SAGA_EXAMPLE);
  const folders = readdirSync(join(root, 'sagas')).filter((name) =>
    existsSync(join(root, 'sagas', name, `${name}.ts`)),
  );
  return folders.flatMap((folder) => {
    const source = readFileSync(join(root, 'sagas', folder, `${folder}.ts`), 'utf8');
    const name = /^ {2}name: '([a-z-]+)',$/m.exec(source)?.[1];
    const place = [`sagas/${folder}`];
    return name === undefined
      ? []
      : [[`saga.${name}.stepped.v1`, { schema, example, producers: place, consumers: place }]];
  });
}

const entries = [...domainEntries, ...sagaEntries()].sort(([one], [other]) => (one < other ? -1 : 1));
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(join(root, 'dist', 'event-types.json'), JSON.stringify(Object.fromEntries(entries)));
