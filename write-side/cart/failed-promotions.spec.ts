import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { mock } from 'node:test';
import type { PromotionEntered } from '../../domain/promotion/index.js';
import type { JsonObject } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { checkoutBody, expectStatus, usd } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';
import { FailedPromotions } from './check-out-cart.handler.js';

/** Entered into the register by a version that knows more than this one. */
const entered = (promotionId: string, then: object): PromotionEntered => ({
  type: 'promotion-register.entered.v1',
  data: {
    promotionId,
    edition: 1,
    terms: {
      promotionId,
      name: promotionId,
      priority: 0,
      combines: 'all',
      trigger: 'automatic',
      when: [],
      then: [then] as unknown as PromotionEntered['data']['terms']['then'],
    },
  },
});

describe('a promotion that cannot be worked out', () => {
  let harness: Harness;
  const said = mock.method(Logger.prototype, 'error', () => undefined);
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(async () => {
    said.mock.restore();
    await harness.stop();
  });

  it('is left out of what checkouts cost, recorded with each, and named in the log once', async () => {
    const { client, store } = harness;
    const tenth = { type: 'percent-off', percent: '10', of: 'order' };
    const metadata = { actor: 'admin:test', commandId: randomUUID(), correlationId: 'c', causationId: null };
    const events = [entered('broken', { type: 'double', of: 'order' }), entered('tenth', tenth)];
    await store.append(
      'promotionregister-shop',
      events.map(({ type, data }) => ({ id: randomUUID(), type, data: data as unknown as JsonObject, metadata })),
      'no-stream',
    );
    for (const _ of [1, 2]) {
      const { json } = await client.post('/v1/carts', { currency: 'USD' });
      const cart = `/v1/carts/${String(json['cartId'])}`;
      const body = { sku: await client.product(usd(1000)), quantity: 1 };
      const shown = expectStatus(await client.post(`${cart}/items`, body), 200).json;
      expect(shown).toMatchObject({ discounts: [{ promotionId: 'tenth' }], totals: { total: usd(900) } });
      expectStatus(await client.post(`${cart}/checkout`, { ...checkoutBody(), expectedTotal: usd(900) }), 202);
      const recorded: RecordedEvent[] = [];
      for await (const event of store.read(`cart-${String(json['cartId'])}`)) recorded.push(event);
      const error = 'TypeError: an effect that is not known: {"type":"double","of":"order"}';
      expect(recorded.at(-1)?.data['failedPromotions']).toEqual([{ promotionId: 'broken', error }]);
      expect(recorded.at(-1)?.data['discounts']).toMatchObject([{ promotionId: 'tenth' }]);
    }
    expect(said.mock.calls.map((call): readonly unknown[] => call.arguments)).toEqual([
      [expect.stringMatching(/^the promotion broken could not .* an effect that is not/)],
    ]);
  });
});

describe('the log', () => {
  it('has nothing about a checkout without failed promotions, and each of several', () => {
    const said = mock.method(Logger.prototype, 'error', () => undefined);
    const failed = new FailedPromotions();
    failed.tell({ orderId: 'o' });
    expect(said.mock.callCount()).toBe(0);
    const failedPromotions = ['a', 'b'].map((promotionId) => ({ promotionId, error: 'Error: x' }));
    for (const _ of [1, 2, 3]) failed.tell({ orderId: 'o', failedPromotions });
    expect(said.mock.callCount()).toBe(2);
    said.mock.restore();
  });
});
