import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { personalFields as personal } from '../../domain/personal-fields.js';
import type { JsonObject } from '../../domain/shared/index.js';
import { positionOfNumber } from '../shared/position.js';
import type { RecordedEvent } from '../event-store/index.js';
import { declaredTypes, goldenEvents, type GoldenEvent } from '../event-store/upcasting/test-support/golden-files.js';
import { eventTable, integrationEventOf, schemaDocuments } from './index.js';
import { definitions } from './integration-event.js';

const FOLDER = fileURLToPath(new URL('../../docs/integration-events/', import.meta.url));

const recorded = ({ type, data }: GoldenEvent, changes: Partial<RecordedEvent> = {}): RecordedEvent => ({
  id: '0c7f6ad6-6c0b-5b0e-9a3e-6f3f2b7f1d10',
  stream: 'golden-1',
  revision: 4,
  position: positionOfNumber(1042),
  at: '2026-11-02T10:00:00.000Z',
  type,
  data,
  metadata: { commandId: 'a-command', correlationId: 'a-request', causationId: null, actor: 'customer:ada' },
  ...changes,
});

const golden = goldenEvents();
const told = golden.filter(({ type }) => definitions.some(({ from }) => from === type));
const nameOf = (type: string): string => type.replace(/\.v\d+$/, '');

const read = (file: string): string => readFileSync(FOLDER + file, 'utf8');

/** The same schema with every member that it does not name refused. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in copy ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

function validatorOf(type: string): ValidateFunction {
  const file = readdirSync(FOLDER).find((name) => name.startsWith(`${nameOf(type)}.v`));
  if (file === undefined) throw new Error(`no schema file for ${type}`);
  return ajv.compile(closed({ ...JSON.parse(read(file)), $id: undefined }) as JsonObject);
}

/** Every text that is in there. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('integration events', () => {
  it('are told of events that are declared, and of each under one name', () => {
    const declared = declaredTypes().map(({ type }) => type);
    for (const { from } of definitions) expect(declared).toContain(from);
    expect(new Set(definitions.map(({ name }) => name)).size).toBe(definitions.length);
    expect(told.length).toBeGreaterThanOrEqual(definitions.length);
    expect(definitions.length).toBeGreaterThan(25);
  });

  it('carry where the event is in the log and what it follows from, but not who did it', () => {
    const event = told.find(({ type }) => type === 'order.completed.v1');
    if (event === undefined) throw new Error('no golden order.completed.v1');
    expect(integrationEventOf(recorded(event))).toEqual({
      id: '0c7f6ad6-6c0b-5b0e-9a3e-6f3f2b7f1d10',
      type: 'cartwright.order.completed',
      version: 1,
      at: '2026-11-02T10:00:00.000Z',
      stream: 'golden-1',
      revision: 4,
      position: '0000000000001042',
      correlationId: 'a-request',
      causationId: null,
      data: event.data,
    });
  });

  it('are not made of what is nobody else’s business', () => {
    const event = recorded({ context: 'cart', type: 'cart.item-added.v1', data: {} });
    expect(integrationEventOf(event)).toBeUndefined();
  });

  it.each(told)('$type is told as its schema says, with no member besides', (event) => {
    const validate = validatorOf(event.type);
    const outward: unknown = JSON.parse(JSON.stringify(integrationEventOf(recorded(event))));
    expect(validate(outward) ? [] : validate.errors).toEqual([]);
  });

  it.each(told)('$type is refused by its schema when it loses a member or has one of another kind', (event) => {
    const validate = validatorOf(event.type);
    const outward = integrationEventOf(recorded(event));
    const [member] = Object.keys(outward?.data ?? {});
    expect(validate({ ...outward, data: {} })).toBe(false);
    expect(validate({ ...outward, data: { ...outward?.data, [String(member)]: 7.5 } })).toBe(false);
    expect(validate({ ...outward, position: undefined })).toBe(false);
  });

  it.each(golden.filter(({ type }) => type in personal))('$type is told without what is personal in it', (event) => {
    const { person = '', fields = [] } = personal[event.type] ?? {};
    // Country and region are told in clear beside the address.
    const clear = new Set(textsIn(event.data['destination']));
    const sealed = [person, ...fields, 'customerId'].flatMap((field) => textsIn(event.data[field]));
    const secrets = sealed.filter((text) => !clear.has(text));
    const marked = { ...event.data, unheardOf: { email: 'ada@example.org' } };
    expect(secrets.length).toBeGreaterThan(1);
    const text = JSON.stringify(integrationEventOf(recorded({ ...event, data: marked })) ?? {});
    for (const secret of [...secrets, 'ada@example.org', 'customer:ada'])
      expect(textsIn(JSON.parse(text))).not.toContain(secret);
    for (const field of [person, ...fields]) expect(text).not.toContain(`"${field}"`);
  });

  it('come from an order that was opened, which is personal, so that the rule above sees something', () => {
    expect(Object.keys(personal)).toContain('order.opened.v1');
    expect(definitions.map(({ from }) => from)).toContain('order.opened.v1');
  });
});

describe('docs/integration-events', () => {
  it('holds the schemas that the code makes, and no others', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
    const made = new Map(schemaDocuments().map(({ file, json }) => [file, json]));
    expect(files.toSorted()).toEqual([...made.keys()].toSorted());
    for (const file of files) expect({ file, json: JSON.parse(read(file)) }).toEqual({ file, json: made.get(file) });
  });

  it('has a table with every event', () => {
    // The formatter pads the columns.
    const squeezed = (text: string): string => text.replace(/[ -]+/g, '');
    expect(squeezed(read('README.md'))).toContain(squeezed(eventTable()));
  });
});
