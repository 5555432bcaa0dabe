import {
  orderStory,
  productCreated,
  refusalOf,
  startReadApi,
  stockReceived,
  storyOf,
  usd,
  variantCreated,
} from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';

let api: RunningReadApi;
beforeAll(async () => (api = await startReadApi()));
afterAll(() => api.close());

interface Asked {
  readonly resource: string;
  readonly field?: string;
  readonly asOf?: string;
  readonly [name: string]: string | undefined;
}

function ask(asked: Asked, as: 'support' | 'analyst' | 'customer' = 'support') {
  const query = new URLSearchParams(
    Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return api.client.as(as, `/v1/explain?${String(query)}`);
}

async function tell(orderId: string, sku: string): Promise<void> {
  for (const { stream, event } of orderStory(orderId, sku)) await api.record(stream, event);
}

const sold = (sku: string, quantity: number, amount: number) => ({
  lineId: sku,
  sku,
  quantity,
  revenue: usd(amount),
  category: 'Tea',
});

describe('GET /v1/explain', () => {
  it('names the events behind a number, a state and a time, as of any moment', async () => {
    await tell('told', 'tea');
    const { items } = await api.client.as('support', '/v1/orders/told/history?limit=100');
    const eventOf = (type: string) => items.find((item) => item['type'] === type);
    const resource = 'orders/told';
    const captured = await ask({ resource, field: '/payment/captured' });
    expect(captured.status).toBe(200);
    expect(captured.headers.get('cache-control')).toBe('no-store');
    const capture = eventOf('payment.captured.v1')?.['eventId'];
    expect(captured.json).toMatchObject({ value: usd(100), rule: expect.any(String) });
    const parts = captured.json['parts'] as readonly { readonly events: readonly unknown[] }[];
    expect(parts.flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ eventId: capture, type: 'payment.captured.v1', contribution: usd(100) }),
    );
    const status = await ask({ resource, field: '/status' });
    expect(status.json).toMatchObject({ value: 'completed' });
    expect((status.json['parts'] as readonly { value: unknown }[]).map(({ value }) => value)).toEqual([
      'pending',
      'confirmed',
      'shipped',
      'delivered',
      'completed',
    ]);
    expect((await ask({ resource, field: '/status', asOf: '0' })).json).toMatchObject({ value: 'pending' });
    const at = eventOf('order.opened.v1')?.['at'];
    expect((await ask({ resource, field: '/placedAt' })).json).toMatchObject({ value: at });
    expect((await ask({ resource: 'payments/p-told', field: '/captured' })).json).toMatchObject({ value: usd(100) });
    expect((await ask({ resource: 'carts/c-told', field: '/totals/total/amount' })).json).toMatchObject({ value: 100 });
    expect((await ask({ resource: 'inventory/tea', field: '/onHand' })).json).toMatchObject({ value: 0 });
  });

  it('tells an analyst nothing of persons', async () => {
    await tell('private', 'pot');
    const email = { resource: 'orders/private', field: '/email' };
    expect((await ask(email)).json).toMatchObject({ value: 'ann@example.com' });
    expect((await ask(email, 'analyst')).json).toMatchObject({ value: null });
    expect((await ask({ ...email, field: '/totals/total' }, 'analyst')).json).toMatchObject({ value: usd(100) });
    for (const field of ['/refunds/0/reason', '/email', '/status', '/totals/total'])
      expect((await ask({ ...email, field }, 'analyst')).text).not.toContain('ann@');
  });

  it('explains what a report adds up, by the days of its time zone', async () => {
    const lines = [sold('mug', 2, 500), sold('jug', 1, 90)];
    for (const { stream, event } of storyOf(['placed'], 'counted', 'mug')) await api.record(stream, event);
    const [confirmed] = await api.record('order-counted', {
      type: 'order.confirmed.v1',
      data: { orderId: 'counted', channel: 'web', lines },
    });
    const day = String(confirmed?.at).slice(0, 10);
    for (const [resource, value] of [
      ['reports/sales/sku/mug/USD', 500],
      ['reports/sales/category/Tea/USD', 590],
      [`reports/sales/day/${day}/USD`, 590],
    ] as const) {
      const { status, json } = await ask({ resource, field: '/revenue' }, 'analyst');
      expect([status, json]).toMatchObject([200, { value: usd(value) }]);
      expect(JSON.stringify(json['parts'])).toContain(String(confirmed?.id));
    }
    const report = await api.client.as('analyst', '/v1/reports/sales?by=day&timeZone=Pacific/Kiritimati');
    for (const item of report.items) {
      const resource = `reports/sales/day/${String(item['key'])}/USD`;
      const scope = { resource, timeZone: 'Pacific/Kiritimati' };
      for (const field of ['/orders', '/units', '/revenue'])
        expect((await ask({ ...scope, field })).json['value']).toEqual(item[field.slice(1)]);
    }
    const other = { resource: 'reports/sales/sku/mug/USD', field: '/units' };
    expect(refusalOf(await ask({ ...other, channel: 'shop' }))).toMatchObject({ code: 'REPORT.ITEM_NOT_FOUND' });
    expect(refusalOf(await ask({ ...other, to: '2020-01-01' }))).toMatchObject({ code: 'REPORT.ITEM_NOT_FOUND' });
    expect(refusalOf(await ask({ ...other, asOf: '3' }))).toMatchObject({ status: 400, paths: ['asOf'] });
  });

  it('refuses what nobody explains, and says so', async () => {
    await tell('asked', 'cup');
    const codeOf = async (asked: Asked) => {
      const { status, json } = await ask(asked);
      const errors = (json['errors'] ?? []) as readonly { readonly path: string }[];
      return [status, json['code'], ...errors.map(({ path }) => path)];
    };
    const resource = 'orders/asked';
    expect(await codeOf({ resource, field: '/nothing' })).toEqual([404, 'FIELD.NOT_FOUND']);
    expect(await codeOf({ resource, field: '/lines' })).toEqual([422, 'FIELD.NOT_EXPLAINED']);
    expect(await codeOf({ resource, field: 'status' })).toEqual([400, 'REQUEST.INVALID', 'field']);
    expect(await codeOf({ resource })).toEqual([400, 'REQUEST.INVALID', 'field']);
    expect(await codeOf({ resource, field: '/status', channel: 'web' })).toEqual([400, 'REQUEST.INVALID', 'channel']);
    expect(await codeOf({ resource, field: '/status', asOf: '99' })).toEqual([400, 'REQUEST.INVALID', 'asOf']);
    expect(await codeOf({ resource, field: '/status', asOf: '1999-01-01T00:00:00Z' })).toEqual([
      404,
      'ORDER.NOT_FOUND',
    ]);
    expect(await codeOf({ resource: 'orders/nobody', field: '/status' })).toEqual([404, 'ORDER.NOT_FOUND']);
    expect(await codeOf({ resource: 'payments/nobody', field: '/status' })).toEqual([404, 'PAYMENT.NOT_FOUND']);
    expect(await codeOf({ resource: 'carts/nobody', field: '/status' })).toEqual([404, 'CART.NOT_FOUND']);
    expect(await codeOf({ resource: 'gift-cards/nobody', field: '/status' })).toEqual([404, 'GIFT_CARD.UNKNOWN']);
    expect(await codeOf({ resource: 'inventory/nothing', field: '/onHand' })).toEqual([404, 'PRODUCT.UNKNOWN_SKU']);
    expect(await codeOf({ resource: 'products/cup', field: '/price' })).toEqual([404, 'RESOURCE.NOT_EXPLAINED']);
    expect(await codeOf({ resource: 'orders/%', field: '/status' })).toEqual([404, 'RESOURCE.NOT_EXPLAINED']);
    expect((await ask({ resource, field: '/status' }, 'customer')).status).toBe(403);
  });

  it('shows zeros of a product that was never received', async () => {
    await api.record('product-p-new', productCreated('new'));
    await api.record('variant-new', variantCreated('new'));
    expect((await ask({ resource: 'inventory/new', field: '/onHand' })).json).toMatchObject({ value: 0 });
    await api.record('inventory-new', stockReceived('new', 4));
    expect((await ask({ resource: 'inventory/new', field: '/available' })).json).toMatchObject({ value: 4 });
  });
});
