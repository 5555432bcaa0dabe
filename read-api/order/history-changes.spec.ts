import { pointerNames } from '../../infra/shared/json-pointer.js';
import { itemAdded, ORDER_LIVES, startReadApi, stockReceived, storyOf } from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';

let api: RunningReadApi;
beforeAll(async () => (api = await startReadApi()));
afterAll(() => api.close());

type Container = Record<string, unknown>;
interface Change {
  readonly resource: string;
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}
interface Item {
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly summary: string;
  readonly actorName?: string;
  readonly changes: readonly Change[];
}

const ask = (path: string) => api.client.as('support', path);

/** All of a history, page by page. */
async function historyOf(orderId: string, query = 'limit=4'): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor = '';
  for (;;) {
    const page = await ask(`/v1/orders/${orderId}/history?${query}${cursor}`);
    expect(page.status).toBe(200);
    items.push(...(page.items as unknown as readonly Item[]));
    const { nextCursor } = page.json;
    if (nextCursor === null) return items;
    cursor = `&cursor=${String(nextCursor)}`;
  }
}

/** Applies the changes of one event to a document; those of a list from its end, as places are those before the change. */
function applied(document: unknown, changes: readonly Change[]): unknown {
  let whole = structuredClone(document);
  const [roots, parts] = [changes.filter(({ path }) => path === ''), changes.filter(({ path }) => path !== '')];
  for (const { after } of roots) whole = structuredClone(after);
  for (const { path, after } of parts) {
    if (after === undefined) continue;
    put(whole, path, after);
  }
  for (const { path, after } of parts.toReversed()) if (after === undefined) put(whole, path, undefined);
  return whole;
}

function put(whole: unknown, path: string, after: unknown): void {
  const names = [...(pointerNames(path) ?? [])];
  const last = names.pop() ?? '';
  const parent = names.reduce((at, name) => at[name] as Container, whole as Container);
  if (after !== undefined) parent[last] = structuredClone(after);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
}

const shown = async (path: string): Promise<unknown> => {
  const { version: _version, ...document } = (await ask(path)).json;
  return document;
};

describe('the changes in an order’s history', () => {
  it.each(ORDER_LIVES.map((life, index) => [life.join(', '), life, `changed-${index}`] as const))(
    'fold to the order, its payment, cart and stock: %s',
    async (_, life, orderId) => {
      const sku = `tea-${orderId}`;
      for (const { stream, event } of storyOf(life, orderId, sku)) await api.record(stream, event);
      const items = await historyOf(orderId);
      const documents = new Map<string, unknown>();
      for (const { changes } of items) {
        for (const resource of new Set(changes.map((change) => change.resource))) {
          const own = changes.filter((change) => change.resource === resource);
          documents.set(resource, applied(documents.get(resource), own));
        }
      }
      const revisionIn = (stream: string) => items.findLast((item) => item.stream === stream)?.revision;
      expect(documents.get(`orders/${orderId}`)).toEqual(await shown(`/v1/orders/${orderId}`));
      if (items.some(({ stream }) => stream.startsWith('payment-')))
        expect(documents.get(`payments/p-${orderId}`)).toEqual(await shown(`/v1/payments/p-${orderId}`));
      const cart = `/v1/carts/c-${orderId}?asOf=${revisionIn(`cart-c-${orderId}`)}`;
      expect(documents.get(`carts/c-${orderId}`)).toEqual(await shown(cart));
      const stock = `/v1/inventory/${sku}?asOf=${revisionIn(`inventory-${sku}`)}`;
      expect(documents.get(`inventory/${sku}`)).toEqual(await shown(stock));
    },
  );

  it('are of one event each, and so are those of stock, which others change meanwhile', async () => {
    for (const { stream, event } of storyOf(['placed'], 'shared', 'urn')) await api.record(stream, event);
    await api.record('inventory-urn', stockReceived('urn', 5));
    for (const { stream, event } of storyOf(['paid', 'shipped'], 'shared', 'urn')) await api.record(stream, event);
    const items = await historyOf('shared', 'limit=100');
    const changesOf = (type: string) => items.find((item) => item.type === type)?.changes;
    expect(changesOf('payment.authorized.v1')).toContainEqual({
      resource: 'orders/shared',
      path: '/payment/status',
      before: 'requested',
      after: 'authorized',
    });
    const stock = { resource: 'inventory/urn', path: '/onHand' };
    expect(changesOf('inventory.committed.v1')?.filter(({ path }) => path === '/onHand')).toEqual([
      { ...stock, before: 1, after: 6 },
      { ...stock, before: 6, after: 5 },
    ]);
  });

  it('are told in words with the names of products and of people', async () => {
    for (const { stream, event } of storyOf(['placed', 'paid'], 'worded', 'pot')) await api.record(stream, event);
    const items = await historyOf('worded');
    const summaryOf = (type: string) => items.find((item) => item.type === type)?.summary;
    expect(summaryOf('inventory.reserved.v1')).toMatch(/^Stock reserved: 1 × (?!pot$)/);
    expect(summaryOf('cart.item-added.v1')).toMatch(/ at 1\.00 USD$/);
    expect(items.every(({ actorName }) => actorName === undefined)).toBe(true);
  });

  it('come of one stream alone where only that is asked for', async () => {
    for (const { stream, event } of storyOf(['placed', 'paid'], 'narrowed', 'jar')) await api.record(stream, event);
    const items = await historyOf('narrowed', 'limit=1&stream=payment-p-narrowed');
    expect(items.map(({ type }) => type)).toEqual(['payment.requested.v1', 'payment.authorized.v1']);
    expect(items[1]?.changes).toContainEqual(
      expect.objectContaining({ resource: 'payments/p-narrowed', path: '/authorized/amount', after: 100 }),
    );
    expect(await historyOf('narrowed', 'stream=order-another')).toEqual([]);
  });

  it('are still told where the history is long', async () => {
    const [received, opened, , checkedOut, ...placed] = storyOf(['placed'], 'long', 'mat');
    for (const one of [received, opened]) if (one) await api.append(one.stream, one.event);
    const adding = itemAdded('c-long', 'mat', { quantity: 1, amount: 100 });
    for (let batch = 0; batch < 10; batch += 1)
      await api.append('cart-c-long', ...Array.from({ length: 50 }, () => adding));
    for (const one of [checkedOut, ...placed]) if (one) await api.record(one.stream, one.event);
    const items = await historyOf('long', 'limit=100');
    expect(items).toHaveLength(1 + 500 + placed.length + 1);
    expect(items.at(-1)?.changes.length).toBeGreaterThan(0);
  });
});
