import { randomUUID } from 'node:crypto';
import { expectProblem, expectStatus, usd } from '../test-support/client.js';
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

describe('a webhook of the payment provider', () => {
  const notice = (paymentId: string, type = 'payment.authorized') =>
    JSON.stringify({ type, timestamp: new Date().toISOString(), data: { paymentId } });
  const send = (raw: string, headers: Record<string, string>, provider = 'sandbox') =>
    client.call('POST', `/v1/webhooks/payments/${provider}`, { raw, headers });

  it('is taken when it is signed, as often as it comes', async () => {
    const { orderId } = await client.order();
    const body = notice(`pay-${orderId}`);
    for (let i = 0; i < 2; i++) expectStatus(await send(body, WriteSideApp.webhookHeaders('msg_1', body)), 200);
  });

  it('goes on with the trace and the correlation of what was asked for, whatever brings it', async () => {
    const paymentId = `pay-${randomUUID()}`;
    const asked = { correlationId: 'the checkout', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
    const amount = usd(100);
    await harness.store.append(
      `payment-${paymentId}`,
      [
        {
          id: randomUUID(),
          type: 'payment.requested.v1',
          data: {
            paymentId,
            orderId: 'o-1',
            provider: 'sandbox',
            amount,
            idempotencyKey: 'k',
            personId: 'x',
            token: null,
          },
          metadata: { commandId: randomUUID(), causationId: null, actor: 'saga:checkout', ...asked },
        },
      ],
      'no-stream',
    );
    const body = notice(paymentId);
    const headers = { traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`, 'x-request-id': 'the delivery' };
    expectStatus(await send(body, { ...WriteSideApp.webhookHeaders('msg_3', body), ...headers }), 200);
    const recorded = [];
    for await (const event of harness.store.read(`payment-${paymentId}`, { from: 1 })) recorded.push(event);
    expect(recorded).toMatchObject([{ type: 'payment.authorized.v1', metadata: asked }]);
  });

  it('of a type that nobody here knows is taken and ignored, when it is signed', async () => {
    const body = notice('pay-1', 'payment.reviewed');
    const head = await harness.store.head();
    expectStatus(await send(body, WriteSideApp.webhookHeaders('msg_4', body)), 200);
    expect(await harness.store.head()).toEqual(head);
    expectProblem(await send(body, {}), 401, 'WEBHOOK.SIGNATURE_INVALID');
  });

  it('tells too what nobody here asked for: that money was let go', async () => {
    const { orderId } = await client.order();
    const paymentId = `pay-${orderId}`;
    for (const [id, body] of [
      ['msg_8', notice(paymentId)],
      ['msg_9', notice(paymentId, 'payment.voided')],
    ] as const) {
      expectStatus(await send(body, WriteSideApp.webhookHeaders(id, body)), 200);
    }
    const recorded = [];
    for await (const { type, data } of harness.store.read(`payment-${paymentId}`)) recorded.push({ type, data });
    expect(recorded.at(-1)).toMatchObject({
      type: 'payment.voided.v1',
      data: { provider: 'sandbox', requested: false },
    });
  });

  it('that contradicts what is settled is taken and changes nothing, so that the provider stops sending it', async () => {
    const { orderId } = await client.order();
    const paymentId = `pay-${orderId}`;
    const settled = notice(paymentId);
    expectStatus(await send(settled, WriteSideApp.webhookHeaders('msg_5', settled)), 200);
    const late = notice(paymentId, 'payment.declined');
    const head = await harness.store.head();
    for (const id of ['msg_6', 'msg_6', 'msg_7']) {
      expectStatus(await send(late, WriteSideApp.webhookHeaders(id, late)), 200);
    }
    expect(await harness.store.head()).toEqual(head);
  });

  it('is refused when it is not, or comes from nobody we know', async () => {
    const body = notice('pay-1');
    expectProblem(await send(body, {}), 401, 'WEBHOOK.SIGNATURE_INVALID');
    const headers = WriteSideApp.webhookHeaders('msg_2', body);
    expectProblem(await send(`${body} `, headers), 401, 'WEBHOOK.SIGNATURE_INVALID');
    expectProblem(await send(body, headers, 'nobody'), 404, 'WEBHOOK.UNKNOWN_PROVIDER');
    expectProblem(await send(body, headers), 404, 'PAYMENT.NOT_FOUND');
  });
});
