import { expectProblem, expectStatus } from '../test-support/client.js';
import type { Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';
import { WriteSideApp } from '../test-support/write-side-app.js';

let harness: Harness;
let client: Client;

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

describe("a carrier's notice of a delivery", () => {
  const shipped = async () => {
    const { orderId } = await client.order();
    const { json } = expectStatus(await client.post(`/v1/orders/${orderId}/shipments`, {}, { as: 'admin' }), 201);
    const shipmentId = String(json['shipmentId']);
    const body = JSON.stringify({ shipmentId, at: new Date().toISOString() });
    return { orderId, shipmentId, body, path: `/v1/shipments/${shipmentId}/delivery` };
  };
  const signed = WriteSideApp.webhookHeaders;

  it('is taken when it is signed, once for each id, and recorded as from the carrier', async () => {
    const { orderId, shipmentId, body, path } = await shipped();
    const send = (raw: string) => client.call('POST', path, { raw, headers: signed('msg_1', raw) });
    const first = expectStatus(await send(body), 200);
    expect(first.json['status']).toBe('delivered');
    const head = await harness.store.head();
    await harness.restart();
    expect(expectStatus(await send(body), 200).json).toEqual(first.json);
    expectProblem(await send(JSON.stringify({ shipmentId })), 422, 'REQUEST.IDEMPOTENCY_KEY_REUSED');
    expect(await harness.store.head()).toEqual(head);
    const actors = new Map<string, string>();
    for await (const { type, metadata } of harness.store.read(`order-${orderId}`)) actors.set(type, metadata.actor);
    expect(actors.get('order.shipment-delivered.v1')).toBe('carrier');
  });

  it('is refused when it is not, and does not stand in for a token that is no good', async () => {
    const { body, path } = await shipped();
    const headers = signed('msg_2', body);
    expectProblem(await client.call('POST', path, { raw: `${body} `, headers }), 401, 'WEBHOOK.SIGNATURE_INVALID');
    expectProblem(await client.call('POST', path, { raw: body }), 401, 'AUTH.REQUIRED');
    expectProblem(await client.call('POST', path, { raw: body, headers, bearer: 'x' }), 401, 'AUTH.REQUIRED');
    expectProblem(await client.call('POST', path, { raw: body, headers, as: 'customer' }), 403, 'AUTH.FORBIDDEN');
    const orders = { raw: '{}', headers: signed('msg_3', '{}') };
    expectProblem(await client.call('POST', '/v1/orders/o/shipments', orders), 401, 'AUTH.REQUIRED');
  });

  it('is good for the shipment that it names alone', async () => {
    const [one, other] = [await shipped(), await shipped()];
    const send = (path: string, raw: string, id: string) =>
      client.call('POST', path, { raw, headers: signed(id, raw) });
    const head = await harness.store.head();
    expectProblem(await send(other.path, one.body, 'msg_4'), 403, 'AUTH.FORBIDDEN');
    expectProblem(await send('/v1/shipments/nothing/delivery', one.body, 'msg_4'), 403, 'AUTH.FORBIDDEN');
    for (const raw of [
      '{}',
      '',
      JSON.stringify({ at: new Date().toISOString() }),
      '[]',
      'null',
      '{"shipmentId":null}',
      '{"shipmentId":7}',
    ]) {
      expect([400, 403]).toContain((await send(other.path, raw, 'msg_5')).status);
    }
    expect(await harness.store.head()).toEqual(head);
    expectStatus(await send(one.path, one.body, 'msg_4'), 200);
    expectStatus(await send(other.path, other.body, 'msg_4'), 200);
  });

  it('may be reported by an admin, who need not name it twice', async () => {
    const { path, body } = await shipped();
    expectProblem(await client.post(path, { shipmentId: 'another' }, { as: 'admin' }), 400, 'REQUEST.INVALID');
    expectStatus(await client.call('POST', path, { raw: body, as: 'admin' }), 200);
    expectStatus(await client.post(path, {}, { as: 'admin' }), 200);
  });
});
