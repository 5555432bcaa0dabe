import type { ChannelEvent } from '../../domain/channel/index.js';
import { ReadApi, refusalOf } from '../shared/test-support/index.js';

const PATH = '/v1/channels';

let api: ReadApi;
beforeEach(async () => {
  api = await ReadApi.start();
});
afterEach(() => api.close());

const created = (code: string): ChannelEvent => ({
  type: 'channel.created.v1',
  data: { code, name: `Shop ${code}`, currencies: ['EUR'], locale: 'de-AT', timeZone: 'Europe/Vienna' },
});
const changed = (code: string): ChannelEvent => ({ type: 'channel.changed.v1', data: { code, countries: ['AT'] } });
const codesOf = async (path: string) => (await api.all('customer', path)).map(({ code }) => code);

describe('channels', () => {
  it('begin with the default one, which sells everything and has no version', async () => {
    await api.catchUp();
    const { status, json, headers } = await api.get(`${PATH}/default`);
    expect([status, headers.get('etag'), json['code'], json['countries']]).toEqual([200, null, 'default', undefined]);
    expect(json['currencies']).toContain('KWD');
    expect(await codesOf(`${PATH}?limit=1`)).toEqual(['default']);
    expect(refusalOf(await api.get(`${PATH}/at`))).toMatchObject({ status: 404, code: 'CHANNEL.NOT_FOUND' });
  });

  it('are shown as they are now', async () => {
    api.record('channel-at', created('at')).record('channel-at', changed('at'));
    await api.catchUp();
    const { json, headers } = await api.get(`${PATH}/at`);
    expect(json).toEqual({ ...created('at').data, countries: ['AT'], version: 1 });
    expect(headers.get('etag')).toBe('"1"');
  });

  it('are listed by code, each once, the default one at its place', async () => {
    for (const code of ['zz', 'at', 'de', 'deu', 'ch']) api.record(`channel-${code}`, created(code));
    await api.catchUp();
    const all = ['at', 'ch', 'de', 'default', 'deu', 'zz'];
    for (const limit of [1, 2, 3, 5, 6, 100]) expect(await codesOf(`${PATH}?limit=${limit}`)).toEqual(all);
    api.record('channel-default', { type: 'channel.changed.v1', data: { code: 'default', name: 'Main' } });
    await api.catchUp();
    for (const limit of [1, 3, 4]) expect(await codesOf(`${PATH}?limit=${limit}`)).toEqual(all);
    expect((await api.get(`${PATH}/default`)).json).toMatchObject({ name: 'Main', version: 0 });
  });
});
