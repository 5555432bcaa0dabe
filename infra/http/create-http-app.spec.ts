import { connect } from 'node:net';
import { signToken } from './index.js';
import { auth, DESCRIPTION, expectProblem, startThings } from './test-support/things-app.js';
import type { Answer, ThingsApp } from './test-support/things-app.js';

let things: ThingsApp;
beforeAll(async () => void (things = await startThings()));
afterAll(() => things.close());

const ask: ThingsApp['ask'] = (path, init) => things.ask(path, init);

const bad = { name: 'bad', check: () => Promise.reject(new Error('at /srv/data')) };

describe('a failure of ours', () => {
  it("tells nothing of its cause, and is logged under our name for the request and the client's", async () => {
    const answer = await ask('/v1/things/broken', { headers: { 'x-request-id': 'my-request-1' } });
    expectProblem(answer, 500, 'SERVER.ERROR');
    expect(answer.text).not.toMatch(/SQLITE|srv/);
    expect(answer.headers.get('x-request-id')).toBe('my-request-1');
    const logged = things.lines.find((line) => line.includes('SQLITE_BUSY')) ?? '{}';
    const { correlationId, requestId } = JSON.parse(logged) as Record<string, string>;
    expect(requestId).toBe('my-request-1');
    expect(answer.json['instance']).toBe(`urn:cartwright:request:${correlationId}`);
  });

  it('to have caught up is a warning without a stack', async () => {
    things.lines.length = 0;
    expectProblem(await ask('/v1/things/behind'), 503, 'READ_MODEL.BEHIND');
    const logged = things.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const warning = { level: 40, route: '/v1/things/behind', readModel: 'carts', lag: 7, msg: 'READ_MODEL.BEHIND' };
    expect(logged).toContainEqual(expect.objectContaining(warning));
    expect(logged.filter(({ level, err }) => Number(level) > 40 || err !== undefined)).toEqual([]);
  });

  it('to reach a store is a warning that says why, without a stack', async () => {
    things.lines.length = 0;
    await ask('/v1/things/away');
    const logged = things.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged).toContainEqual(
      expect.objectContaining({ level: 40, reason: 'disk /srv/data is full', msg: 'STORE.UNAVAILABLE' }),
    );
    expect(logged.filter(({ level, err }) => Number(level) > 40 || err !== undefined)).toEqual([]);
  });

  it('to reach a store is 503 with Retry-After, of a read as of a write', async () => {
    const answer = await ask('/v1/things/away');
    expectProblem(answer, 503, 'STORE.UNAVAILABLE');
    expect(answer.json['title']).toBe('A store cannot answer at the moment');
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.text).not.toMatch(/writ/i);
    expect(answer.text).not.toContain('srv');
  });
});

describe('a guarded route', () => {
  const guarded = (authorization?: string): Promise<Answer> =>
    ask('/v1/things/guarded', { headers: authorization === undefined ? {} : { authorization } });

  it('asks for a credential, refuses another role and lets the right one in', async () => {
    expectProblem(await guarded(), 401, 'AUTH.REQUIRED');
    const token = (role: 'admin' | 'customer') => signToken({ role, sub: 's', ttl: 60 }, auth);
    expectProblem(await guarded(`Bearer ${await token('customer')}`), 403, 'AUTH.FORBIDDEN');
    expect((await guarded(`Bearer ${await token('admin')}`)).status).toBe(200);
  });

  it.each(['Bearer garbage', 'Basic YTpi', 'Bearer', 'Bearer a b'])('takes %s for no credential', async (header) => {
    expectProblem(await guarded(header), 401, 'AUTH.REQUIRED');
  });
});

describe('operations', () => {
  it('are healthy and ready', async () => {
    expect((await ask('/healthz')).json).toEqual({ status: 'alive' });
    expect((await ask('/readyz')).json).toEqual({ status: 'ready', checks: { good: 'ok' } });
    things.checks.push(bad);
    const answer = await ask('/readyz');
    things.checks.pop();
    expect([answer.status, answer.json]).toEqual([503, { status: 'not-ready', checks: { good: 'ok', bad: 'Error' } }]);
  });

  it('show the process and count requests by route and status', async () => {
    await ask('/v1/things/one/a');
    const { text } = await ask('/metrics');
    expect(text).toMatch(/^process_cpu_seconds_total \d/m);
    expect(text).toMatch(
      /^cartwright_http_requests_total\{method="GET",route="\/v1\/things\/one\/:id",status="200"\} 1\n/m,
    );
  });

  it('log the route of a request, and nothing of its address or credentials', async () => {
    things.lines.length = 0;
    const headers = { authorization: 'Bearer verysecret', 'x-request-id': 'logged-1' };
    await ask('/v1/things/one/cart-capability?accessToken=verysecret&email=ada@example.com', { headers });
    const logged = things.lines.join('');
    expect(logged).toMatch(
      /"correlationId":"[0-9a-f-]{36}","requestId":"logged-1".*"route":"\/v1\/things\/one\/:id".*"status":400/,
    );
    expect(logged).not.toMatch(/verysecret|ada@|cart-capability/);
  });

  it('answer what is not HTTP with a problem', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(things.url).port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.setEncoding('utf8').on('data', resolve);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*REQUEST\.INVALID/);
  });

  it('are described by the document that was given, with a page to browse it', async () => {
    const { json, headers } = await ask('/openapi.json');
    expect(json).toEqual(DESCRIPTION);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect((await ask('/openapi.yaml')).text).toBe('openapi: 3.1.0\n');
    expect((await ask('/docs')).text).toContain('swagger-ui');
    expect((await ask('/docs/swagger-ui-init.js')).text).toContain('"title": "Things"');
  });
});
