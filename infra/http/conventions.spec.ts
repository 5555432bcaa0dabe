import { positionOfNumber } from '../shared/position.js';
import { readToken, writeToken } from './consistency-token.js';
import { etagOf, parseIfMatch } from './etag.js';
import { parseLimit, readCursor, writeCursor } from './paging.js';
import { waitSeconds } from './prefer.js';
import { ProblemError, problemDocument } from './problem.js';
import { requestIdOf, traceparentOf } from './request-context.js';

const LOG = '3d594650-3436-4b5c-9d5a-0d1c6b7e3f11';

/** The problem that an action ends with. */
function problemOf(action: () => unknown): ProblemError {
  try {
    action();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
const pathsOf = (error: ProblemError) => error.errors?.map(({ path }) => path);

describe('a Consistency-Token', () => {
  it('names a place in the log, also before the first event', () => {
    for (const position of [positionOfNumber(1), positionOfNumber(123456), null]) {
      expect(readToken(writeToken(LOG, position), LOG)).toBe(position);
    }
  });

  it.each([
    ['garbage', 'not-a-token'],
    ['empty', ''],
    ['of another log', writeToken('another', positionOfNumber(1))],
    ['SQL', "1'; DROP"],
    ['without a position', `${LOG}.`],
    ['with rubbish for a position', `${LOG}.12x`],
  ])('that is %s is refused by name', (_title, text) => {
    const error = problemOf(() => readToken(text, LOG));
    expect([error.status, error.code, pathsOf(error)]).toEqual([400, 'REQUEST.INVALID', ['Consistency-Token']]);
  });
});

describe('If-Match', () => {
  it.each([
    [undefined, undefined],
    ['*', 'exists'],
    [etagOf(7), { revisions: [7], hasWeak: false }],
    ['"7", "8" ,"9"', { revisions: [7, 8, 9], hasWeak: false }],
    [etagOf(-1), { revisions: [-1], hasWeak: false }],
    ['"-2"', { revisions: [], hasWeak: false }],
    ['W/"7"', { revisions: [], hasWeak: true }],
    ['W/"7", "8"', { revisions: [8], hasWeak: true }],
    ['"other", "7-gzip"', { revisions: [], hasWeak: false }],
    ['"04", "4", "00"', { revisions: [4], hasWeak: false }],
    ['""', { revisions: [], hasWeak: false }],
  ])('%s names %p', (header, expected) => expect(parseIfMatch(header)).toEqual(expected));

  it.each(['', 'garbage', '7', '"7', '7"', '"7",', '"7" "8"', '"7",*', "'7'"])('%s is refused', (header) => {
    expect(pathsOf(problemOf(() => parseIfMatch(header)))).toEqual(['If-Match']);
  });
});

describe('Prefer', () => {
  it.each([
    [undefined, 5],
    ['wait=3', 3],
    ['respond-async, wait=10', 10],
    ['wait="7"; x=y', 7],
    ['WAIT = 2', 2],
    ['wait=600', 60],
    ['wait=0', 0],
  ])('%s waits %p seconds', (header, expected) => expect(waitSeconds(header, 5)).toBe(expected));

  it.each(['wait=forever', 'wait=-1', 'wait=1e308', 'wait=1.5', 'await=3', 'wait', ''])('%s is ignored', (header) => {
    expect(waitSeconds(header, 5)).toBe(5);
  });
});

describe('a cursor', () => {
  const cursor = writeCursor('products:name', ['Kettle', 'sku-1']);

  it('carries the key of the next page of its query', () => {
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(readCursor(cursor, 'products:name')).toEqual(['Kettle', 'sku-1']);
    expect(readCursor(undefined, 'products:name')).toBeUndefined();
  });

  it.each([
    ['of another query', writeCursor('products:price', 1)],
    ['garbage', 'garbage'],
    ['a NUL', '\u0000'],
    ['other JSON', 'eyJhIjoxfQ'],
    ['endless', 'x'.repeat(3000)],
    ['empty', ''],
    ['cut off', cursor.slice(0, -3)],
  ])('that is %s is refused by name', (_title, text) => {
    const error = problemOf(() => readCursor(text, 'products:name'));
    expect([error.status, pathsOf(error)]).toEqual([400, ['cursor']]);
  });

  it('of which any one character was changed is refused by name', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (let index = 0; index < cursor.length; index += 1) {
      for (const other of alphabet.replace(cursor[index] ?? '', '')) {
        const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
        expect(pathsOf(problemOf(() => readCursor(changed, 'products:name')))).toEqual(['cursor']);
      }
    }
  });
});

describe('a limit', () => {
  it('is 20 unless told, and at most 100', () => {
    expect([parseLimit(undefined), parseLimit('1'), parseLimit('100')]).toEqual([20, 1, 100]);
    for (const text of ['0', '-1', '101', '1e2', '1.5', 'abc', '', ' 5']) {
      expect(pathsOf(problemOf(() => parseLimit(text)))).toEqual(['limit']);
    }
  });
});

describe('a request', () => {
  it('brings its own id when it is sane', () => {
    expect(requestIdOf({ 'x-request-id': 'abc-1.2:3' })).toBe('abc-1.2:3');
    for (const bad of ['', 'a b', 'x'.repeat(200), '<script>', '-a']) {
      expect(requestIdOf({ 'x-request-id': bad })).toBeUndefined();
    }
  });

  it('brings a trace context when it is well-formed', () => {
    const good = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(traceparentOf({ traceparent: good })).toBe(good);
    const zeros = good.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32));
    for (const bad of [zeros, 'x', `${good}-more`, good.toUpperCase()]) {
      expect(traceparentOf({ traceparent: bad })).toBeUndefined();
    }
  });
});

describe('a problem document', () => {
  it('carries the members of its code, and never lets them hide the standard ones', () => {
    const error = new ProblemError('CART.PRICE_CHANGED', 'Prices moved.', { extra: { changes: [1], status: 200 } });
    expect(problemDocument(error, 'r1')).toEqual({
      type: 'urn:cartwright:problem:CART.PRICE_CHANGED',
      title: 'Prices have changed',
      status: 409,
      detail: 'Prices moved.',
      instance: 'urn:cartwright:request:r1',
      code: 'CART.PRICE_CHANGED',
      changes: [1],
    });
  });
});
