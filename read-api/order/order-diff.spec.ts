import { ORDER_LIVES, startReadApi, storyOf, type RunningReadApi } from '../shared/test-support/index.js';

let api: RunningReadApi;
beforeAll(async () => (api = await startReadApi()));
afterAll(() => api.close());

const ask = (path: string, as: 'support' | 'analyst' = 'support') => api.client.as(as, path);

interface Change {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly by: string;
}

type Container = Record<string, unknown>;

/** Applies changes to an answer, those of a list from its end, as places are those before the change. */
function applied(answer: Container, changes: readonly Change[]): Container {
  const copy = structuredClone(answer);
  for (const { path, after } of changes.toReversed()) {
    const names = path
      .slice(1)
      .split('/')
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = names.pop() ?? '';
    const parent = names.reduce<Container>((at, name) => at[name] as Container, copy);
    if (after !== undefined) parent[last] = after;
    else if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }
  return copy;
}

describe('the difference of an order at two moments', () => {
  it.each(ORDER_LIVES.map((life, index) => [life.join(', '), life, `diffed-${index}`] as const))(
    'makes the later answer of the earlier one: %s',
    async (_, life, orderId) => {
      for (const { stream, event } of storyOf(life, orderId, `tea-${orderId}`)) await api.record(stream, event);
      const path = `/v1/orders/${orderId}`;
      const last = Number((await ask(path)).json['version']);
      const { items } = await ask(`${path}/history?limit=100`);
      const known = new Set(items.map(({ eventId }) => eventId));
      const answers: Container[] = [];
      for (let revision = 0; revision <= last; revision += 1) {
        const { version, ...answer } = (await ask(`${path}?asOf=${revision}`)).json;
        expect(version).toBe(revision);
        answers.push(answer);
      }
      for (let from = 0; from <= last; from += 1) {
        for (let to = from; to <= last; to += 1) {
          const { status, json } = await ask(`${path}/diff?from=${from}&to=${to}`);
          expect(status).toBe(200);
          const changes = json['changes'] as readonly Change[];
          expect(applied(answers[from] ?? {}, changes)).toEqual(answers[to]);
          expect(changes.every(({ by }) => known.has(by))).toBe(true);
        }
      }
    },
  );

  it('names what it was, what it is and the last event that changed it; nothing between the same moments', async () => {
    for (const { stream, event } of storyOf(['placed', 'paid'], 'named', 'pot')) await api.record(stream, event);
    const { items } = await ask('/v1/orders/named/history?limit=100');
    const eventOf = (type: string) => items.find((item) => item['type'] === type)?.['eventId'];
    const { json } = await ask('/v1/orders/named/diff?from=0');
    const changes = json['changes'] as readonly Change[];
    expect(changes).toContainEqual({
      path: '/status',
      before: 'pending',
      after: 'confirmed',
      by: eventOf('order.confirmed.v1'),
    });
    const now = String(items.at(-1)?.['at']);
    expect((await ask(`/v1/orders/named/diff?from=${now}&to=${now}`)).json).toEqual({ changes: [] });
    expect((await ask('/v1/orders/named/diff?from=1')).json).toEqual({ changes: [] });
  });

  it('names of what is new the event that changed the last of it', async () => {
    for (const { stream, event } of storyOf(['placed', 'paid', 'shipped', 'delivered'], 'sent', 'urn'))
      await api.record(stream, event);
    const { items } = await ask('/v1/orders/sent/history?limit=100');
    const { json } = await ask('/v1/orders/sent/diff?from=0');
    const shipment = (json['changes'] as readonly Change[]).find(({ path }) => path === '/shipments/0');
    expect(shipment?.before).toBeUndefined();
    expect(shipment?.after).toMatchObject({ status: 'delivered', trackingNumber: '1' });
    expect(items.find(({ eventId }) => eventId === shipment?.by)?.['type']).toBe('order.shipment-delivered.v1');
  });

  it('is of moments of the order, in their order, and for staff', async () => {
    for (const { stream, event } of storyOf(['placed', 'paid'], 'asked', 'jug')) await api.record(stream, event);
    const path = '/v1/orders/asked/diff';
    const problemOf = async (query: string) => {
      const { status, json } = await ask(`${path}${query}`);
      return [status, JSON.stringify(json['errors'] ?? json['detail'])];
    };
    expect(await problemOf('')).toEqual([400, expect.stringContaining('from')]);
    expect(await problemOf('?from=7')).toEqual([400, expect.stringContaining('"from"')]);
    expect(await problemOf('?from=0&to=7')).toEqual([400, expect.stringContaining('"to"')]);
    expect(await problemOf('?from=1&to=0')).toEqual([400, expect.stringContaining('must not be after')]);
    expect(await problemOf('?from=yesterday')).toEqual([400, expect.stringContaining('"from"')]);
    expect(await problemOf('?from=1999-01-01T00:00:00Z')).toEqual([
      404,
      expect.stringContaining('There was no such order'),
    ]);
    expect((await ask('/v1/orders/nobody/diff?from=0')).status).toBe(404);
    expect((await ask(`${path}?from=0`, 'analyst')).status).toBe(403);
  });
});
