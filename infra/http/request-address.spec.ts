import { expectProblem, startThings } from './test-support/things-app.js';
import type { ThingsApp } from './test-support/things-app.js';

let things: ThingsApp;
beforeAll(async () => void (things = await startThings()));
afterAll(() => things.close());

const ask: ThingsApp['ask'] = (path, init) => things.ask(path, init);

describe('an address', () => {
  it.each([
    ['of no route', '/v1/nothing'],
    ['of a prefix', '/v1'],
    ['that cannot be decoded', '/v1/things/one/%ff'],
    ['with a NUL', '/v1/things/one/%00'],
  ])('%s is a 4xx problem', async (_title, path) => {
    const answer = await ask(path);
    expect([400, 404]).toContain(answer.status);
    expectProblem(answer, answer.status, answer.status === 404 ? 'ROUTE.NOT_FOUND' : 'REQUEST.INVALID');
  });

  it('with an endless id is answered by its resource', async () => {
    const name = 'c'.repeat(4000);
    expect((await ask(`/v1/names/${name}`)).json).toEqual({ name });
  });

  it.each([125_000, 140_000])('of %p characters is 414', async (length) => {
    expectProblem(await ask(`/v1/things?q=${'x'.repeat(length)}`), 414, 'REQUEST.URI_TOO_LONG');
  });

  it.each([150_000, 300_000, 3_000_000])('of %p characters, which nobody reads to its end, is 431', async (length) => {
    expectProblem(await ask(`/v1/things?q=${'x'.repeat(length)}`), 431, 'REQUEST.HEADERS_TOO_LARGE');
  });

  it.each([
    ['PUT', '/v1/things', 'GET, HEAD, OPTIONS, POST'],
    ['PROPFIND', '/v1/things', 'GET, HEAD, OPTIONS, POST'],
    ['QUERY', '/v1/things?limit=3', 'GET, HEAD, OPTIONS, POST'],
    ['HEAD', '/v1/things/optional', 'OPTIONS, POST'],
    ['POST', '/v1/things/one/a', 'DELETE, GET, HEAD, OPTIONS'],
    ['DELETE', '/v1/names/%63', 'GET, HEAD, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
  ])('does not have %s %s, and says what it has', async (method, path, allow) => {
    const body = ['PUT', 'POST', 'QUERY'].includes(method) ? { body: 'x'.repeat(99) } : {};
    const answer = await ask(path, { method, ...body });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    if (method !== 'HEAD') expectProblem(answer, 405, 'ROUTE.METHOD_NOT_ALLOWED');
  });

  it.each(['POST', 'PUT', 'OPTIONS', 'PROPFIND'])('that is none is 404 for %s as well', async (method) => {
    for (const path of ['/v1/thing', '/v1/things/one', '/v1/things/one/a/b', '/v1/names/']) {
      expectProblem(await ask(path, { method }), 404, 'ROUTE.NOT_FOUND');
    }
  });

  it('answers OPTIONS with what it has', async () => {
    const answer = await ask('/v1/things', { method: 'OPTIONS' });
    expect([answer.status, answer.text, answer.headers.get('allow')]).toEqual([204, '', 'GET, HEAD, OPTIONS, POST']);
  });

  it.each(['abc', '-1', '0', '1.5', '', '101', '1&limit=2'])('with ?limit=%s is refused', async (limit) => {
    expectProblem(await ask(`/v1/things?limit=${limit}`), 400, 'REQUEST.INVALID');
  });

  it('without a limit takes the default', async () => {
    expect((await ask('/v1/things')).json).toEqual({ limit: 20 });
    expect((await ask('/v1/things?limit=7&')).json).toEqual({ limit: 7 });
  });

  it('that a route does not know is told to nobody who may not use the route', async () => {
    expectProblem(await ask('/v1/things/guarded?verbose'), 401, 'AUTH.REQUIRED');
  });

  it.each([
    ['/v1/things?limit=7&Limit=x', 'Limit', 'is no parameter of this route; there are limit'],
    ['/v1/things?__proto__=7', '__proto__', 'is no parameter of this route; there are limit'],
    ['/v1/things?limit=7&limit=8', 'limit', 'must be given only once'],
    ['/v1/names/a?limit=7', 'limit', 'is no parameter of this route; there are none'],
    ['/healthz?verbose', 'verbose', 'is no parameter of this route; there are none'],
    ['/v1/things?limit=%ff', 'query', 'is not percent-encoded UTF-8; a % by itself is sent as %25'],
    [`/v1/things?${'limit=1&'.repeat(101)}`, 'query', 'has more than 100 parameters'],
  ])('%s is refused by the name of the parameter', async (path, name, message) => {
    const answer = await ask(path);
    expectProblem(answer, 400, 'REQUEST.INVALID');
    expect(answer.json['errors']).toEqual([{ path: name, message }]);
  });

  it.each(['/v1/things?name=a', '/v1/things?'])('%s of a write is held to its parameters as well', async (path) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(path, { method: 'POST', body: '{"name":"a"}', headers });
    expect(answer.status).toBe(path.endsWith('?') ? 201 : 400);
  });
});
