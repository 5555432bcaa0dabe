import type { Explanation } from '../../../read-api/explain/explanation.js';
import type { HistoryEntry } from '../../../read-api/order/history-entry.js';
import type { OrderCausation } from '../../../read-api/order/order-causation.js';
import { eventually, expectStatus, Shop, useEngines, type EngineProcess } from '../test-support/index.js';

type Graph = OrderCausation;

/** Nodes that nothing leads to any more once those before them are taken away: all, where no edge leads round. */
function sorted({ nodes, edges }: Graph): string[] {
  const left = new Map(nodes.map(({ id }) => [id, edges.filter(({ to }) => to === id).length]));
  const taken: string[] = [];
  for (;;) {
    const next = [...left].find(([, count]) => count === 0)?.[0];
    if (next === undefined) return taken;
    left.delete(next);
    taken.push(next);
    for (const { from, to } of edges) if (from === next) left.set(to, (left.get(to) ?? 0) - 1);
  }
}

function reachedFromRoots({ nodes, edges }: Graph): ReadonlySet<string> {
  const roots = nodes.filter(({ id, kind }) => kind === 'command' && !edges.some(({ to }) => to === id));
  const reached = new Set<string>();
  const left = roots.map(({ id }) => id);
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    left.push(...edges.filter(({ from }) => from === id).map(({ to }) => to));
  }
  return reached;
}

describe('what led to what in an order', () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  let shop: Shop;
  beforeAll(async () => {
    engine = await engines.start({ env: { SANDBOX_DELAY_MS: '500' } });
    shop = new Shop(engine);
    await shop.product({ sku: 'S-1', price: 250, stock: 100 });
    await shop.product({ sku: 'S-2', price: 100, stock: 1 });
  }, 60_000);

  const historyOf = (orderId: string) =>
    shop.read<{ items: readonly HistoryEntry[] }>(`/v1/orders/${orderId}/history?limit=100`, 'support');

  /** The graph once the history has an event of this type; both are whole. */
  const graphWith = async (orderId: string, type: string): Promise<Graph> => {
    const items = await eventually(`${type} in the history`, async () => {
      const history = await historyOf(orderId);
      return history.items.some((item) => item.type === type) ? history.items : undefined;
    });
    const graph = await shop.read<Graph>(`/v1/orders/${orderId}/causation`, 'support');
    const ids = graph.nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(sorted(graph)).toHaveLength(ids.length);
    expect(reachedFromRoots(graph).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(items.map(({ eventId }) => eventId)));
    return graph;
  };

  const callsIn = ({ nodes }: Graph) => nodes.flatMap(({ call }) => (call === undefined ? [] : [call]));

  it('leads from the shopper’s request to the refund, through processes and the provider', async () => {
    const orderId = await shop.buy([['S-1', 2]]);
    await shop.ended(orderId);
    expectStatus(await shop.http.call('POST', `/v1/orders/${orderId}/shipments`, { body: {}, as: 'admin' }), 201);
    await graphWith(orderId, 'payment.captured.v1');
    const body = { amount: { amount: 50, currency: 'USD' }, reason: 'bruised' };
    expectStatus(await shop.http.call('POST', `/v1/orders/${orderId}/refunds`, { body, as: 'support' }), 202);
    const graph = await graphWith(orderId, 'payment.refunded.v1');
    const calls = callsIn(graph);
    expect(calls.map(({ operation, answer }) => `${operation} ${answer}`).sort()).toEqual([
      'authorize authorized',
      'capture captured',
      'refund refunded',
    ]);
    for (const call of calls) {
      expect(call).toMatchObject({ provider: 'sandbox', idempotencyKey: expect.any(String) });
      expect(call.durationMs).toBeGreaterThanOrEqual(0);
    }
    expect(new Set(graph.nodes.map(({ kind }) => kind))).toEqual(
      new Set(['command', 'event', 'saga-step', 'provider-call']),
    );
    const asked = graph.nodes.find(({ title }) => title.startsWith('Request: Refund'));
    expect(asked).toMatchObject({ kind: 'command', actor: 'support:support-of-the-specs' });
  }, 60_000);

  it('tells of refusals, and of a provider that answers by a notice alone', async () => {
    const short = await graphWith(await shop.buy([['S-2', 2]]), 'order.rejected.v1');
    expect(callsIn(short)).toEqual([]);
    const declined = await graphWith(await shop.buy([['S-1', 1]], 'tok_declined'), 'order.rejected.v1');
    expect(callsIn(declined)).toMatchObject([{ operation: 'authorize', answer: 'declined: PAYMENT.DECLINED' }]);
    const notified = await graphWith(await shop.buy([['S-1', 1]], 'tok_timeout_declined'), 'order.rejected.v1');
    expect(callsIn(notified)).toMatchObject([{ operation: 'authorize', answer: 'no answer', durationMs: null }]);
  }, 60_000);

  it('is for staff alone', async () => {
    const orderId = await shop.buy([['S-1', 1]]);
    expect((await shop.http.call('GET', `/v1/orders/${orderId}/causation`, { as: 'analyst' })).status).toBe(403);
    expect((await shop.http.call('GET', '/v1/orders/nobody/causation', { as: 'support' })).status).toBe(404);
  }, 60_000);

  it('stands beside explanations that add up, of every number of a real order', async () => {
    const orderId = await shop.buy([['S-1', 3]]);
    await shop.ended(orderId);
    const order = await shop.read<object>(`/v1/orders/${orderId}`, 'support');
    const walk = async (value: unknown, pointer: string): Promise<void> => {
      if (typeof value !== 'object' || value === null) {
        if (typeof value !== 'number' && value !== null && !/At$|\/status$/.test(pointer)) return;
        const query = new URLSearchParams({ resource: `orders/${orderId}`, field: pointer });
        const explanation = await shop.read<Explanation>(`/v1/explain?${String(query)}`, 'support');
        expect(explanation.value).toEqual(value);
        const sum = explanation.parts.reduce((total, part) => total + Number(part.value), 0);
        if (typeof value === 'number') expect([pointer, sum]).toEqual([pointer, value]);
        return;
      }
      for (const [name, member] of Object.entries(value)) await walk(member, `${pointer}/${name}`);
    };
    await walk(order, '');
  }, 60_000);
});
