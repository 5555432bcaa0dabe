import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../domain/shared/index.js';
import { checkoutBody, expectProblem, expectStatus } from '../test-support/client.js';
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

/** Records a step as the runner does. */
async function step(name: string, id: string, state: JsonObject, more: JsonObject = {}): Promise<void> {
  const now = '2026-11-05T12:00:00.000Z';
  const data = { inputs: [], now, state, sent: [], waiting: [], timers: {}, done: false, position: null, seed: 's' };
  const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: `saga:${name}` };
  const event = { id: randomUUID(), type: `saga.${name}.stepped.v1`, data: { ...data, ...more }, metadata };
  await harness.store.append(`saga-${name}-${id}`, [event], 'any');
}

type Headers = Readonly<Record<string, string>>;
const why = { reason: 'the bank has lifted its block' };
const ask = (path: string, headers: Headers = {}, body: object = why): Promise<Answer> =>
  client.post(`/v1/sagas/${path}`, body, { as: 'admin', headers });

async function events(orderId: string) {
  const found = [];
  for await (const { type, data, metadata } of harness.store.read(`order-${orderId}`)) {
    if (type.startsWith('order.process-')) found.push({ type, data, actor: metadata.actor });
  }
  return found;
}

async function stuck(): Promise<string> {
  const { orderId } = await client.order();
  await step('fulfilment', orderId, { orderId, money: 'refused', flag: 'raised', closing: { reason: 'complete' } });
  return orderId;
}

describe('a stuck process', () => {
  it('is tried again by an admin alone, who is recorded with the reason', async () => {
    const orderId = await stuck();
    const path = `/v1/sagas/fulfilment/${orderId}/retry`;
    expectProblem(await client.post(path, why, {}), 401, 'AUTH.REQUIRED');
    for (const as of ['support', 'analyst'] as const) {
      expectProblem(await client.post(path, why, { as }), 403, 'AUTH.FORBIDDEN');
    }
    expectProblem(await ask(`fulfilment/${orderId}/retry`, {}, {}), 400, 'REQUEST.INVALID');
    const answer = expectStatus(await ask(`fulfilment/${orderId}/retry`), 202);
    const expected = { name: 'fulfilment', id: orderId, orderId, repair: 'retry', version: 1 };
    expect([answer.json, answer.headers.get('etag')]).toEqual([expected, '"1"']);
    expect(await events(orderId)).toMatchObject([
      {
        type: 'order.process-retry-requested.v1',
        data: { process: 'fulfilment', processId: orderId, version: 1, ...why },
        actor: expect.stringMatching(/^admin:/),
      },
    ]);
  });

  it('is asked once by two at the same time, and answered the same under a key whatever became of it', async () => {
    const orderId = await stuck();
    const path = `fulfilment/${orderId}/compensate`;
    const keyed = { 'idempotency-key': randomUUID(), 'if-match': '"1"' };
    const [first] = await Promise.all([ask(path, keyed), ask(path, { 'if-match': '"1"' })]);
    expect(await events(orderId)).toHaveLength(1);
    expectProblem(await ask(`fulfilment/${orderId}/retry`), 409, 'SAGA.REPAIR_REQUESTED');
    await step('fulfilment', orderId, { orderId, money: 'settled' }, { done: true });
    await harness.restart();
    client = harness.client;
    expect(expectStatus(await ask(path, keyed), 202).json).toMatchObject({ orderId, repair: 'compensate' });
    expect(first.status).toBe(202);
    expect(await events(orderId)).toHaveLength(1);
    for (const repair of ['retry', 'compensate']) {
      expectProblem(await ask(`fulfilment/${orderId}/${repair}`), 409, 'SAGA.DONE');
    }
  });

  it('is left alone where it moved since it was seen', async () => {
    const orderId = await stuck();
    const path = `fulfilment/${orderId}/retry`;
    for (const seen of ['"0"', '"2"']) {
      expectProblem(await ask(path, { 'if-match': seen }), 412, 'REQUEST.PRECONDITION_FAILED');
    }
    expect(await events(orderId)).toEqual([]);
    expectStatus(await ask(path, { 'if-match': '"1"' }), 202);
  });
});

describe('a process that is not stuck', () => {
  it('has nothing to be tried again while it waits for what happens next', async () => {
    const { orderId } = await client.order();
    await step('fulfilment', orderId, { orderId, money: 'held', closing: null });
    expectProblem(await ask(`fulfilment/${orderId}/retry`), 409, 'SAGA.NOTHING_TO_RETRY');
    expectStatus(await ask(`fulfilment/${orderId}/compensate`), 202);
  });

  it('is a checkout only while the order is pending, recorded or not', async () => {
    const { orderId } = await client.order();
    expectProblem(await ask(`checkout/${orderId}/compensate`), 409, 'SAGA.DONE');
    harness.saga.settles = 'pending';
    const cart = await client.cart([[await client.product(), 1]]);
    const pending = expectStatus(await client.post(`/v1/carts/${cart}/checkout`, checkoutBody()), 202);
    harness.saga.settles = 'confirmed';
    expectStatus(await ask(`checkout/${String(pending.json['orderId'])}/compensate`), 202);
  });

  it('is none that never began', async () => {
    const { orderId } = await client.order();
    for (const path of [`fulfilment/${orderId}`, 'checkout/nobody', 'nothing/at-all', 'price-window/tea']) {
      expectProblem(await ask(`${path}/retry`), 404, 'SAGA.NOT_FOUND');
    }
  });
});
