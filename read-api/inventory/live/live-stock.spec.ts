import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { DomainEvent } from '../../../domain/shared/index.js';
import {
  invalidField,
  productCreated,
  refusalOf,
  startReadApi,
  stockReceived,
} from '../../shared/test-support/index.js';
import type { RunningReadApi } from '../../shared/test-support/index.js';
import { openEventSource } from './test-support/event-source.js';

let api: RunningReadApi;
beforeAll(async () => {
  api = await startReadApi();
  for (const sku of ['tea', 'pot', 'new']) await api.record(`product-${sku}`, productCreated(sku));
  await api.record('inventory-tea', stockReceived('tea', 5));
  await api.record('inventory-pot', stockReceived('pot', 2));
});
afterAll(() => api.close());

const watch = (query: string, headers = {}) => openEventSource(`${api.client.url}/v1/inventory/live?${query}`, headers);
const stock = (sku: string, onHand: number) => ({ sku, onHand, reserved: 0, available: onHand });
const receive = (sku: string, quantity: number) => api.append(`inventory-${sku}`, stockReceived(sku, quantity));
const onHandOf = async (sku: string) => Number((await api.client.get(`/v1/inventory/${sku}`)).json['onHand']);

describe('live stock as Server-Sent Events', () => {
  it('begins with the stock of now and goes on with every change, ids being positions', async () => {
    const source = await watch('sku=tea&sku=pot');
    const [tea, pot] = [await onHandOf('tea'), await onHandOf('pot')];
    expect(source.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect([(await source.next()).data, (await source.next()).data]).toEqual([stock('tea', tea), stock('pot', pot)]);
    const [received] = await receive('tea', 3);
    expect(await source.next()).toEqual({ id: received?.position, data: stock('tea', tea + 3) });
    await source.close();
  });

  it('tells zeros of a product that received nothing', async () => {
    const source = await watch('sku=new');
    expect((await source.next()).data).toEqual(stock('new', 0));
    await source.close();
  });

  it('knows what the read model does not know yet', async () => {
    const before = await onHandOf('tea');
    await receive('tea', 1);
    const source = await watch('sku=tea');
    expect((await source.next()).data).toEqual(stock('tea', before + 1));
    await source.close();
  });

  it('goes on after the Last-Event-ID with what changed since', async () => {
    const [seen] = await receive('tea', 1);
    const [missed] = await receive('pot', 1);
    const source = await watch('sku=tea,pot', { 'last-event-id': String(seen?.position) });
    expect(await source.next()).toMatchObject({ id: missed?.position, data: { sku: 'pot' } });
    const [later] = await receive('tea', 1);
    expect(await source.next()).toMatchObject({ id: later?.position, data: { sku: 'tea' } });
    await source.close();
  });

  it('begins with the stock of now after a Last-Event-ID that this log never had', async () => {
    const [last] = await receive('tea', 1);
    await api.record('product-tin', productCreated('tin'));
    const [tea, pot] = [await onHandOf('tea'), await onHandOf('pot')];
    // Past the end of the log, and within it but in the form of another engine.
    const ofAnotherEngine = `${last?.position}0000-${last?.position}0000`;
    for (const id of ['9999999999999999', ofAnotherEngine]) {
      const source = await watch('sku=tea&sku=pot', { 'last-event-id': id });
      expect([(await source.next()).data, (await source.next()).data]).toEqual([stock('pot', pot), stock('tea', tea)]);
      await source.close();
    }
  });

  it('reads the log once for all, and only while somebody watches', async () => {
    await api.followers(0);
    const [one, other] = [await watch('sku=tea'), await watch('sku=tea,pot')];
    await api.followers(1);
    await one.close();
    await receive('tea', 1);
    for (let told = 0; told < 3; told += 1) await other.next();
    await api.followers(1);
    await other.close();
    await api.followers(0);
    const again = await watch('sku=tea');
    expect((await again.next()).data).toEqual(stock('tea', await onHandOf('tea')));
    await again.close();
  });

  it('ends every client with the last state, also one that reads slowly', async () => {
    const fast = await watch('sku=tea,pot');
    const slow = await watch('sku=tea,pot');
    const changes: DomainEvent[] = Array.from({ length: 300 }, () => stockReceived('tea', 1));
    for (let round = 0; round < 5; round += 1) await api.append('inventory-tea', ...changes);
    await api.record('inventory-pot', stockReceived('pot', 7));
    const [tea, pot] = [await onHandOf('tea'), await onHandOf('pot')];
    for (const source of [slow, fast]) {
      const last = new Map<string, unknown>();
      while (JSON.stringify(last.get('pot')) !== JSON.stringify(stock('pot', pot))) {
        const { data } = await source.next();
        last.set(String((data as { sku: string }).sku), data);
      }
      expect(last.get('tea')).toEqual(stock('tea', tea));
      await source.close();
    }
  });
});

describe('a request for live stock', () => {
  const ask = (query: string, headers = {}) => api.client.get(`/v1/inventory/live${query}`, headers);
  const many = Array.from({ length: 101 }, (_, index) => `s${index}`).join(',');

  it('that names an unknown SKU is 404', async () => {
    const unknown = { status: 404, code: 'PRODUCT.UNKNOWN_SKU', paths: [] };
    expect(refusalOf(await ask('?sku=tea,nothing'))).toEqual(unknown);
  });

  it.each(['', '?sku=', '?sku=a%20b', `?sku=${many}`])('%s is refused by the name of the field', async (query) => {
    expect(refusalOf(await ask(query))).toEqual(invalidField('sku'));
  });

  it('with a Last-Event-ID that is none is refused', async () => {
    expect(refusalOf(await ask('?sku=tea', { 'last-event-id': 'x' }))).toEqual(invalidField('Last-Event-ID'));
  });

  it('by HEAD answers and ends', async () => {
    const response = await fetch(`${api.client.url}/v1/inventory/live?sku=tea`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('live stock on a WebSocket', () => {
  const open = (query: string) => new WebSocket(`${api.client.url.replace('http', 'ws')}/v1/inventory/live?${query}`);
  const message = async (socket: WebSocket): Promise<unknown> => {
    const [data] = (await once(socket, 'message')) as [Buffer];
    return JSON.parse(data.toString()) as unknown;
  };

  it('tells the same at the same path', async () => {
    const socket = open('sku=pot');
    const before = await onHandOf('pot');
    expect(await message(socket)).toEqual(stock('pot', before));
    const next = message(socket);
    await receive('pot', 4);
    expect(await next).toEqual(stock('pot', before + 4));
    socket.close();
    await once(socket, 'close');
  });

  it('is refused as a read of the same path is', async () => {
    for (const [query, status] of [
      ['sku=nothing', 404],
      ['', 400],
    ] as const) {
      const socket = open(query);
      const [, response] = (await once(socket, 'unexpected-response')) as [
        unknown,
        { statusCode: number; headers: object },
      ];
      expect(response.statusCode).toBe(status);
      expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8' });
      socket.on('error', () => undefined);
      socket.terminate();
    }
  });
});

describe('an offer of another protocol', () => {
  it('is ignored: the request is answered as it is', async () => {
    const socket = connect(Number(new URL(api.client.url).port), '127.0.0.1');
    const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
    socket.write(`GET /v1/inventory/tea HTTP/1.1\r\nHost: x\r\n${offer}\r\n`);
    expect(String(((await once(socket, 'data')) as [Buffer])[0])).toMatch(/^HTTP\/1\.1 200 OK[^]*"sku":"tea"/);
    const body = '{"currency":7}';
    socket.write(`POST /v1/nothing HTTP/1.1\r\nHost: x\r\n${offer}Content-Length: ${body.length}\r\n\r\n`);
    socket.write(body);
    expect(String(((await once(socket, 'data')) as [Buffer])[0])).toMatch(/^HTTP\/1\.1 404/);
    socket.destroy();
  });
});
