import { jest } from '@jest/globals';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { cartOpened, invalidField, orderStory, refusalOf, startReadApi } from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';
import { eventLines } from './event-lines.js';
import { textOf } from '../../infra/event-store/index.js';
import { clearView } from './event-view.js';
import { openLines } from './test-support/lines.js';

let api: RunningReadApi;
const story = orderStory('1', 'tea');
beforeAll(async () => {
  api = await startReadApi();
  for (const { stream, event } of story) await api.append(stream, event);
});
afterAll(() => api.close());

const lines = async (query: string, headers = {}) =>
  openLines(`${api.client.url}/v1/events${query}`, { ...(await api.client.bearer('analyst')), ...headers });
const all = async (query: string) => (await lines(query)).rest();
const typesOf = async (query: string) => (await all(query)).map(({ type }) => type);
const ask = (query: string) => api.client.as('analyst', `/v1/events${query}`);

describe('the event feed', () => {
  it('is the log from its beginning, a line an event', async () => {
    const events = await all('');
    expect(events.map(({ type }) => type)).toEqual(story.map(({ event }) => event.type));
    expect(events[1]).toEqual({
      id: expect.any(String) as string,
      position: '0000000000000002',
      stream: 'cart-c-1',
      category: 'cart',
      revision: 0,
      type: 'cart.opened.v1',
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      actor: 'anonymous',
      commandId: expect.any(String) as string,
      correlationId: expect.any(String) as string,
      causationId: null,
      data: { cartId: 'c-1', currency: 'USD' },
    });
    const { response } = await lines('');
    expect(response.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
  });

  it('goes on after any position that it answered, filtered or not', async () => {
    for (const filter of ['', '&stream=order-1', '&category=payment', '&type=inventory.committed.v1']) {
      const whole = await all(`?${filter}`);
      expect(whole.length).toBeGreaterThan(0);
      for (const [index, { position }] of whole.entries()) {
        expect(await all(`?from=${String(position)}${filter}`)).toEqual(whole.slice(index + 1));
      }
    }
  });

  it.each([
    ['?stream=payment-p-1', ['payment.requested.v1', 'payment.authorized.v1', 'payment.captured.v1']],
    ['?stream=payment-p-1&type=payment.captured.v1', ['payment.captured.v1']],
    ['?stream=payment-p-1&category=order', []],
    ['?stream=nothing', []],
    ['?category=shipment', ['shipment.booked.v1', 'shipment.delivered.v1']],
    ['?category=order&type=order.confirmed.v1', ['order.confirmed.v1']],
    ['?type=order.unheard-of.v1', []],
    ['?limit=2', ['inventory.received.v1', 'cart.opened.v1']],
    ['?limit=1&category=order', ['order.opened.v1']],
  ])('%s has what matches all of it', async (query, expected) => {
    expect(await typesOf(query)).toEqual(expected);
  });

  it.each([
    ['from=abc', 'from'],
    ['from=-5', 'from'],
    ['from=', 'from'],
    ['from=9999999999999999', 'from'],
    ['stream=', 'stream'],
    ['category=', 'category'],
    ['type=', 'type'],
    ['stream=a&stream=b', 'stream'],
    ['category=order-1', 'category'],
    ['type=order.confirmed', 'type'],
    ['live=maybe', 'live'],
    ['limit=0', 'limit'],
  ])('?%s is refused by the name of the field', async (query, path) => {
    expect(refusalOf(await ask(`?${query}`))).toEqual(invalidField(path));
  });

  it('is for analysts and admin', async () => {
    expect((await api.client.get('/v1/events')).status).toBe(401);
    for (const role of ['customer', 'support'] as const) {
      expect((await api.client.as(role, '/v1/events')).status).toBe(403);
    }
  });

  it('is gzipped for those who take it, and the same', async () => {
    const plain = await lines('', { 'accept-encoding': 'identity' });
    const zipped = await lines('', { 'accept-encoding': 'gzip' });
    const refused = await lines('', { 'accept-encoding': 'gzip;q=0' });
    const encodings = [plain, zipped, refused].map(({ response }) => response.headers.get('content-encoding'));
    expect(encodings).toEqual([null, 'gzip', null]);
    expect(await zipped.rest()).toEqual(await plain.rest());
  });

  it('answers HEAD and ends', async () => {
    const headers = await api.client.bearer('analyst');
    const response = await fetch(`${api.client.url}/v1/events?live=true`, { method: 'HEAD', headers });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('the live event feed', () => {
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it.each(['identity', 'gzip'])(
    'goes on with what is recorded, without a gap or a duplicate (%s)',
    async (encoding) => {
      const feed = await lines('?live=true&category=cart', { 'accept-encoding': encoding });
      const known = await all('?category=cart');
      const seen: unknown[] = [];
      while (seen.length < known.length) seen.push(await feed.next());
      expect(seen).toEqual(known);
      for (let number = 0; number < 3; number += 1) {
        const [recorded] = await api.append(`cart-${encoding}-${number}`, cartOpened(`${encoding}-${number}`));
        expect(await feed.next()).toMatchObject({ id: recorded?.id, position: recorded?.position });
      }
      await feed.close();
    },
  );

  it.each(['identity', 'gzip'])(
    'answers before there is anything to tell, and lets go of the log when its client goes (%s)',
    async (encoding) => {
      await api.followers(0);
      const open = () => lines(`?live=true&stream=cart-gone-${encoding}`, { 'accept-encoding': encoding });
      const [silent, told] = [await open(), await open()];
      expect(silent.response.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null);
      await api.followers(2);
      await silent.close();
      await api.followers(1);
      await api.append(`cart-gone-${encoding}`, cartOpened('gone'));
      expect(await told.next()).toMatchObject({ stream: `cart-gone-${encoding}` });
      await told.close();
      await api.followers(0);
    },
  );

  it('says nothing until there is an event, however long that takes', async () => {
    const [event = fail()] = await api.append('cart-late', cartOpened('late'));
    const subscribe = jest.spyOn(api.events, 'subscribe').mockReturnValue({ close: () => Promise.resolve() });
    jest.useFakeTimers();
    const context = { head: null, signal: new AbortController().signal, onLive: () => undefined };
    const view = clearView(api.events);
    const feed = eventLines(view, { from: null, live: true }, context);
    const said = feed.next();
    await jest.advanceTimersByTimeAsync(3_600_000);
    void subscribe.mock.calls[0]?.[1].onEvents([event], event.position);
    expect(await said).toEqual({ done: false, value: Buffer.from(view.lineOf(textOf(event))) });
    await feed.return();
  });

  it('has the system ask whether a silent client is still there', async () => {
    const keepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    const feed = await lines('?live=true&stream=cart-quiet');
    const asked = keepAlive.mock.calls.flatMap(([on, after], call) =>
      on === true && after === 15_000 ? [keepAlive.mock.contexts[call] as Socket] : [],
    );
    expect(asked.map(({ localPort }) => String(localPort))).toEqual([new URL(api.client.url).port]);
    await feed.close();
  });

  it.each(['identity', 'gzip'])('ends with the token that opened it (%s)', async (encoding) => {
    const token = await api.client.bearer('analyst', 'short-lived', 2);
    const feed = await lines(`?live=true&stream=cart-brief-${encoding}`, { ...token, 'accept-encoding': encoding });
    await api.append(`cart-brief-${encoding}`, cartOpened('brief'));
    expect((await feed.rest()).map(({ revision }) => revision)).toEqual([0]);
    await api.followers(0);
  });

  it('ends after as many events as were asked for', async () => {
    const feed = await lines('?live=true&stream=cart-two&limit=2');
    await api.append('cart-two', cartOpened('two'), cartOpened('two'), cartOpened('two'));
    expect((await feed.rest()).map(({ revision }) => revision)).toEqual([0, 1]);
    await api.followers(0);
  });
});

describe('a slow reader of the event feed', () => {
  it('makes the log wait', async () => {
    const reference = 'x'.repeat(2_000);
    for (let number = 0; number < 40; number += 1) {
      const opened = { type: 'cart.opened.v1', data: { cartId: `long-${number}`, currency: 'USD', reference } };
      const events = Array.from({ length: 250 }, () => opened);
      await api.append(`cart-long-${number}`, ...events);
    }
    let taken = 0;
    const { readTexts } = api.events;
    const counted = jest.spyOn(api.events, 'readTexts').mockImplementation(async function* (options) {
      for await (const page of readTexts.call(api.events, options)) {
        taken += page.filter(({ stream }) => stream.startsWith('cart-long-')).length;
        yield page;
      }
    });
    const headers = await api.client.bearer('admin');
    const [response] = (await once(get(`${api.client.url}/v1/events`, { headers }), 'response')) as [IncomingMessage];
    // Nobody reads: what the operating system holds for both sides fills up, and then no more is taken from the log.
    for (let before = -1; before !== taken; await new Promise((resolve) => setTimeout(resolve, 250))) before = taken;
    expect(taken).toBeLessThan(9_000);
    let size = 0;
    for await (const chunk of response) size += (chunk as Buffer).length;
    expect(taken).toBe(10_000);
    expect(size).toBeGreaterThan(20_000_000);
    counted.mockRestore();
  });
});

function fail(): never {
  throw new Error('nothing was recorded');
}
