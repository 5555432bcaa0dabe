import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { CartTerms } from '../../domain/cart/index.js';
import { cartLiveModel } from '../../projections/cart/index.js';
import { stockReadModel } from '../../projections/inventory/index.js';
import { ordersReadModel, staffOrderView } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { paymentLiveModel } from '../../projections/payment/index.js';
import { fold, shown } from '../../projections/shared/test-support/index.js';
import { happenedBy } from './as-of.js';
import {
  invalidField,
  ORDER_LIVES,
  orderStory,
  variantCreated,
  refusalOf,
  startReadApi,
  storyOf,
  usd,
} from './test-support/index.js';
import type { RunningReadApi, StoryEvent } from './test-support/index.js';

const noPromotions: CartTerms = { promotions: { inForce: new Map(), isFirstOrder: false }, rounding: 'half-even' };

let api: RunningReadApi;
beforeAll(async () => (api = await startReadApi()));
afterAll(() => api.close());

const read = (path: string) => api.client.as('admin', path);

async function tell(story: readonly StoryEvent[]): Promise<RecordedEvent[]> {
  const recorded: RecordedEvent[] = [];
  for (const { stream, event } of story) recorded.push(...(await api.append(stream, event)));
  return recorded;
}

/** Records so many events at once, in turn: they may then share a time. */
async function tellTogether(story: readonly StoryEvent[], sizes: readonly number[]): Promise<RecordedEvent[]> {
  const recorded: RecordedEvent[] = [];
  for (let from = 0, round = 0; from < story.length; round += 1) {
    const size = sizes[round % sizes.length] ?? 1;
    const appended = story.slice(from, from + size).map(({ stream, event }) => api.append(stream, event));
    recorded.push(...(await Promise.all(appended)).flat());
    from += size;
  }
  return recorded.sort((one, other) => (one.position < other.position ? -1 : 1));
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Several stories at once, each in its own order, as a list of whose turn it is. */
function interleave(stories: readonly (readonly StoryEvent[])[], turns: readonly number[]): StoryEvent[] {
  const left = stories.map((story) => [...story]);
  const merged: StoryEvent[] = [];
  for (const turn of turns) merged.push(...(left[turn % left.length]?.splice(0, 1) ?? []));
  return [...merged, ...left.flat()];
}

/** The resources of a story: where each is read, its own stream, and what its read model makes of events. */
const resourcesOf = (id: string, sku: string) => [
  {
    path: `/v1/orders/${id}`,
    stream: `order-${id}`,
    state: (events: readonly RecordedEvent[]) => {
      const doc = fold(ordersReadModel, events).get(id);
      return doc === undefined ? undefined : staffOrderView(doc as object as OrderDocument);
    },
  },
  {
    path: `/v1/carts/c-${id}`,
    stream: `cart-c-${id}`,
    state: (events: readonly RecordedEvent[]) => shown(cartLiveModel, `c-${id}`, events)?.priced(noPromotions),
  },
  {
    path: `/v1/payments/p-${id}`,
    stream: `payment-p-${id}`,
    state: (events: readonly RecordedEvent[]) => shown(paymentLiveModel, `p-${id}`, events),
  },
  {
    path: `/v1/inventory/${sku}`,
    stream: `inventory-${sku}`,
    state: (events: readonly RecordedEvent[]) => {
      const doc = fold(stockReadModel, events).get(sku);
      return doc === undefined ? undefined : { ...doc, version: undefined };
    },
  },
];

/** A resource, and a moment in its past: by the revision that it had then, or by a time a moment before or after. */
const look = fc.record({
  resource: fc.nat(),
  event: fc.nat(),
  by: fc.constantFrom('revision', 'time', 'a moment before', 'a moment after'),
});
const SHIFT: Readonly<Record<string, number>> = { time: 0, 'a moment before': -1, 'a moment after': 1 };

describe('the past of an order, a cart, a payment and stock', () => {
  it('is what its read model makes of the log up to there, whatever happened and whenever one looks', async () => {
    const lives = fc.array(fc.constantFrom(...ORDER_LIVES), { minLength: 2, maxLength: 3 });
    const turns = fc.array(fc.nat(2), { maxLength: 60 });
    const together = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 10 });
    const looks = fc.array(look, { minLength: 40, maxLength: 40 });
    let simultaneous = 0;
    await fc.assert(
      fc.asyncProperty(lives, turns, together, looks, async (chosen, order, sizes, looked) => {
        const sku = randomUUID().slice(0, 8);
        const orders = chosen.map((life) => ({ life, id: randomUUID() }));
        const stories = orders.map(({ life, id }) => storyOf(life, id, sku));
        const log = await tellTogether(interleave(stories, order), sizes);
        const streamsAt = new Map<string, Set<string>>();
        for (const { at, stream } of log) streamsAt.set(at, (streamsAt.get(at) ?? new Set()).add(stream));
        simultaneous += [...streamsAt.values()].filter(({ size }) => size > 1).length;

        const resources = orders.flatMap(({ id }) => resourcesOf(id, sku));
        for (const { resource, event, by } of looked) {
          const { path, stream, state } = resources[resource % resources.length] ?? fail();
          const { position, at } = log[event % log.length] ?? fail();
          const own = log.findLast((other) => other.stream === stream && other.position <= position);
          if (by === 'revision' && own !== undefined) {
            const { json, headers } = await read(`${path}?asOf=${own.revision}`);
            const next = log.find((other) => other.stream === stream && other.revision === own.revision + 1);
            const shown = log.filter((other) => next === undefined || other.position < next.position);
            expect(json).toEqual(asJson(state(shown)));
            expect(headers.get('etag')).toBe(`"${own.revision}"`);
          } else {
            const time = new Date(Date.parse(at) + (SHIFT[by] ?? 0)).toISOString();
            const then = state(log.filter((other) => other.at <= time));
            const { status, json } = await read(`${path}?asOf=${time}`);
            if (then === undefined) expect(status).toBe(404);
            else expect(json).toEqual(asJson(then));
          }
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
    expect(simultaneous).toBeGreaterThan(0);
  }, 60_000);

  it('of an ETag is the last that was read with it', async () => {
    const [id, sku] = [randomUUID(), randomUUID().slice(0, 8)];
    const story = storyOf(['placed', 'paid', 'shipped', 'delivered', 'refunded'], id, sku);
    const paths = resourcesOf(id, sku).map(({ path }) => path);
    const lastRead = new Map<string, unknown>();
    for (const { stream, event } of story) {
      await api.record(stream, event);
      for (const path of paths) {
        const { status, json, headers } = await read(path);
        if (status === 404) continue;
        const then = `${path}?asOf=${headers.get('etag')}`;
        expect((await read(then)).json).toEqual(json);
        lastRead.set(then, json);
      }
    }
    for (const [then, json] of lastRead) expect((await read(then)).json).toEqual(json);
    const [captured, refunded] = [2, 5].map((etag) => lastRead.get(`/v1/orders/${id}?asOf="${etag}"`));
    expect(captured).toMatchObject({ payment: { captured: usd(100), refunded: usd(0) } });
    expect(refunded).toMatchObject({ payment: { captured: usd(100), refunded: usd(40) } });
  });

  it('of the last revision ends where the log ended when it was asked for', async () => {
    const id = randomUUID();
    const log = await tell(orderStory(id, 'tea'));
    const own = log.filter(({ stream }) => stream === `order-${id}`).slice(0, 3);
    const lastBy = (head: RecordedEvent | undefined) =>
      log.findLast(happenedBy({ revision: 2 }, { own, head: head?.position ?? null }))?.type;
    expect(lastBy(log.find(({ type }) => type === 'payment.captured.v1'))).toBe('payment.captured.v1');
    // Recorded between the question for the end and the reading of the stream.
    expect(lastBy(own[1])).toBe('order.shipment-created.v1');
  });

  it('in the future is the present', async () => {
    const [id, sku] = [randomUUID(), randomUUID().slice(0, 8)];
    const story = orderStory(id, sku);
    for (const { stream, event } of story) await api.record(stream, event);
    for (const { path } of resourcesOf(id, sku)) {
      const { json } = await read(path);
      expect((await read(`${path}?asOf=2999-01-01T00:00:00Z`)).json).toEqual(json);
      expect((await read(`${path}?asOf=9999-12-31T23:59:59-23:00`)).json).toEqual(json);
    }
  });

  it('of a cart, stock or payment is 304 for who has it, and of an order, whose payment goes on, never', async () => {
    const [id, sku] = [randomUUID(), randomUUID().slice(0, 8)];
    await tell(orderStory(id, sku));
    const known = async (path: string) => {
      const bearer = await api.client.bearer('admin');
      const first = await api.client.get(`${path}?asOf=0`, bearer);
      const etag = first.headers.get('etag') ?? 'none';
      return (await api.client.get(`${path}?asOf=0`, { ...bearer, 'if-none-match': etag })).status;
    };
    const paths = [`/v1/carts/c-${id}`, `/v1/inventory/${sku}`, `/v1/payments/p-${id}`, `/v1/orders/${id}`];
    expect(await Promise.all(paths.map(known))).toEqual([304, 304, 304, 200]);
  });

  it('is told by an ETag with its quotes too', async () => {
    const id = randomUUID();
    await tell(orderStory(id, 'tea'));
    const { headers, json } = await read(`/v1/orders/${id}?asOf="1"`);
    expect([json['status'], json['version'], headers.get('etag')]).toEqual(['confirmed', 1, '"1"']);
  });

  it('is 404 before it began, and for what never was', async () => {
    const [id, sku] = [randomUUID(), randomUUID().slice(0, 8)];
    await tell(orderStory(id, sku));
    for (const [path, code] of [
      [`/v1/orders/${id}?asOf=2020-01-01T00:00:00Z`, 'ORDER.NOT_FOUND'],
      ['/v1/orders/nothing?asOf=0', 'ORDER.NOT_FOUND'],
      [`/v1/carts/c-${id}?asOf=2020-01-01T00:00:00Z`, 'CART.NOT_FOUND'],
      ['/v1/carts/nothing?asOf=0', 'CART.NOT_FOUND'],
      [`/v1/payments/p-${id}?asOf=2020-01-01T00:00:00Z`, 'PAYMENT.NOT_FOUND'],
      [`/v1/inventory/${sku}?asOf=2020-01-01T00:00:00Z`, 'PRODUCT.UNKNOWN_SKU'],
      ['/v1/inventory/nothing?asOf=0', 'PRODUCT.UNKNOWN_SKU'],
    ] as const) {
      const reply = await read(path);
      expect(refusalOf(reply)).toEqual({ status: 404, code, paths: [] });
      const saysWhen = / yet: it is there since \d{4}-/.test(String(reply.json['detail']));
      expect([path, saysWhen]).toEqual([path, path.includes('2020') && !path.includes('inventory')]);
    }
  });

  it('is zero for a product that had received nothing yet', async () => {
    const sku = randomUUID().slice(0, 8);
    const [created] = await api.append(`variant-${sku}`, variantCreated(sku));
    const { json } = await read(`/v1/inventory/${sku}?asOf=${created?.at}`);
    expect(json).toEqual({ sku, onHand: 0, reserved: 0, available: 0, locations: [] });
    expect(refusalOf(await read(`/v1/inventory/${sku}?asOf=0`))).toEqual(invalidField('asOf'));
  });

  it('is refused by the name of the parameter where it makes no sense or is no revision', async () => {
    const [id, sku] = [randomUUID(), randomUUID().slice(0, 8)];
    await tell(orderStory(id, sku));
    for (const { path } of resourcesOf(id, sku)) {
      for (const asOf of [
        'once',
        '-1',
        '1.5',
        '',
        '2026-02-30T00:00:00Z',
        '99',
        '2026-11-23',
        '2026-01-01T24:00:00Z',
      ]) {
        expect(refusalOf(await read(`${path}?asOf=${asOf}`))).toEqual(invalidField('asOf'));
      }
    }
  });

  it('of an order that the credential does not open tells nothing', async () => {
    const id = randomUUID();
    await tell(orderStory(id, 'tea'));
    const hidden = { status: 404, code: 'ORDER.NOT_FOUND', paths: [] };
    for (const asOf of ['0', '99', '2999-01-01T00:00:00Z']) {
      expect(refusalOf(await api.client.as('customer', `/v1/orders/${id}?asOf=${asOf}`))).toEqual(hidden);
      expect(refusalOf(await api.client.as('analyst', `/v1/orders/${id}?asOf=${asOf}`))).toEqual(hidden);
    }
    expect((await api.client.get(`/v1/orders/${id}?asOf=0`)).status).toBe(401);
    const opened = await api.client.get(`/v1/orders/${id}?asOf=0&accessToken=${api.client.accessToken(id)}`);
    expect([opened.status, opened.json['status']]).toEqual([200, 'pending']);
  });
});

function fail(): never {
  throw new Error('the log is empty');
}
