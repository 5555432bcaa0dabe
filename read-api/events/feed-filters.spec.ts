import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../domain/shared/index.js';
import { cartOpened, invalidField, orderStory, refusalOf, startReadApi } from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';
import { openLines } from './test-support/lines.js';
import type { Line } from './test-support/lines.js';

let api: RunningReadApi;
/** The whole feed, which has events of several times, actors and requests. */
let whole: readonly Line[];
const CART = '9d2f2a52-4f0b-4c39-8b21-4a1f0b6c7d10';

beforeAll(async () => {
  api = await startReadApi();
  for (const { stream, event } of orderStory('1', 'tea')) {
    await api.append(stream, event);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await appendBy('saga:checkout');
  await appendBy('customer:c-1');
  await appendBy('saga:checkout');
  whole = await all('');
});
afterAll(() => api.close());

const appendBy = async (actor: string, stream = `cart-${randomUUID()}`) => {
  const commandId = randomUUID();
  const metadata = { commandId, correlationId: randomUUID(), causationId: null, actor };
  const { type, data } = cartOpened('by');
  await api.events.append(stream, [{ type, data: data as JsonObject, metadata }], 'any');
};
const lines = async (query: string, role: 'analyst' | 'admin' = 'analyst') =>
  openLines(`${api.client.url}/v1/events${query}`, await api.client.bearer(role));
const all = async (query: string) => (await lines(query)).rest();
const at = (line: Line | undefined): string => String(line?.['at']);

describe('the event feed narrowed by time', () => {
  it('has what was recorded at `since` and after it, and before `until`, wherever they are', async () => {
    for (const since of whole.map(at)) {
      expect(await all(`?since=${since}`)).toEqual(whole.filter((line) => at(line) >= since));
      expect(await all(`?until=${since}`)).toEqual(whole.filter((line) => at(line) < since));
    }
    const [since, until] = [at(whole[3]), at(whole[7])];
    const between = whole.filter((line) => at(line) >= since && at(line) < until);
    expect(between.length).toBeGreaterThanOrEqual(4);
    expect(await all(`?since=${since}&until=${until}`)).toEqual(between);
    expect(await all(`?since=${since}&until=${until}&limit=2`)).toEqual(between.slice(0, 2));
    expect(await all(`?since=${until}&until=${since}`)).toEqual([]);
  });

  it('takes times with an offset, and those before and after the log', async () => {
    const earlier = encodeURIComponent(
      new Date(Date.parse(at(whole[2])) + 3_600_000).toISOString().replace('Z', '+01:00'),
    );
    expect(await all(`?since=${earlier}`)).toEqual(whole.filter((line) => at(line) >= at(whole[2])));
    expect(await all('?since=2001-01-01T00:00:00Z&until=9999-12-31T00:00:00Z')).toEqual(whole);
    expect(await all('?since=9999-12-31T00:00:00Z')).toEqual([]);
    expect(await all('?until=2001-01-01T00:00:00Z')).toEqual([]);
  });

  it('goes on after `from` where that is later, also within a stream', async () => {
    const from = String(whole[6]?.['position']);
    expect(await all(`?from=${from}&since=${at(whole[2])}`)).toEqual(whole.slice(7));
    const ofPayment = whole.filter(({ stream }) => stream === 'payment-p-1');
    expect(await all(`?stream=payment-p-1&since=${at(ofPayment[1])}`)).toEqual(ofPayment.slice(1));
  });
});

describe('the event feed narrowed by who did it and what set it off', () => {
  it('has what matches all of it', async () => {
    const bySaga = whole.filter(({ actor }) => actor === 'saga:checkout');
    expect(bySaga).toHaveLength(2);
    expect(await all('?actor=saga:checkout')).toEqual(bySaga);
    expect(await all('?actor=saga:checkout&limit=1')).toEqual(bySaga.slice(0, 1));
    expect(await all('?actor=saga:checkout&category=order')).toEqual([]);
    expect(await all('?actor=saga')).toEqual([]);
    for (const line of whole) {
      const asked = `?correlationId=${String(line['correlationId'])}`;
      expect(await all(asked)).toEqual(whole.filter(({ correlationId }) => correlationId === line['correlationId']));
      expect(await all(`${asked}&actor=${String(line['actor'])}`)).toContainEqual(line);
      expect(await all(`${asked}&actor=nobody`)).toEqual([]);
    }
  });

  it('compares an actor with what the reader is shown', async () => {
    await appendBy(`support:cart-${CART}`);
    const actorOf = async (role: 'analyst' | 'admin', query: string) =>
      (await (await lines(query, role)).rest()).map(({ actor }) => String(actor));
    const [shown = ''] = (await actorOf('analyst', '')).slice(-1);
    expect(shown).toMatch(/^support:cart-/);
    expect(shown).not.toContain(CART);
    expect(await actorOf('analyst', `?actor=${shown}`)).toEqual([shown]);
    expect(await actorOf('analyst', `?actor=support:cart-${CART}`)).toEqual([]);
    expect(await actorOf('admin', `?actor=support:cart-${CART}`)).toEqual([`support:cart-${CART}`]);
  });
});

describe('the event feed with some members of its lines', () => {
  it('has them as the whole line has them, in the order in which they are named', async () => {
    const named = await all('?fields=type,position,data,type');
    const expected = (await all('')).map(({ type, position, data }) => ({ type, position, data }));
    expect(named).toEqual(expected);
    expect(Object.keys(named[0] ?? {})).toEqual(['type', 'position', 'data']);
    expect((await all('?fields=causationId&limit=1'))[0]).toEqual({ causationId: null });
  });

  it('hides a cart also where its name is not among them', async () => {
    const data = { cartId: 'other', currency: 'USD', channel: CART };
    await api.append(`cart-${CART}`, { type: 'cart.opened.v1', data });
    const [line] = (await all('?fields=data')).slice(-1);
    const [asked] = (await all('')).slice(-1);
    expect(JSON.stringify(line)).not.toContain(CART);
    expect(line).toEqual({ data: asked?.['data'] });
  });
});

describe('filters that are none', () => {
  it.each([
    ['since=2026-03-01', 'since'],
    ['since=yesterday', 'since'],
    ['since=', 'since'],
    ['until=2026-02-30T00:00:00Z', 'until'],
    ['until=2026-03-01T00:00:00Z&until=2026-03-01T00:00:00Z', 'until'],
    ['actor=', 'actor'],
    ['correlationId=', 'correlationId'],
    ['fields=', 'fields'],
    ['fields=type,', 'fields'],
    ['fields=type,personal', 'fields'],
    ['fields=constructor', 'fields'],
  ])('?%s are refused by their name', async (query, path) => {
    expect(refusalOf(await api.client.as('analyst', `/v1/events?${query}`))).toEqual(invalidField(path));
  });

  it('say which member of a line there is not', async () => {
    const { json } = await api.client.as('analyst', '/v1/events?fields=type,actr');
    expect(JSON.stringify(json)).toContain('none that is called `actr`');
  });
});

describe('the live event feed that is narrowed', () => {
  it('goes on with what matches', async () => {
    const feed = await lines(`?live=true&actor=saga:refund&since=${new Date().toISOString()}&fields=actor,stream`);
    await api.followers(1);
    await appendBy('saga:checkout');
    await appendBy('saga:refund', 'cart-live');
    expect(await feed.next()).toEqual({ actor: 'saga:refund', stream: 'cart-live' });
    await feed.close();
    await api.followers(0);
  });

  it('ends where its times end', async () => {
    const until = new Date(Date.now() + 700).toISOString();
    const feed = await lines(`?live=true&stream=cart-timed&until=${until}`);
    await api.followers(1);
    await appendBy('anonymous', 'cart-timed');
    while (new Date().toISOString() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    await appendBy('anonymous', 'cart-timed');
    expect((await feed.rest()).map(({ revision }) => revision)).toEqual([0]);
    await api.followers(0);
    expect(await all(`?live=true&until=${at(whole[1])}`)).toEqual(await all(`?until=${at(whole[1])}`));
  });
});
