import type { PaymentWithFacts } from '../../../domain/payment/index.js';
import type { ReportItem } from '../test-support/shop.js';
import { booksBalance, eventually, expectStatus, Shop, useEngines } from '../test-support/index.js';

/** By its SKU: every test sells a product of its own. */
const received = new Map<string, number>();
const END_SECONDS = 30;

describe('a purchase', () => {
  const engines = useEngines('all tests');
  let shop: Shop;
  beforeAll(async () => {
    shop = new Shop(await engines.start());
  }, 60_000);

  let sku: string;
  beforeEach(async () => {
    sku = await shop.product({ sku: `S-${received.size + 1}`, price: 250, stock: 100 });
    received.set(sku, 100);
  });

  it('is confirmed with stock reserved, money authorised and the report counting it', async () => {
    const cartId = await shop.cart([sku, 2]);
    const placed = expectStatus(await shop.checkOut(cartId, { wait: 10 }), 201);
    expect(placed.json).toMatchObject({ status: 'confirmed' });
    const { orderId, accessToken } = placed.json;
    const headers = {
      authorization: `Bearer ${String(accessToken)}`,
      'consistency-token': placed.headers.get('consistency-token') ?? 'none',
    };
    const order = expectStatus(await shop.http.call('GET', `/v1/orders/${String(orderId)}`, { headers }), 200).json;
    const usd = (amount: number) => ({ amount, currency: 'USD' });
    expect(order).toMatchObject({
      status: 'confirmed',
      lines: [{ sku, quantity: 2, unitPrice: usd(250), lineTotal: usd(500) }],
      totals: { total: usd(500) },
      payment: { status: 'authorized', authorized: usd(500), captured: usd(0) },
      email: 'ada@example.com',
    });
    await shop.caughtUp();
    expect(await shop.stock(sku)).toMatchObject({ onHand: 100, reserved: 2, available: 98 });
    const counted = { orders: 1, units: 2, revenue: usd(500) };
    expect(await shop.report('sku')).toMatchObject([{ key: sku, ...counted }]);
    expect(await shop.report('category')).toMatchObject([{ key: 'Things', ...counted }]);
    await booksBalance(shop, received);
  }, 60_000);

  it('is counted for the channel in which it was sold, on the day of the clocks there', async () => {
    const report = async (query: string) => {
      const path = `/v1/reports/sales?by=day&timeZone=Pacific/Apia&${query}`;
      return (await shop.read<{ items: readonly ReportItem[] }>(path, 'analyst')).items;
    };
    const unitsOf = (items: readonly ReportItem[]): number => items.reduce((sum, { units }) => sum + units, 0);
    const before = unitsOf(await report('channel=default'));
    const channel = { code: 'samoa', name: 'Samoa', currencies: ['USD'], locale: 'en', timeZone: 'Pacific/Apia' };
    expectStatus(await shop.http.call('POST', '/v1/channels', { body: channel, as: 'admin' }), 201);
    const opening = { body: { currency: 'USD', channel: 'samoa' } };
    const { cartId } = expectStatus(await shop.http.call('POST', '/v1/carts', opening), 201).json;
    const items = `/v1/carts/${String(cartId)}/items`;
    expectStatus(await shop.http.call('POST', items, { body: { sku, quantity: 2 } }), 200);
    expectStatus(await shop.checkOut(String(cartId), { wait: 10 }), 201);
    await shop.ended(await shop.buy([[sku, 1]]));
    await shop.caughtUp();
    const [all, inSamoa, elsewhere] = [
      await report(''),
      await report('channel=samoa'),
      await report('channel=default'),
    ];
    const days = all.map(({ key }) => key);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Apia', dateStyle: 'short' }).format(new Date());
    expect(days).toContain(today);
    expect(inSamoa.map(({ units }) => units)).toEqual([2]);
    expect(unitsOf(elsewhere) - before).toBe(1);
  }, 60_000);

  it('is captured when it has shipped and completed when it has arrived', async () => {
    const orderId = await shop.buy([[sku, 3]]);
    expect((await shop.ended(orderId)).status).toBe('confirmed');
    const { shipmentId } = (await shop.ship(orderId)).json;
    await shop.orderWhen(orderId, ({ payment }) => payment?.captured.amount === 750);
    const path = `/v1/shipments/${String(shipmentId)}/delivery`;
    expectStatus(await shop.http.call('POST', path, { body: {}, as: 'admin' }), 200);
    await shop.orderWhen(orderId, ({ status }) => status === 'delivered' || status === 'completed');
    await booksBalance(shop, received);
    expect(await shop.stock(sku)).toMatchObject({ onHand: 97, reserved: 0, available: 97 });
  }, 60_000);

  it('ends within half a minute as its means of payment says', async () => {
    const outcomes: Readonly<Record<string, string>> = {
      tok_ok: 'confirmed',
      tok_declined: 'PAYMENT.DECLINED',
      tok_insufficient_funds: 'PAYMENT.INSUFFICIENT_FUNDS',
      tok_timeout: 'confirmed',
      tok_timeout_declined: 'PAYMENT.DECLINED',
      tok_error: 'confirmed',
      tok_capture_fails: 'confirmed',
      tok_unknown: 'PAYMENT.DECLINED',
    };
    const ended = await Promise.all(
      Object.keys(outcomes).map(async (token) => {
        const { status, rejection } = await shop.ended(await shop.buy([[sku, 1]], token), END_SECONDS);
        return [token, status === 'rejected' ? rejection?.code : status];
      }),
    );
    expect(Object.fromEntries(ended)).toEqual(outcomes);
    await booksBalance(shop, received);
  }, 60_000);

  it('whose money cannot be taken when it ships says so on its payment, and asks again', async () => {
    const orderId = await shop.buy([[sku, 4]], 'tok_capture_fails');
    const paymentId = (await shop.ended(orderId)).payment?.paymentId ?? 'none';
    await shop.ship(orderId);
    await shop.orderWhen(orderId, ({ status }) => status === 'shipped');
    const failures = await eventually('the capture fails twice', async () => {
      const { facts } = await shop.read<PaymentWithFacts>(`/v1/payments/${paymentId}`, 'support');
      const failed = facts.filter(({ type }) => type === 'capture-failed');
      return failed.length === 2 ? failed : undefined;
    });
    expect(failures.map(({ code }) => code)).toEqual(['PAYMENT.CAPTURE_REFUSED', 'PAYMENT.CAPTURE_REFUSED']);
    await booksBalance(shop, received);
    expect(await shop.stock(sku)).toMatchObject({ onHand: 96, reserved: 0, available: 96 });
  }, 60_000);

  it.each(['tok_declined', 'tok_timeout_declined'])(
    'refused for %s leaves an open cart to pay otherwise',
    async (token) => {
      const cartId = await shop.cart([sku, 5]);
      const refused = expectStatus(await shop.checkOut(cartId, { token, wait: 25 }), 201);
      expect(refused.json).toMatchObject({ status: 'rejected', rejection: { code: 'PAYMENT.DECLINED' } });
      expect(await shop.read(`/v1/carts/${cartId}`)).toMatchObject({ status: 'open', items: [{ sku }] });
      await booksBalance(shop, received);
      expect(await shop.stock(sku)).toMatchObject({ reserved: 0, available: 100 });

      const paid = expectStatus(await shop.checkOut(cartId, { wait: 10 }), 201);
      expect(paid.json).toMatchObject({ status: 'confirmed' });
      expect(paid.json['orderId']).not.toBe(refused.json['orderId']);
      await booksBalance(shop, received);
      expect(await shop.stock(sku)).toMatchObject({ reserved: 5, available: 95 });
    },
    60_000,
  );
});
