import { randomUUID } from 'node:crypto';
import { PROMOTION_REGISTER, promotionRegisterDecider } from '../../domain/promotion/index.js';
import type { PromotionRegisterEvent, PromotionRegisterState } from '../../domain/promotion/index.js';
import { asEvent } from '../../infra/event-store/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { withSingleAppends } from '../../infra/event-store/test-support/index.js';
import { Client, expectProblem, expectStatus, usd } from '../test-support/client.js';
import type { Answer, CallOptions } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';
import { WriteSideApp } from '../test-support/write-side-app.js';

const PATH = '/v1/promotions';
const tenth = { name: 'A tenth', then: [{ type: 'percent-off', percent: '10', of: 'order' }] };
const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

let harness: Harness;
let client: Client;

const create = async (promotion: object = {}): Promise<string> =>
  String(expectStatus(await client.post(PATH, { ...tenth, ...promotion }, { as: 'admin' }), 201).json['promotionId']);
const patch = (id: string, changes: unknown, options: CallOptions = {}): Promise<Answer> =>
  client.call('PATCH', `${PATH}/${id}`, { as: 'admin', ...options, body: changes });
const set = (id: string, status: 'activation' | 'pause' | 'end', options: CallOptions = {}): Promise<Answer> =>
  client.call('POST', `${PATH}/${id}/${status}`, { as: 'admin', ...options });
const statusOf = (answer: Answer): unknown => expectStatus(answer, 200).json['status'];

async function eventsOf(stream: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of harness.store.read(stream)) events.push(event);
  return events;
}

async function register(): Promise<PromotionRegisterState> {
  const events = await eventsOf(`promotionregister-${PROMOTION_REGISTER}`);
  return events
    .map((event) => asEvent<PromotionRegisterEvent>(event))
    .reduce(promotionRegisterDecider.evolve, promotionRegisterDecider.initialState());
}

