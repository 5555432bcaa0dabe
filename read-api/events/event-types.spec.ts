import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject } from '../../domain/shared/index.js';
import { goldenEvents } from '../../infra/event-store/upcasting/test-support/golden-files.js';
import { personsNulled, secretsNulled } from '../shared/index.js';
import { cartOpened, orderStory, refusalOf, startReadApi } from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';
import { EventTypeCounts } from './event-type-counts.js';
import { eventTypeOf } from './event-type-documents.js';

let api: RunningReadApi;
const story = orderStory('1', 'tea');
beforeAll(async () => {
  api = await startReadApi();
  for (const { stream, event } of story) await api.append(stream, event);
});
afterAll(() => api.close());

const PATH = '/v1/events/types';
const rowsOf = (path = PATH) => api.client.all('analyst', path);
const typesIn = (rows: readonly Record<string, unknown>[]) => rows.map(({ type }) => String(type));
const typed = async (type: string) => (await api.client.as('analyst', `${PATH}/${type}`)).json;

describe('the types of events', () => {
  it('are those that the log has, by name, with their count and the times of the first and the last', async () => {
    const expected = async () => {
      const counted = new Map<string, { type: string; count: number; first: string; last: string }>();
      for await (const { type, at } of api.events.readAll()) {
        const known = counted.get(type);
        counted.set(type, { type, count: (known?.count ?? 0) + 1, first: known?.first ?? at, last: at });
      }
      return [...counted.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
    };
    expect(await rowsOf()).toEqual(await expected());
    await api.append('cart-more', cartOpened('more'), cartOpened('more'));
    await api.append('saga-checkout-1', { type: 'saga.checkout.stepped.v1', data: {} });
    await api.append('other-1', { type: 'other.unheard-of.v3', data: {} });
    const rows = await rowsOf();
    expect(rows).toEqual(await expected());
    expect(typesIn(rows)).toEqual(expect.arrayContaining(['saga.checkout.stepped.v1', 'other.unheard-of.v3']));
  });

  it('are listed page by page, each once', async () => {
    const all = await rowsOf(`${PATH}?limit=100`);
    for (const limit of [1, 2, 5, all.length, all.length - 1])
      expect(await rowsOf(`${PATH}?limit=${limit}`)).toEqual(all);
    expect(refusalOf(await api.client.as('analyst', `${PATH}?cursor=rubbish`))).toMatchObject({ status: 400 });
    expect(refusalOf(await api.client.as('analyst', `${PATH}?category=cart`))).toMatchObject({ status: 400 });
  });

  it('are for analysts and admin', async () => {
    for (const path of [PATH, `${PATH}/cart.opened.v1`]) {
      expect((await api.client.get(path)).status).toBe(401);
      expect((await api.client.as('customer', path)).status).toBe(403);
      expect((await api.client.as('support', path)).status).toBe(403);
      expect((await api.client.as('admin', path)).status).toBe(200);
    }
  });

  it('are none in an empty log', async () => {
    const empty = await startReadApi();
    const { json } = await empty.client.as('analyst', PATH);
    await empty.close();
    expect(json).toEqual({ items: [], nextCursor: null });
  });

  it('that nobody knows are 404', async () => {
    for (const type of ['cart.unheard-of.v1', 'constructor', 'cart', 'cart.opened.v2'])
      expect(refusalOf(await api.client.as('analyst', `${PATH}/${type}`))).toMatchObject({
        status: 404,
        code: 'EVENT_TYPE.NOT_FOUND',
      });
  });
});

describe('the counts of types', () => {
  it('are counted once for all who ask at the same time, and then only what is new', async () => {
    const ranges: unknown[] = [];
    const counts = new EventTypeCounts({
      countTypes: (range) => {
        ranges.push(range);
        return api.events.countTypes(range);
      },
    });
    const first = await api.events.head();
    const [one, other] = await Promise.all([counts.upTo(first), counts.upTo(first)]);
    expect(one).toEqual(other);
    expect(await counts.upTo(first)).toEqual(one);
    await api.append('cart-late', cartOpened('late'));
    const second = await api.events.head();
    const opened = (rows: typeof one) => rows.find(({ type }) => type === 'cart.opened.v1')?.count ?? 0;
    expect(opened(await counts.upTo(second))).toBe(opened(one) + 1);
    expect(ranges).toEqual([
      { after: null, upTo: first },
      { after: first, upTo: second },
    ]);
  });

  it('go on where the store failed', async () => {
    let isAway = true;
    const counts = new EventTypeCounts({
      countTypes: (range) => (isAway ? Promise.reject(new Error('away')) : api.events.countTypes(range)),
    });
    const head = await api.events.head();
    await expect(counts.upTo(head)).rejects.toThrow('away');
    isAway = false;
    expect(await counts.upTo(head)).toHaveLength((await rowsOf()).length);
  });
});

describe('what is known of a type', () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  const problemsOf = async (type: string, ...values: readonly JsonObject[]) => {
    const validate = ajv.compile((await typed(type))['schema'] as JsonObject);
    return values.map((value) => (validate(value) ? null : ajv.errorsText(validate.errors)));
  };

  it.each(goldenEvents())(
    'holds the golden $type to its schema, as every reader is shown it',
    async ({ type, data }) => {
      const text = JSON.stringify(data);
      const shown = [personsNulled, secretsNulled].map((hide) => JSON.parse(hide({ type, text })) as JsonObject);
      expect(await problemsOf(type, data, ...shown)).toEqual([null, null, null]);
      expect(await problemsOf(type, { ...data, unheardOf: 1 })).not.toEqual([null]);
      const { example, upcast } = await typed(type);
      expect([example, upcast]).toEqual([data, null]);
    },
  );

  it.each(goldenEvents())('names in $type what an analyst is not shown, and no more', async ({ type, data }) => {
    const nulled = JSON.parse(personsNulled({ type, text: JSON.stringify(data) })) as JsonObject;
    const { personal } = await typed(type);
    for (const pointer of personal as readonly string[])
      expect([pointer, at(nulled, pointer) ?? null]).toEqual([pointer, null]);
    const all = (personal as readonly string[]).reduce<JsonObject>((whole, pointer) => without(whole, pointer), data);
    expect(all).toEqual(nulled);
  });

  it('is who records it and who takes it', async () => {
    const { producers, consumers, personal } = await typed('cart.checked-out.v1');
    expect(producers).toEqual(['domain/cart']);
    expect(consumers).toEqual(expect.arrayContaining(['sagas/checkout', 'projections/promotion']));
    expect(personal).toEqual(expect.arrayContaining(['/personal', '/reference']));
  });

  it('is there of the steps of a saga', async () => {
    const type = 'saga.checkout.stepped.v1';
    const { example, producers, consumers, personal } = await typed(type);
    expect([producers, consumers, personal]).toEqual([['sagas/checkout'], ['sagas/checkout'], []]);
    expect(await problemsOf(type, example as JsonObject)).toEqual([null]);
    expect(await problemsOf(type, { ...(example as JsonObject), unheardOf: 1 })).not.toEqual([null]);
  });

  it('takes null in each of the shapes that have what is hidden', () => {
    const shapes = ['one', 'other'].map((kind) => ({
      type: 'object',
      properties: { kind: { const: kind }, ...(kind === 'one' && { paymentToken: { type: 'string' } }) },
    }));
    const schema = { type: 'object', properties: { personal: { anyOf: shapes } } };
    const documents = { 'cart.checked-out.v1': { schema, example: {}, producers: [], consumers: [] } };
    const found = eventTypeOf('cart.checked-out.v1', documents);
    const validate = new Ajv2020().compile(found?.schema ?? {});
    const taken = [
      { personal: null },
      { personal: { kind: 'one', paymentToken: null } },
      { personal: { kind: 'one' } },
    ];
    expect(taken.map((value) => validate(value))).toEqual([true, true, true]);
    expect(validate({ personal: { kind: 'third' } })).toBe(false);
  });
});

/** The value at a JSON Pointer. */
const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((whole, name) => (whole as Record<string, unknown> | null)?.[name], value);

/** The value with null at a JSON Pointer, where it has something there. */
function without(whole: JsonObject, pointer: string): JsonObject {
  const [, name = '', ...rest] = pointer.split('/');
  const member = whole[name];
  if (member === undefined || member === null) return whole;
  return { ...whole, [name]: rest.length === 0 ? null : without(member as JsonObject, `/${rest.join('/')}`) };
}
