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
const problem = { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] };
const content = (type: string, name: string) => ({
  content: { [type]: { schema: { $ref: `#/components/schemas/${name}` } } },
});
const answers = (name: string) => ({
  get: { responses: { 200: content('application/json', name), 404: { $ref: '#/components/responses/NotFound' } } },
});
const check = answerCheck({
  components: {
    schemas: { Thing: thing, Part: part, Problem: problem },
    responses: { NotFound: content('application/problem+json', 'Problem') },
  },
  paths: { '/things/{id}': answers('Thing'), '/things/part': answers('Part') },
} as object as OpenAPIObject);

const answered = (json: unknown, path = '/things/1?asOf=2', status = 200) => {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  check({ method: 'GET', path, status, json, headers: new Headers({ 'content-type': `${type}; charset=utf-8` }) });
};

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

  it('refuses an answer that no schema is named for', () => {
    expect(() => answered(GOOD, '/things/1', 202)).toThrow('no schema is named for');
    expect(() => answered({ code: 'THING.GONE' }, '/things/1', 410)).toThrow('no schema is named for');
    expect(() => answered(GOOD, '/v1/other')).toThrow('no schema is named for');
    expect(() => answered(GOOD, '/openapi.json')).not.toThrow();
  });

  it('holds refusals to their schema, also of what is no route, and lets a problem say more', () => {
    for (const path of ['/things/1', '/v1/other']) {
      expect(() => answered({ code: 'THING.NOT_FOUND', left: 5 }, path, 404)).not.toThrow();
      expect(() => answered({ error: 'not found' }, path, 404)).toThrow('is not as its schema says');
    }
  });
});