describe.each([
  ['a store that appends to several streams at once', true],
  ['a store that appends to one stream at a time', false],
])('promotions on %s', (_store, joint) => {
  beforeAll(async () => {
    harness = await startHarness({}, joint ? undefined : withSingleAppends);
    client = harness.client;
  });
  afterAll(() => harness.stop());

  it('are created as drafts, which nobody gets', async () => {
    const answer = expectStatus(await client.post(PATH, tenth, { as: 'admin' }), 201);
    const { promotionId, ...promotion } = answer.json;
    expect(promotion).toEqual({
      ...tenth,
      priority: 0,
      combines: 'all',
      trigger: 'automatic',
      when: [],
      limits: {},
      status: 'draft',
      version: 0,
    });
    expect(answer.headers.get('location')).toBe(`${PATH}/${String(promotionId)}`);
    expect(answer.headers.get('etag')).toBe('"0"');
    expect((await register()).inForce.has(String(promotionId))).toBe(false);
  });

  it('are in the register while they are active, as they are', async () => {
    const id = await create({ limits: { uses: 5 } });
    expect(statusOf(await set(id, 'activation'))).toBe('active');
    expect((await register()).inForce.get(id)).toMatchObject({ terms: { name: 'A tenth' }, limits: { uses: 5 } });
    expect(expectStatus(await patch(id, { name: 'More', limits: null }), 200).json).toMatchObject({
      name: 'More',
      limits: {},
    });
    const changed = (await register()).inForce.get(id);
    expect([changed?.terms.name, changed?.limits]).toEqual(['More', undefined]);
    expect(statusOf(await set(id, 'pause'))).toBe('paused');
    expect((await register()).inForce.has(id)).toBe(false);
    expect(statusOf(await set(id, 'activation'))).toBe('active');
    expect((await register()).inForce.has(id)).toBe(true);
    expect(statusOf(await set(id, 'end'))).toBe('ended');
    expect((await register()).inForce.has(id)).toBe(false);
  });

  it('wait for the beginning of their window, and end where its end has passed', async () => {
    const id = await create({ from: inDays(1) });
    expect(statusOf(await set(id, 'activation'))).toBe('active');
    expect((await register()).inForce.has(id)).toBe(false);
    expectStatus(await patch(id, { from: inDays(-1) }), 200);
    expect((await register()).inForce.has(id)).toBe(true);
    expectStatus(await patch(id, { from: inDays(1) }), 200);
    expect((await register()).inForce.has(id)).toBe(false);
    expect(statusOf(await patch(id, { from: inDays(-2), to: inDays(-1) }))).toBe('ended');
    const over = await create({ to: inDays(-1) });
    expect(statusOf(await set(over, 'activation'))).toBe('ended');
    expect((await register()).inForce.has(over)).toBe(false);
  });

  it('are refused with all of their problems at once, each by its path', async () => {
    const json = { name: '', then: [{ type: 'amount-off', amounts: [usd(-1), usd(1)], of: 'order' }], until: 'ever' };
    const paths = ['until', 'name', 'then[0].amounts[0].amount', 'then[0].amounts[1].currency'];
    const answers = [await client.post(PATH, json, { as: 'admin' }), await patch(await create(), json)];
    for (const answer of answers) {
      expectProblem(answer, 422, 'PROMOTION.INVALID');
      expect((answer.json['errors'] as { path: string }[]).map(({ path }) => path)).toEqual(paths);
    }
    expectProblem(await client.post(PATH, undefined, { as: 'admin' }), 422, 'PROMOTION.INVALID');
  });

  it('that have ended, or are not there, or are drafts are not what one may ask for', async () => {
    const id = await create();
    expectProblem(await set(id, 'pause'), 409, 'PROMOTION.NOT_ACTIVE');
    expectStatus(await set(id, 'end'), 200);
    expectProblem(await set(id, 'activation'), 409, 'PROMOTION.ENDED');
    expectProblem(await patch(id, { priority: 1 }), 409, 'PROMOTION.ENDED');
    for (const answer of [await patch('none', {}), await set('none', 'activation'), await set('none', 'end')])
      expectProblem(answer, 404, 'PROMOTION.NOT_FOUND');
    expectProblem(await set('none', 'end', { headers: { 'if-match': '"0"' } }), 404, 'PROMOTION.NOT_FOUND');
    expectProblem(await set(id, 'end', { body: { why: 'x' } }), 400, 'REQUEST.INVALID');
  });

  it('are of an admin alone, at the version that is asked for', async () => {
    for (const as of ['support', 'analyst', 'customer'] as const)
      expectProblem(await client.post(PATH, tenth, { as }), 403, 'AUTH.FORBIDDEN');
    expectProblem(await client.post(PATH, tenth), 401, 'AUTH.REQUIRED');
    const id = await create();
    const stale = { headers: { 'if-match': '"3"' } };
    expectProblem(await set(id, 'activation', stale), 412, 'REQUEST.PRECONDITION_FAILED');
    expect((await register()).inForce.has(id)).toBe(false);
    expect(statusOf(await set(id, 'activation', { headers: { 'if-match': '"0"' } }))).toBe('active');
  });

  it('are changed once by a request that is sent again', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const once = expectStatus(await client.post(PATH, tenth, { as: 'admin', headers }), 201);
    const again = expectStatus(await client.post(PATH, tenth, { as: 'admin', headers }), 201);
    expect(again.json).toEqual(once.json);
    const id = String(once.json['promotionId']);
    expect(statusOf(await set(id, 'activation', { headers }))).toBe('active');
    await harness.restart();
    const repeated = expectStatus(await set(id, 'activation', { headers }), 200);
    expect([repeated.json['status'], repeated.headers.get('etag')]).toEqual(['active', '"2"']);
    expect((await eventsOf(`promotion-${id}`)).map(({ type }) => type)).toEqual([
      'promotion.created.v1',
      'promotion.activated.v1',
      'promotion.begun.v1',
    ]);
  });

  it('are told of to the register whatever is changed at once, by several processes', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => create()));
    const app = await WriteSideApp.start(joint ? harness.store : withSingleAppends(harness.store));
    const other = new Client(app);
    const before = (await eventsOf(`promotionregister-${PROMOTION_REGISTER}`)).length;
    const activations = ids.map(async (id, index) => {
      const who = index % 2 === 0 ? client : other;
      expectStatus(await who.call('POST', `${PATH}/${id}/activation`, { as: 'admin' }), 200);
      expectStatus(await who.call('PATCH', `${PATH}/${id}`, { as: 'admin', body: { priority: index + 1 } }), 200);
    });
    await Promise.all(activations);
    const { inForce } = await register();
    expect(ids.map((id) => inForce.get(id)?.terms.priority)).toEqual(ids.map((_, index) => index + 1));
    expect((await eventsOf(`promotionregister-${PROMOTION_REGISTER}`)).length - before).toBe(2 * ids.length);
    await Promise.all(ids.map((id) => set(id, 'end')));
    expect([...(await register()).inForce.keys()].filter((id) => ids.includes(id))).toEqual([]);
    await app.stop();
  });

  it('keep to the register in which order two changes of one are carried out', async () => {
    const id = await create();
    const commands = Array.from({ length: 20 }, (_, index) =>
      index % 4 === 3 ? set(id, 'pause') : index % 4 === 1 ? patch(id, { priority: index }) : set(id, 'activation'),
    );
    await Promise.all(commands);
    const answer = expectStatus(await patch(id, {}), 200).json;
    const found = (await register()).inForce.get(id);
    expect(found?.terms.priority).toBe(answer['status'] === 'active' ? answer['priority'] : undefined);
  });
});

it('a promotion and what the register is told of it are recorded in one append where the store can', async () => {
  harness = await startHarness();
  client = harness.client;
  const id = await create();
  const before = await harness.store.head();
  expectStatus(await set(id, 'activation'), 200);
  const [, activated] = await eventsOf(`promotion-${id}`);
  const [entered] = await eventsOf(`promotionregister-${PROMOTION_REGISTER}`);
  expect(entered?.at).toBe(activated?.at);
  expect(entered?.metadata).toMatchObject({
    correlationId: activated?.metadata.correlationId,
    actor: activated?.metadata.actor,
  });
  const types: string[] = [];
  for await (const { type } of harness.store.readAll({ from: before })) types.push(type);
  expect(types).toEqual(['promotion.activated.v1', 'promotion.begun.v1', 'promotion-register.entered.v1']);
  await harness.stop();
});
