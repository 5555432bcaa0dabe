import { address, expectStatus, Shop, SpanCollector, useEngines } from '../test-support/index.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CLIENT_SPAN = '00f067aa0ba902b7';

interface Recorded {
  readonly type: string;
  readonly actor: string;
  readonly correlationId: string;
}

describe('with an exporter of traces', () => {
  const engines = useEngines();
  let collector: SpanCollector;
  beforeEach(async () => {
    collector = await SpanCollector.start();
  });
  afterEach(() => collector.close());

  it("a purchase is one trace, the client's own, from the request to the read models, without anything personal", async () => {
    const engine = await engines.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 10 });
    const cartId = await shop.cart(['S-1', 2]);
    const headers = { traceparent: `00-${TRACE}-${CLIENT_SPAN}-01` };
    const placed = expectStatus(await shop.checkOut(cartId, { wait: 15, headers }), 201);
    expect(placed.json['status']).toBe('confirmed');
    await shop.caughtUp();
    expect(await engine.stop()).toBe(0);

    const spans = collector.spans().filter(({ traceId }) => traceId === TRACE);
    const request = spans.find(({ name }) => name === 'POST /v1/carts/:id/checkout');
    expect(request?.parentSpanId).toBe(CLIENT_SPAN);
    expect(placed.headers.get('traceresponse')).toBe(`00-${TRACE}-${request?.spanId}-01`);
    const below = spans.filter(({ parentSpanId }) => parentSpanId === request?.spanId);
    expect(below).toHaveLength(spans.length - 1);
    const names = new Set(below.map(({ name }) => name));
    const expected = [
      'command cart.check-out',
      'saga checkout step',
      'saga:checkout order-opening.open-order-from-cart',
      'saga:checkout inventory.reserve-stock',
      'saga:checkout payment-gateway.authorize',
      'saga:checkout order.confirm-order',
      'project',
      'project search',
    ];
    expect([...names]).toEqual(expect.arrayContaining(expected));

    const sent = collector.bodies.join('\n');
    const secrets = ['ada@example.com', ...Object.values(address).slice(0, 4), 'tok_ok', cartId, 'Bearer'];
    const accessToken = String(placed.json['accessToken']);
    expect([...secrets, accessToken].filter((secret) => sent.includes(secret))).toEqual([]);
    // What may be there is found.
    expect(sent).toContain(placed.headers.get('x-request-id'));
  }, 60_000);

  it("a purchase that the payment provider's webhook settles goes on in the same trace", async () => {
    const engine = await engines.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 10 });
    const cartId = await shop.cart(['S-1', 2]);
    const headers = { traceparent: `00-${TRACE}-${CLIENT_SPAN}-01` };
    const placed = expectStatus(await shop.checkOut(cartId, { token: 'tok_timeout', headers }), 202);
    const { orderId, payment } = await shop.ended(String(placed.json['orderId']));
    const { items } = await shop.read<{ items: readonly Recorded[] }>(
      `/v1/orders/${orderId}/history?limit=100`,
      'support',
    );
    const settled = items.find(({ type }) => type === 'payment.authorized.v1');
    expect([payment?.status, settled?.actor]).toEqual(['authorized', 'webhook:sandbox']);
    const checkouts = items.filter(({ type }) => type !== 'cart.opened.v1' && type !== 'cart.item-added.v1');
    expect(new Set(checkouts.map(({ correlationId }) => correlationId)).size).toBe(1);
    await shop.caughtUp();
    expect(await engine.stop()).toBe(0);

    const names = collector.spans().flatMap(({ traceId, name }) => (traceId === TRACE ? [name] : []));
    const settling = ['command payment.record-authorization', 'saga:checkout order.confirm-order', 'project search'];
    expect(names).toEqual(expect.arrayContaining(settling));
    expect(names).not.toContain('POST /v1/webhooks/payments/:provider');
  }, 60_000);

  it('a client that does not want its request recorded gets its wish', async () => {
    const engine = await engines.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
    const shop = new Shop(engine);
    const headers = { traceparent: `00-${TRACE}-${CLIENT_SPAN}-00` };
    const body = { currency: 'USD' };
    const opened = await shop.http.call('POST', '/v1/carts', { body, headers });
    expect(opened.headers.get('traceresponse')).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
    expectStatus(await shop.http.call('POST', '/v1/carts', { body }), 201);
    await shop.caughtUp();
    expect(await engine.stop()).toBe(0);
    const traces = new Set(collector.spans().map(({ traceId }) => traceId));
    expect(traces.size).toBeGreaterThan(0);
    expect(traces.has(TRACE)).toBe(false);
  }, 60_000);
});
