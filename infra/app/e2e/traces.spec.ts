import { address, expectStatus, Shop, SpanCollector, useEngines } from '../test-support/index.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CLIENT_SPAN = '00f067aa0ba902b7';

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
    ];
    expect([...names]).toEqual(expect.arrayContaining(expected));

    const sent = collector.bodies.join('\n');
    const secrets = ['ada@example.com', ...Object.values(address).slice(0, 4), 'tok_ok', cartId, 'Bearer'];
    const accessToken = String(placed.json['accessToken']);
    expect([...secrets, accessToken].filter((secret) => sent.includes(secret))).toEqual([]);
    // What may be there is found.
    expect(sent).toContain(placed.headers.get('x-request-id'));
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
