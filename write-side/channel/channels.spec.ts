import { expectProblem, expectStatus } from '../test-support/client.js';
import type { Answer, Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

let harness: Harness;
let client: Client;

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

const PATH = '/v1/channels';
const austria = {
  name: 'Shop Austria',
  currencies: ['EUR'],
  countries: ['AT', 'DE'],
  locale: 'de-AT',
  timeZone: 'Europe/Vienna',
};
const create = (body: object, headers: Readonly<Record<string, string>> = {}) =>
  client.post(PATH, body, { as: 'admin', headers });
const change = (code: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
  client.call('PATCH', `${PATH}/${code}`, { as: 'admin', body, headers });
const pathsOf = ({ json }: Answer) => (json['errors'] as readonly { path: string }[]).map(({ path }) => path);

describe('a channel', () => {
  it('is created once, again under its key, and changed from the version that is there', async () => {
    const key = { 'idempotency-key': 'a-key-for-a-new-channel-1' };
    const body = { code: 'at', ...austria };
    const answer = expectStatus(await create(body, key), 201);
    expect(answer.json).toEqual({ ...body, version: 0 });
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(expectStatus(await create(body, key), 201).json).toEqual(answer.json);
    expectProblem(await create(body), 409, 'CHANNEL.CODE_TAKEN');

    const changed = expectStatus(await change('at', { countries: null, name: 'Austria' }, { 'if-match': '"0"' }), 200);
    const { countries: _, ...everywhere } = { ...body, name: 'Austria' };
    expect(changed.json).toEqual({ ...everywhere, version: 1 });
    expectProblem(await change('at', { name: 'Other' }, { 'if-match': '"0"' }), 412, 'REQUEST.PRECONDITION_FAILED');
    expectProblem(await change('nowhere', { name: 'Other' }), 404, 'CHANNEL.NOT_FOUND');
  });

  it('is refused with every member that is wrong', async () => {
    const wrong = { currencies: ['EUR', 'XXY'], countries: ['XX'], locale: 'de_AT', timeZone: 'Mars/Olympus' };
    const answer = expectProblem(await create({ code: 'wrong', name: 'W', ...wrong }), 422, 'CHANNEL.INVALID');
    expect(pathsOf(answer)).toEqual(['currencies.1', 'countries.0', 'locale', 'timeZone']);
  });

  it('default is there, and never narrowed', async () => {
    expectProblem(await create({ code: 'default', ...austria }), 409, 'CHANNEL.CODE_TAKEN');
    expectProblem(await change('default', { currencies: ['EUR'] }), 422, 'CHANNEL.INVALID');
    const unchanged = expectStatus(await change('default', {}), 200);
    expect(unchanged.json).toMatchObject({ code: 'default', name: 'Default' });
    const renamed = expectStatus(await change('default', { name: 'The shop' }), 200);
    expect(renamed.json).toMatchObject({ code: 'default', name: 'The shop', version: 0 });
  });
});
