import {
  bigInteger,
  choice,
  count,
  definitionsOf,
  described,
  either,
  errorCode,
  flag,
  integer,
  jsonObject,
  listOf,
  named,
  nullable,
  object,
  optional,
  recursive,
  text,
  textsByName,
  time,
  variants,
} from './schema.js';
import type { Of, Shape } from './schema.js';

const Part = named('Part', object({ weight: count('Grams.', 5) }, 'A part.'));
const Thing = named(
  'Thing',
  object(
    {
      kind: choice(['big', 'small'], 'How big.', 'big'),
      part: described(Part, 'Its own.', { weight: 1 }),
      spares: optional(listOf(Part, 'Others.')),
      note: nullable(text(), 'Null where nobody wrote one.', null),
      labels: textsByName(),
    },
    'A thing.',
  ),
);

describe('a schema', () => {
  it('says what a value is in JSON Schema, names by reference', () => {
    expect(Thing.json).toEqual({ $ref: 'Thing' });
    expect(Thing.definition).toEqual({
      type: 'object',
      description: 'A thing.',
      properties: {
        kind: { type: 'string', enum: ['big', 'small'], description: 'How big.', examples: ['big'] },
        part: { $ref: 'Part', description: 'Its own.', examples: [{ weight: 1 }] },
        spares: { type: 'array', items: { $ref: 'Part' }, description: 'Others.' },
        note: {
          oneOf: [{ type: 'string' }, { type: 'null' }],
          description: 'Null where nobody wrote one.',
          examples: [null],
        },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
      },
      required: ['kind', 'part', 'note', 'labels'],
    });
  });

  it('has the definitions of all names in it, each once and however deep', () => {
    const page = object({ items: listOf(nullable(Thing)) });
    expect([...definitionsOf(page)]).toEqual([
      ['Thing', Thing.definition],
      ['Part', Part.definition],
    ]);
  });

  it('is the type of its values', () => {
    const thing: Of<typeof Thing> = { kind: 'small', part: { weight: 1 }, note: null, labels: {} };
    // @ts-expect-error no such choice
    const kind: (typeof thing)['kind'] = 'huge';
    // @ts-expect-error `note` has to be there
    const without: Of<typeof Thing> = { kind: 'small', part: { weight: 1 }, labels: {} };
    expect([kind, without.note]).toEqual(['huge', undefined]);
  });

  it('picks what belongs to it out of a value, and leaves out what does not, however deep', () => {
    const more = {
      kind: 'big' as const,
      part: { weight: 1, secret: 'x' },
      spares: [{ weight: 2, secret: 'y' }],
      note: null,
      labels: { a: 'b' },
      secret: 'z',
    };
    expect(Thing.pick(more)).toEqual({
      kind: 'big',
      part: { weight: 1 },
      spares: [{ weight: 2 }],
      note: null,
      labels: { a: 'b' },
    });
    const { spares: _spares, ...fewer } = more;
    expect('spares' in Thing.pick(fewer)).toBe(false);
  });

  it('is made of the members of another, which stays as it was', () => {
    const Bigger = object({ ...Thing.fields, height: count() });
    expect(Object.keys(Bigger.fields)).toEqual([...Object.keys(Thing.fields), 'height']);
    expect('height' in Thing.fields).toBe(false);
  });
});

describe('what a member may hold', () => {
  it.each<[string, Shape, object]>([
    ['text', text(), { type: 'string' }],
    ['a time', time('When.', '2026-01-01T00:00:00.000Z'), { type: 'string', format: 'date-time' }],
    ['a code of errors', errorCode(), { type: 'string', format: 'error-code' }],
    ['a whole number within bounds', integer('Units.', 2, { minimum: 1 }), { type: 'integer', minimum: 1 }],
    ['a count', count(), { type: 'integer', minimum: 0 }],
    ['a flag', flag(), { type: 'boolean' }],
    ['any JSON object', jsonObject(), { type: 'object', additionalProperties: true }],
    ['a number of any size', bigInteger(), { type: 'integer' }],
  ])('is said as JSON Schema: %s', (_, { json }, expected) => {
    const { description: _description, examples: _examples, ...said } = json;
    expect(said).toEqual(expected);
  });

  it('may be null, or else what belongs to its shape', () => {
    const one = { weight: 1, colour: 'red' };
    expect([nullable(Part).pick(null), nullable(Part).pick(one)]).toEqual([null, { weight: 1 }]);
  });
});

describe('a schema of one shape among several', () => {
  const Shape = variants(
    'type',
    { circle: object({ type: choice(['circle']), radius: count() }), square: object({ type: choice(['square']) }) },
    'A shape.',
  );
  const isText = (value: unknown): value is string => typeof value === 'string';
  const Names = either(choice(['all']), listOf(text()), { isOne: isText, description: 'Whose.' });

  it('says what each of them is', () => {
    expect(Shape.json).toMatchObject({ description: 'A shape.', oneOf: [{ required: ['type', 'radius'] }, {}] });
    expect(Names.json).toEqual({
      description: 'Whose.',
      oneOf: [
        { type: 'string', enum: ['all'] },
        { type: 'array', items: { type: 'string' } },
      ],
    });
  });

  it('copies what belongs to the one that it is', () => {
    const circle: Of<typeof Shape> = { type: 'circle', radius: 2 };
    const more = { ...circle, colour: 'red' };
    expect([Shape.pick(more), Shape.pick({ type: 'square' })]).toEqual([circle, { type: 'square' }]);
    const names = ['a'];
    expect([Names.pick('all'), Names.pick(names)]).toEqual(['all', ['a']]);
    expect(Names.pick(names)).not.toBe(names);
  });

  it('may be a part of itself by its name', () => {
    const Tree = named('Tree', object({ branch: optional(recursive<object>('Tree', 'Another.')) }));
    expect(Tree.definition).toMatchObject({ properties: { branch: { $ref: 'Tree', description: 'Another.' } } });
    expect([...definitionsOf(Tree).keys()]).toEqual(['Tree']);
  });
});
