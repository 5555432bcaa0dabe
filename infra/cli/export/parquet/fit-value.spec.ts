import type { JsonObject } from '../../../../domain/shared/index.js';
import { columnTypeOf } from './column-type.js';
import { fitValue } from './fit-value.js';

const text = { type: 'string' };
const object = (properties: JsonObject): JsonObject => ({
  type: 'object',
  properties,
  additionalProperties: false,
});
const list = (items: JsonObject): JsonObject => ({ type: 'array', items });
const nullable = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });

describe('the type of a column', () => {
  it('follows from the schema, whatever may be null in it', () => {
    const money = object({ amount: { type: 'number' }, currency: text });
    const type = columnTypeOf(object({ total: nullable(money), paid: { type: 'boolean' }, tags: list(text) }));
    expect(type).toEqual({
      kind: 'struct',
      members: new Map<string, unknown>([
        [
          'total',
          {
            kind: 'struct',
            members: new Map([
              ['amount', { kind: 'number' }],
              ['currency', { kind: 'text' }],
            ]),
          },
        ],
        ['paid', { kind: 'boolean' }],
        ['tags', { kind: 'list', item: { kind: 'text' } }],
      ]),
    });
    expect([columnTypeOf({ enum: ['a', 'b'] }), columnTypeOf({ const: 1 }), columnTypeOf({ enum: ['a', 1] })]).toEqual([
      { kind: 'text' },
      { kind: 'number' },
      { kind: 'json' },
    ]);
  });

  it('has the members of all shapes of an object, each by what all of them say of it', () => {
    const card = object({ kind: { const: 'card' }, of: text });
    const other = object({ kind: { const: 'other' }, of: { type: 'number' }, code: text });
    expect(columnTypeOf({ anyOf: [card, other] })).toEqual({
      kind: 'struct',
      members: new Map([
        ['kind', { kind: 'text' }],
        ['of', { kind: 'json' }],
        ['code', { kind: 'text' }],
      ]),
    });
  });

  it('is JSON text for what has no fixed names or several kinds, or holds itself', () => {
    const map = { type: 'object', additionalProperties: text };
    const pair = { type: 'array', prefixItems: [text, text], items: false };
    for (const schema of [
      map,
      pair,
      {},
      { $ref: '#/$defs/Selector' },
      { anyOf: [text, { type: 'number' }] },
      object({}),
    ])
      expect(columnTypeOf(schema)).toEqual({ kind: 'json' });
  });
});

describe('a value in its column', () => {
  const type = columnTypeOf(object({ sku: text, lines: list(object({ quantity: { type: 'number' } })), bag: {} }));

  it('is as it was, null where there is nothing, and JSON text where the column is', () => {
    const value = { sku: 'tea', lines: [{ quantity: 2 }, {}], bag: { a: [1] } };
    expect(fitValue(value, type)).toEqual({
      value: { sku: 'tea', lines: [{ quantity: 2 }, {}], bag: '{"a":[1]}' },
      misfits: {},
    });
    expect(fitValue({ sku: null }, type)).toEqual({ value: { sku: null }, misfits: {} });
  });

  it('keeps apart what the column has no place for, by where it stands', () => {
    const value = { sku: 7, lines: [{ quantity: 'two', 'a/b~c': true }], more: { deep: 1 } };
    expect(fitValue(value, type)).toEqual({
      value: { sku: null, lines: [{ quantity: null }] },
      misfits: { '/sku': 7, '/lines/0/quantity': 'two', '/lines/0/a~1b~0c': true, '/more': { deep: 1 } },
    });
    expect(fitValue([1], type)).toEqual({ value: null, misfits: { '': [1] } });
  });
});
