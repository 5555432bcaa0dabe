import { once } from 'node:events';
import { WebSocket } from 'ws';
import { productCreated, startReadApi, stockReceived } from '../../shared/test-support/index.js';
import type { RunningReadApi } from '../../shared/test-support/index.js';
import { openEventSource } from './test-support/event-source.js';

let api: RunningReadApi;
beforeEach(async () => {
  api = await startReadApi();
  for (const sku of ['fine', 'spoiled']) {
    await api.record(`product-${sku}`, productCreated(sku));
    await api.record(`inventory-${sku}`, stockReceived(sku, 5));
  }
});
afterEach(() => api.close());

/** Impossible: it does not say where the units are held. */
const spoil = () =>
  api.append('inventory-spoiled', {
    type: 'inventory.reserved.v1',
    data: { sku: 'spoiled', orderId: 'o', expiresAt: '2026-11-05T13:00:00.000Z' },
  });
const stock = (sku: string, onHand: number) => ({ sku, onHand, reserved: 0, available: onHand });
const watch = (query: string) => openEventSource(`${api.client.url}/v1/inventory/live?${query}`, {});
const parked = { code: 'READ_MODEL.PARKED', sku: 'spoiled' };

describe('live stock with an event that cannot be applied to a SKU', () => {
  it('is refused for that SKU, and goes on for others', async () => {
    await spoil();
    for (const query of ['sku=spoiled', 'sku=fine&sku=spoiled']) {
      const { status, json, headers } = await api.client.get(`/v1/inventory/live?${query}`);
      expect([status, headers.get('content-type')]).toEqual([503, 'application/problem+json; charset=utf-8']);
      expect(json).toMatchObject({ code: 'READ_MODEL.PARKED', readModel: 'stock' });
    }
    const fine = await watch('sku=fine');
    expect((await fine.next()).data).toEqual(stock('fine', 5));
    await fine.close();
    await api.followers(0);
  });

  it('ends the answers with that SKU by an event that says so, and no others', async () => {
    const [fine, spoiled, both] = [
      await watch('sku=fine'),
      await watch('sku=spoiled'),
      await watch('sku=fine,spoiled'),
    ];
    for (const [source, messages] of [
      [fine, 1],
      [spoiled, 1],
      [both, 2],
    ] as const) {
      for (let told = 0; told < messages; told += 1) await source.next();
    }
    await spoil();
    for (const source of [spoiled, both]) {
      expect(await source.next()).toEqual({ event: 'parked', data: parked });
      await expect(source.next()).rejects.toThrow('the messages have ended');
    }
    await api.append('inventory-fine', stockReceived('fine', 2));
    expect((await fine.next()).data).toEqual(stock('fine', 7));
    expect((await api.client.get('/v1/inventory/live?sku=spoiled')).status).toBe(503);
    await fine.close();
    await api.followers(0);
  });

  it('closes a WebSocket by a code and a reason that say so', async () => {
    const socket = new WebSocket(`${api.client.url.replace('http', 'ws')}/v1/inventory/live?sku=spoiled`);
    await once(socket, 'message');
    await spoil();
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1011, 'READ_MODEL.PARKED spoiled']);
  });
});
