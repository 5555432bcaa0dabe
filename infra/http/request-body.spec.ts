import { expectProblem, startThings } from './test-support/things-app.js';
import type { Answer, ThingsApp } from './test-support/things-app.js';

let things: ThingsApp;
beforeAll(async () => void (things = await startThings()));
afterAll(() => things.close());

const ask: ThingsApp['ask'] = (path, init) => things.ask(path, init);
const post: ThingsApp['post'] = (body, type) => things.post(body, type);

const deep = 20_000;

describe('a body', () => {
  it.each([
    ['broken JSON', '{"name":', 400],
    ['two documents', '{"name":"a"}{"name":"a"}', 400],
    ['empty', '', 400],
    ['a list', '[{"name":"a"}]', 400],
    ['a string', '"a"', 400],
    ['null', 'null', 400],
    ['20,000 objects deep', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`, 400],
    ['20,000 lists deep', `${'['.repeat(deep)}${']'.repeat(deep)}`, 400],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x22, 0x7d]), 400],
    ['reaching for __proto__', '{"__proto__":{"name":"a"}}', 400],
    ['reaching for __proto__ in escapes', '{"name":"a","\\u005f_proto__":{"x":1}}', 400],
    ['reaching for constructor.prototype', '{"name":"a","constructor":{"prototype":{"x":1}}}', 400],
  ])('that is %s is refused', async (_title, body, status) => {
    expectProblem(await post(body), status, 'REQUEST.INVALID');
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])('of %s is 415', async (type) => {
    expectProblem(await post('{"name":"a"}', type), 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE');
  });

  it('over 1 MiB is 413', async () => {
    expectProblem(await post(`{"name":"${'x'.repeat(1_100_000)}"}`), 413, 'REQUEST.TOO_LARGE');
  });

  it('that is absent is refused', async () => {
    expectProblem(await ask('/v1/things', { method: 'POST' }), 400, 'REQUEST.INVALID');
  });

  it('with members that its class does not declare is refused and names them, at any depth, beside what else is wrong', async () => {
    const answer = await post(
      '{"name":"","inner":{"word":"w","x":1},"more":{"y":2},"constructor":1,"words":[{"word":"w","toString":"t"}]}',
    );
    expectProblem(answer, 400, 'REQUEST.INVALID');
    const errors = answer.json['errors'] as readonly { path: string; message: string }[];
    const paths = ['inner.x', 'words.0.toString', 'more', 'constructor', 'name'];
    expect(errors.map(({ path }) => path)).toEqual(paths);
    expect(errors[0]?.message).toBe('is no member here; there are word');
  });

  it('is refused by the first twenty of its wrong members', async () => {
    const wrong = Array.from({ length: 9_000 }, (_, index) => `"k${index}":1`).join();
    const answer = await post(`{"name":"a",${wrong}}`);
    expectProblem(answer, 400, 'REQUEST.INVALID');
    expect(answer.json['errors']).toHaveLength(20);
  });

  it('of more than 10,000 members or 64 levels is refused unparsed', async () => {
    const flat = Array.from({ length: 10_001 }, (_, index) => `"k${index}":1`).join();
    expectProblem(await post(`{${flat}}`), 413, 'REQUEST.TOO_LARGE');
    expectProblem(await post(`{"words":[${'1,'.repeat(10_000)}1]}`), 413, 'REQUEST.TOO_LARGE');
    expectProblem(await post(`{"inner":${'['.repeat(64)}${']'.repeat(64)}}`), 400, 'REQUEST.INVALID');
  });

  it('may begin with one byte order mark', async () => {
    expect((await post('\ufeff{"name":"a"}')).json).toEqual({ name: 'a' });
    expectProblem(await post('\ufeff\ufeff{"name":"a"}'), 400, 'REQUEST.INVALID');
  });

  it.each([
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
    'Application/JSON',
    'application/json; charset=utf8',
  ])('of %s is taken', async (type) => expect((await post('{"name":"a"}', type)).status).toBe(201));

  it.each(['iso-8859-1', 'utf-16', 'us-ascii', '"windows-1252"', 'utf-8; charset=latin1'])(
    'in the charset %s is 415',
    async (charset) => {
      const answer = await post('{"name":"a"}', `application/json; charset=${charset}`);
      expectProblem(answer, 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE');
    },
  );

  const encoded = (encoding: string): Promise<Answer> =>
    ask('/v1/things', {
      method: 'POST',
      body: '{"name":"a"}',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    });

  it.each(['gzip', 'GZIP', 'br', 'gzip, identity', 'x'])(
    'encoded as %s is 415 and says what is right',
    async (encoding) => {
      const answer = await encoded(encoding);
      expectProblem(answer, 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE');
      expect(answer.headers.get('accept-encoding')).toBe('identity');
    },
  );

  it('encoded as identity is taken', async () => {
    expect((await encoded('identity')).status).toBe(201);
  });

  const anyTypes = [undefined, 'application/json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense'];
  it.each(anyTypes)('that may be left out may be empty as %s, in one piece or in chunks', async (type) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const chunks = new ReadableStream({ start: (controller) => controller.close() });
    for (const body of ['', chunks]) {
      const answer = await ask('/v1/things/optional', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
      expect([answer.status, answer.json]).toEqual([201, {}]);
    }
  });

  it('is refused by name where the route takes none', async () => {
    const answer = await ask('/v1/things/one/a', {
      method: 'DELETE',
      body: '{"reason":"r"}',
      headers: { 'content-type': 'application/json' },
    });
    expectProblem(answer, 400, 'REQUEST.INVALID');
    expect(answer.json['errors']).toEqual([{ path: 'reason', message: 'is no member here; there are none' }]);
  });

  it('that fails validation names every field by its path', async () => {
    const answer = await post('{"name":"","price":{"amount":"5","currency":"QQQ"},"inner":{"word":7}}');
    expectProblem(answer, 400, 'REQUEST.INVALID');
    const errors = answer.json['errors'] as readonly { path: string }[];
    expect(errors.map(({ path }) => path).sort()).toEqual(['inner.word', 'name', 'price.amount', 'price.currency']);
  });

  it.each(['[]', '"x"', '42', '{}', '[{"word":"w"}]'])('does not take %s for an object with fields', async (inner) => {
    expectProblem(await post(`{"name":"a","inner":${inner}}`), 400, 'REQUEST.INVALID');
  });
});
