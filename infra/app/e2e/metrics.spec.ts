import { once } from 'node:events';
import { WebSocket } from 'ws';
import { embeddedOnly, expectStatus, Shop, until, useEngines, type EngineProcess } from '../test-support/index.js';

/** Values by name and labels, as they stand in the text: `name{a="b"}`. */
async function metricsOf({ http }: Shop): Promise<ReadonlyMap<string, number>> {
  const { text } = expectStatus(await http.call('GET', '/metrics'), 200);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

describe('the metrics of the engine', () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  let shop: Shop;
  beforeAll(async () => {
    // The provider keeps silent for longer than a look at the metrics takes on a busy machine.
    engine = await engines.start({ env: { SANDBOX_DELAY_MS: '3000' } });
    shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 10 });
  }, 60_000);

  it('move with a purchase', async () => {
    const before = await metricsOf(shop);
    const bought = await shop.buy([['S-1', 1]]);
    expect((await shop.ended(bought)).status).toBe('confirmed');
    await shop.caughtUp();
    const after = await metricsOf(shop);

    const moved = (name: string): number => (after.get(name) ?? NaN) - (before.get(name) ?? 0);
    const checkout = 'method="POST",route="/v1/carts/:id/checkout"';
    expect(moved(`cartwright_http_requests_total{${checkout},status="202"}`)).toBe(1);
    expect(moved(`cartwright_http_request_duration_seconds_count{${checkout},status="2xx"}`)).toBe(1);
    // At least: cart opened, item added, checked out, order opened, reserved, paid, confirmed.
    expect(moved('cartwright_log_position')).toBeGreaterThan(7);
    expect(moved('cartwright_orders_total{outcome="confirmed",code=""}')).toBe(1);
    expect(
      moved('cartwright_payment_provider_seconds_count{operation="authorize",outcome="succeeded"}'),
    ).toBeGreaterThanOrEqual(1);
    expect(after.get('cartwright_orders_needing_attention{reason="capture-failed"}')).toBe(0);
    const groups = moved('cartwright_append_groups_total');
    expect(groups).toBeGreaterThan(3);
    expect(moved('cartwright_append_group_size_sum')).toBeGreaterThanOrEqual(groups);
    expect(moved('cartwright_commit_seconds_count')).toBe(groups);
    expect(moved('cartwright_commit_seconds_sum')).toBeGreaterThan(0);
    expect([...after.keys()].filter((key) => key.startsWith('cartwright_build_info{'))).toHaveLength(1);
    for (const duty of ['sagas', 'projections']) expect(after.get(`cartwright_lease_held{duty="${duty}"}`)).toBe(1);
    for (const model of ['products', 'orders', 'stock']) {
      expect(after.get(`cartwright_projection_lag_seconds{model="${model}"}`)).toBe(0);
      expect(after.get(`cartwright_projection_lag{model="${model}"}`)).toBe(0);
      expect(after.get(`cartwright_projection_parked{model="${model}"}`)).toBe(0);
      expect(after.get(`cartwright_projection_state{model="${model}",state="live"}`)).toBe(1);
    }
    expect([...after.keys()].filter((key) => key.includes(bought))).toEqual([]);
  }, 60_000);

  embeddedOnly('the size of the log in files').it('tell how large the log is, and what its disk has left', async () => {
    const metrics = await metricsOf(shop);
    expect(metrics.get('cartwright_log_bytes')).toBeGreaterThan(10_000);
    expect(metrics.get('cartwright_log_disk_free_bytes')).toBeGreaterThan(0);
  });

  it('show the phase that a checkout under way is in, until it has ended', async () => {
    const authorizing = 'cartwright_saga_instances{saga="checkout",phase="authorizing"}';
    const oldest = authorizing.replace('instances', 'oldest_seconds');
    const orderId = await shop.buy([['S-1', 1]], 'tok_timeout');
    // Both numbers from one answer: by the next one the checkout may have gone on.
    let seen = await metricsOf(shop);
    await until('the checkout waits for its money', async () => {
      seen = await metricsOf(shop);
      return seen.get(authorizing) === 1;
    });
    expect(seen.get(oldest)).toBeLessThan(60);
    await shop.ended(orderId);
    await until('the sagas rest', async () => {
      const metrics = await metricsOf(shop);
      return metrics.get('cartwright_saga_work') === 0 && !metrics.has(authorizing);
    });
  }, 60_000);

  it('count the live answers under way', async () => {
    const open = 'cartwright_open_streams{route="/v1/inventory/live",transport="http"}';
    const listening = new AbortController();
    const url = `${engine.url}/v1/inventory/live?sku=S-1`;
    expect((await fetch(url, { signal: listening.signal })).status).toBe(200);
    expect((await metricsOf(shop)).get(open)).toBe(1);
    listening.abort();
    await until('the stream is closed', async () => (await metricsOf(shop)).get(open) === 0);
    const socket = new WebSocket(url.replace('http', 'ws'));
    await once(socket, 'open');
    const sockets = open.replace('"http"', '"websocket"');
    expect((await metricsOf(shop)).get(sockets)).toBe(1);
    socket.close();
    await until('the socket is gone', async () => (await metricsOf(shop)).get(sockets) === 0);
  }, 60_000);
});
