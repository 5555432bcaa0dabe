import fc from 'fast-check';
import { BSON } from 'mongodb';
import type { JsonObject } from '../../../domain/shared/json.js';
import { escaped, isPlain, unescaped } from './document-codec.js';

const awkward = fc.constantFrom(
  '$',
  '.',
  '%',
  '%0024',
  '%text',
  '__proto__',
  '_bsontype',
  '\0',
  '\ud800',
  'a\udc00',
  '😀',
);
const text = fc.oneof(awkward, fc.string({ unit: 'binary' }), fc.string());
const values = [
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
];
const documents = fc
  .object({ key: text, values, maxDepth: 4 })
  .map((object): JsonObject => JSON.parse(JSON.stringify(object)));

describe('documents in BSON', () => {
  it('come back as they were, whatever their names and texts', () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const stored = isPlain(doc) ? doc : escaped(doc);
        const read: JsonObject = BSON.deserialize(BSON.serialize({ doc: stored }))['doc'];
        expect(JSON.stringify(isPlain(doc) ? read : unescaped(read))).toBe(JSON.stringify(doc));
      }),
    );
  });

  it('have no name with a meaning to MongoDB once they are escaped', () => {
    fc.assert(
      fc.property(documents, (doc) => {
        JSON.stringify(escaped(doc), (name, value: unknown) => {
          expect(name).not.toMatch(/[.$\0]|\p{Cs}|^(__proto__|_bsontype)$/u);
          if (typeof value === 'string') expect(value).not.toMatch(/\p{Cs}/u);
          return value;
        });
      }),
    );
    expect(escaped({ 'a.b': { $set: '\ud800' }, '10%': 1 })).toEqual({
      'a%002eb': { '%0024set': { '%text': '"\\ud800"' } },
      '10%0025': 1,
    });
  });

  it('are left alone, without a copy, where nothing needs escaping', () => {
    expect(isPlain({ a: [1, 'two 😀', { b_c: null }], 'd-e': true })).toBe(true);
  });
});
