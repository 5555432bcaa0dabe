import type { OpenAPIObject } from '@nestjs/swagger';
import { answerCheck } from './answer-check.js';

const part = { type: 'object', properties: { weight: { type: 'integer' } }, required: ['weight'] };
const thing = {
  type: 'object',
  properties: {
    kind: { type: 'string', enum: ['big', 'small'] },
    part: { $ref: '#/components/schemas/Part' },
    note: { type: 'string' },
    data: { type: 'object', additionalProperties: true },
  },
  required: ['kind', 'part', 'data'],
};
const answers = (name: string) => ({
  get: {
    responses: { 200: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } } },
  },
});
const check = answerCheck({
  components: { schemas: { Thing: thing, Part: part } },
  paths: { '/things/{id}': answers('Thing'), '/things/part': answers('Part') },
} as object as OpenAPIObject);

const answered = (json: unknown, path = '/things/1?asOf=2', status = 200) =>
  check({
    method: 'GET',
    path,
    status,
    json,
    headers: new Headers({ 'content-type': 'application/json; charset=utf-8' }),
  });

const GOOD = { kind: 'big', part: { weight: 5 }, data: { whatever: 1 } };

describe('the check of answers', () => {
  it('takes what is as the schema says, with and without what may be missing', () => {
    expect(() => answered(GOOD)).not.toThrow();
    expect(() => answered({ ...GOOD, note: 'fine' })).not.toThrow();
  });

  it.each([
    ['a member that is missing', { kind: 'big', data: {} }],
    ['a member that no schema knows', { ...GOOD, colour: 'red' }],
    ['such a member further in', { ...GOOD, part: { weight: 5, colour: 'red' } }],
    ['another type', { ...GOOD, part: { weight: '5' } }],
    ['a value that is no choice', { ...GOOD, kind: 'huge' }],
    ['null where it is not said', { ...GOOD, note: null }],
  ])('refuses %s', (_, json) => {
    expect(() => answered(json)).toThrow('GET /things/1?asOf=2 200 is not as its schema says');
  });

  it('goes by the path without parameters first', () => {
    expect(() => answered({ weight: 5 }, '/things/part')).not.toThrow();
    expect(() => answered(GOOD, '/things/part')).toThrow('is not as its schema says');
  });

  it('refuses an answer of success that no schema is named for, and leaves refusals alone', () => {
    expect(() => answered(GOOD, '/things/1', 202)).toThrow('no schema is named for');
    expect(() => answered(GOOD, '/v1/other')).toThrow('no schema is named for');
    expect(() => answered(GOOD, '/openapi.json')).not.toThrow();
    expect(() => answered({ code: 'ORDER.NOT_FOUND' }, '/things/1', 404)).not.toThrow();
  });
});
