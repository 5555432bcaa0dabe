import { address, expectStatus, Shop, SpanCollector, useEngines, type Reply } from '../test-support/index.js';
import type { CheckoutOptions } from '../test-support/shop.js';
import type { BuyersOrderView } from '../../../projections/order/index.js';

const CLIENT_SPAN = '00f067aa0ba902b7';

/** A trace of each client's own. */
const [BUYERS, SETTLED, UNRECORDED] = [
  '4bf92f3577b34da6a3ce929d0e0e4736',
  '4bf92f3577b34da6a3ce929d0e0e4737',
  '4bf92f3577b34da6a3ce929d0e0e4738',
] as const;

interface Recorded {
  readonly type: string;
  readonly actor: string;
  readonly correlationId: string;
}

describe('with an exporter of traces', () => {
  const engines = useEngines('all tests');
  let collector: SpanCollector;
  let shop: Shop;
  let cartId: string;
  let placed: Reply;
  let settled: BuyersOrderView;
  let history: readonly Recorded[];
  let unrecorded: Reply;
  /** The spans are sent until the engine has stopped. */
  beforeAll(async () => {
    collector = await SpanCollector.start();
    const engine = await engines.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
    shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 10 });
    const checkOut = async (trace: string, options: CheckoutOptions): Promise<Reply> => {
      const headers = { traceparent: `00-${trace}-${CLIENT_SPAN}-01` };
      cartId = await shop.cart(['S-1', 2]);
      return shop.checkOut(cartId, { ...options, headers });
    };
    const byWebhook = expectStatus(await checkOut(SETTLED, { token: 'tok_timeout' }), 202);
    settled = await shop.ended(String(byWebhook.json['orderId']));
    const path = `/v1/orders/${settled.orderId}/history?limit=100`;
    history = (await shop.read<{ items: readonly Recorded[] }>(path, 'support')).items;
    placed = expectStatus(await checkOut(BUYERS, { wait: 15 }), 201);
    const headers = { traceparent: `00-${UNRECORDED}-${CLIENT_SPAN}-00` };
    unrecorded = expectStatus(await shop.http.call('POST', '/v1/carts', { body: { currency: 'USD' }, headers }), 201);
    await shop.caughtUp();
    expect(await engine.stop()).toBe(0);
  }, 120_000);
  afterAll(() => collector.close());

  it("a purchase is one trace, the client's own, from the request to the read models, without anything personal", () => {
    expect(placed.json['status']).toBe('confirmed');
    const spans = collector.spans().filter(({ traceId }) => traceId === BUYERS);
    const request = spans.find(({ name }) => name === 'POST /v1/carts/:id/checkout');
    expect(request?.parentSpanId).toBe(CLIENT_SPAN);
    expect(placed.headers.get('traceresponse')).toBe(`00-${BUYERS}-${request?.spanId}-01`);
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
  });

  it("a purchase that the payment provider's webhook settles goes on in the same trace", () => {
    const authorized = history.find(({ type }) => type === 'payment.authorized.v1');
    expect([settled.payment?.status, authorized?.actor]).toEqual(['authorized', 'webhook:sandbox']);
    const checkouts = history.filter(({ type }) => type !== 'cart.opened.v1' && type !== 'cart.item-added.v1');
    expect(new Set(checkouts.map(({ correlationId }) => correlationId)).size).toBe(1);

    const names = collector.spans().flatMap(({ traceId, name }) => (traceId === SETTLED ? [name] : []));
    const settling = ['command payment.record-authorization', 'saga:checkout order.confirm-order', 'project search'];
    expect(names).toEqual(expect.arrayContaining(settling));
    expect(names).not.toContain('POST /v1/webhooks/payments/:provider');
  });

  it('a client that does not want its request recorded gets its wish', () => {
    expect(unrecorded.headers.get('traceresponse')).toMatch(new RegExp(`^00-${UNRECORDED}-[0-9a-f]{16}-00$`));
    const traces = new Set(collector.spans().map(({ traceId }) => traceId));
    // Those of requests that named no trace, such as the product's, are there.
    expect([...traces].filter((trace) => trace !== BUYERS && trace !== SETTLED).length).toBeGreaterThan(0);
    expect(traces.has(UNRECORDED)).toBe(false);
  });
});
