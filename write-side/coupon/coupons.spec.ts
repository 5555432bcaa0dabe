import { randomUUID } from 'node:crypto';
import type { CodesIssued, CouponEvent } from '../../domain/coupon/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { StoreUnavailableError } from '../../infra/shared/store-errors.js';
import { expectProblem, expectStatus } from '../test-support/client.js';
import type { Answer, Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

/** Appends to buckets that still go well; the process dies with the one after. */
let appendsLeft = Infinity;
const dying = (store: EventStore): EventStore =>
  new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (name !== 'append') return typeof member === 'function' ? member.bind(target) : member;
      return (...[stream, ...rest]: Parameters<EventStore['append']>) => {
        if (stream.startsWith('coupon-') && appendsLeft-- <= 0) throw new StoreUnavailableError('the process died');
        return target.append(stream, ...rest);
      };
    },
  });

let harness: Harness;
let client: Client;
beforeAll(async () => {
  harness = await startHarness({}, dying);
  client = harness.client;
});
afterAll(() => harness.stop());
afterEach(() => {
  appendsLeft = Infinity;
});

const metadata = () => ({ commandId: randomUUID(), correlationId: 'spec', causationId: null, actor: 'spec' });

async function promotion(trigger = 'coupon', ...more: readonly string[]): Promise<string> {
  const promotionId = randomUUID();
  const then = [{ type: 'percent-off', percent: '10', of: 'order' }];
  const data = { promotionId, name: 'Summer', priority: 0, combines: 'all', trigger, when: [], then };
  const events = [{ type: 'promotion.created.v1', data, metadata: metadata() }];
  for (const type of more) events.push({ type, data: { ...data, promotionId }, metadata: metadata() });
  await harness.store.append(`promotion-${promotionId}`, events, 'no-stream');
  return promotionId;
}

const create = (promotionId: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  client.post(`/v1/promotions/${promotionId}/coupons`, body, { as: 'admin', headers });
const deactivate = (code: string) => client.call('POST', `/v1/coupons/${code}/deactivation`, { as: 'admin' });
const keyed = (key: string = randomUUID()) => ({ 'idempotency-key': key });
const anyCode = () => `CODE-${randomUUID()}`.toUpperCase();

/** The codes that a promotion has by now, with their buckets. */
async function codesOf(promotionId: string): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>();
  for await (const { type, data } of harness.store.readAll({ from: null })) {
    const event = { type, data } as unknown as CouponEvent;
    if (event.type === 'coupon.codes-withdrawn.v1') for (const id of event.data.ids) codes.delete(id);
    if (event.type !== 'coupon.codes-issued.v1' || event.data.promotionId !== promotionId) continue;
    for (const [place, id] of event.data.ids.entries()) {
      expect(codes.has(id)).toBe(false);
      codes.set(id, event.data.codes?.[place] ?? '');
    }
  }
  return codes;
}
const sortedCodes = async (promotionId: string) => [...(await codesOf(promotionId)).values()].sort();
const headOf = () => harness.store.head();

describe('coupons with codes of their own', () => {
  it('are created all at once, each in its bucket, sealed for their promotion', async () => {
    const promotionId = await promotion();
    const codes = [anyCode(), anyCode(), anyCode()];
    const body = { codes: codes.map((code) => code.toLowerCase()), uses: 5, usesPerCustomer: 1 };
    const answer = expectStatus(await create(promotionId, body), 201);
    expect(answer.json).toEqual({ created: 3 });
    expect(await sortedCodes(promotionId)).toEqual(codes.sort());
    const issued: CodesIssued['data'][] = [];
    for await (const { type, stream, data } of harness.store.readAll({ from: null })) {
      if (type !== 'coupon.codes-issued.v1' || data['promotionId'] !== promotionId) continue;
      expect(stream).toBe(`coupon-${String(data['bucket'])}`);
      issued.push(data as unknown as CodesIssued['data']);
    }
    expect(new Set(issued.map(({ holderId }) => holderId)).size).toBe(1);
    expect(issued[0]).toMatchObject({ uses: 5, usesPerCustomer: 1 });
  });

  it('are none of them created where one is taken, which is named', async () => {
    const [first, second] = [await promotion(), await promotion()];
    const taken = [anyCode(), anyCode()];
    expectStatus(await create(first, { codes: taken }), 201);
    const head = await headOf();
    const codes = [anyCode(), ...taken.map((code) => code.toLowerCase()), anyCode()];
    const answer = expectProblem(await create(second, { codes }), 409, 'COUPON.CODE_TAKEN');
    expect(answer.json['codes']).toEqual(taken.toSorted());
    expectProblem(await create(first, { codes: [taken[0]] }), 409, 'COUPON.CODE_TAKEN');
    expect(await headOf()).toEqual(head);
  });

  it('are refused with all that is wrong with them', async () => {
    const answer = await create(await promotion(), { codes: ['SAVE10', 'no', 'save10'], uses: 0 });
    expectProblem(answer, 422, 'COUPON.INVALID');
    const errors = answer.json['errors'] as readonly { readonly path: string }[];
    expect(errors.map(({ path }) => path)).toEqual(['uses', 'codes[1]', 'codes[2]']);
  });

  it('go to one of two requests for the same codes at once, and to no request in part', async () => {
    for (let round = 0; round < 5; round += 1) {
      const promotions = [await promotion(), await promotion()];
      const codes = Array.from({ length: 20 }, anyCode);
      const answers = await Promise.all(promotions.map((id) => create(id, { codes })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      for (const [place, { status }] of answers.entries())
        expect(await sortedCodes(promotions[place] ?? '')).toEqual(status === 201 ? codes.toSorted() : []);
    }
  });

  it('that overlap with those of another request at once are created for both, one or none as a whole', async () => {
    for (let round = 0; round < 5; round += 1) {
      const common = anyCode();
      const requests = Array.from({ length: 3 }, () => [common, ...Array.from({ length: 20 }, anyCode)]);
      const promotions = await Promise.all(requests.map(() => promotion()));
      const answers = await Promise.all(requests.map((codes, place) => create(promotions[place] ?? '', { codes })));
      for (const [place, { status }] of answers.entries())
        expect(await sortedCodes(promotions[place] ?? '')).toEqual(status === 201 ? requests[place]?.toSorted() : []);
      expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1);
    }
  });
});

describe('coupons that nobody can guess', () => {
  it('are as many as asked for, with the prefix', async () => {
    const promotionId = await promotion();
    expect(expectStatus(await create(promotionId, { count: 1_000, prefix: 'vip-' }), 201).json).toEqual({
      created: 1_000,
    });
    const codes = await sortedCodes(promotionId);
    expect(new Set(codes).size).toBe(1_000);
    for (const code of codes) expect(code).toMatch(/^VIP-[2-9B-DF-HJ-NP-TV-Z]{12}$/);
  });

  it.each([
    ['at once', () => Promise.resolve()],
    ['after a restart', () => harness.restart()],
  ])('are the same where the request is sent again %s', async (_when, between) => {
    const promotionId = await promotion();
    const headers = keyed();
    const first = expectStatus(await create(promotionId, { count: 50 }, headers), 201);
    const head = await headOf();
    await between();
    const again = expectStatus(await create(promotionId, { count: 50 }, headers), 201);
    expect([again.json, again.headers.get('etag')]).toEqual([first.json, first.headers.get('etag')]);
    expect(await headOf()).toEqual(head);
    expectProblem(await create(promotionId, { count: 51 }, headers), 422, 'REQUEST.IDEMPOTENCY_KEY_REUSED');
    expect(await headOf()).toEqual(head);
    expectStatus(await create(promotionId, { count: 50 }, keyed()), 201);
    expect((await codesOf(promotionId)).size).toBe(100);
  });

  it.each([
    ['generated', (): object => ({ count: 200, uses: 3 })],
    ['given', (): object => ({ codes: Array.from({ length: 200 }, anyCode) })],
  ])('or were %s, and go on where the process died', async (_kind, bodyOf) => {
    const promotionId = await promotion();
    const [body, headers] = [bodyOf(), keyed()];
    for (const appends of [0, 1, 40, 60]) {
      appendsLeft = appends;
      expectProblem(await create(promotionId, body, headers), 503, 'STORE.UNAVAILABLE');
      await harness.restart();
    }
    const before = (await codesOf(promotionId)).size;
    expect(before).toBeGreaterThan(90);
    expect(before).toBeLessThan(200);
    appendsLeft = Infinity;
    expect(expectStatus(await create(promotionId, body, headers), 201).json).toEqual({ created: 200 });
    expect((await codesOf(promotionId)).size).toBe(200);
  });

  it('that were given and interrupted are taken back where somebody took one of them meanwhile', async () => {
    const [first, second] = [await promotion(), await promotion()];
    const codes = Array.from({ length: 50 }, anyCode);
    const headers = keyed();
    appendsLeft = 20;
    expectProblem(await create(first, { codes }, headers), 503, 'STORE.UNAVAILABLE');
    appendsLeft = Infinity;
    const there = await sortedCodes(first);
    expect(there.length).toBeGreaterThan(0);
    const missing = codes.filter((code) => !there.includes(code));
    expectStatus(await create(second, { codes: missing.slice(0, 1) }), 201);
    expectProblem(await create(first, { codes }, headers), 409, 'COUPON.CODE_TAKEN');
    expect(await sortedCodes(first)).toEqual([]);
    expectStatus(await create(second, { codes: there }), 201);
  });
});

describe('coupons', () => {
  it.each(['customer', 'support', 'analyst'] as const)('are no business of a %s, whatever is asked', async (as) => {
    expectProblem(await client.post('/v1/promotions/p/coupons', { count: 0 }, { as }), 403, 'AUTH.FORBIDDEN');
    expectProblem(await client.post('/v1/coupons/SAVE10/deactivation', {}, { as }), 403, 'AUTH.FORBIDDEN');
  });

  it('ask for a credential', async () => {
    expectProblem(await client.post('/v1/promotions/p/coupons', { count: 0 }), 401, 'AUTH.REQUIRED');
  });
});

describe('a promotion', () => {
  it('has to be there, to be had by a coupon, and not to have ended', async () => {
    const body = { count: 1 };
    expectProblem(await create(randomUUID(), body), 404, 'PROMOTION.NOT_FOUND');
    expectProblem(await create(await promotion('automatic'), body), 409, 'PROMOTION.WITHOUT_COUPONS');
    expectProblem(await create(await promotion('coupon', 'promotion.ended.v1'), body), 409, 'PROMOTION.ENDED');
  });

  it('is what If-Match is about, but for a request that is sent again', async () => {
    const promotionId = await promotion();
    const headers = { ...keyed(), 'if-match': '"0"' };
    expect(expectStatus(await create(promotionId, { count: 1 }, headers), 201).headers.get('etag')).toBe('"0"');
    const changed = { type: 'promotion.activated.v1', data: { promotionId }, metadata: metadata() };
    await harness.store.append(`promotion-${promotionId}`, [changed], 0);
    await harness.restart();
    expectStatus(await create(promotionId, { count: 1 }, headers), 201);
    expectProblem(await create(promotionId, { count: 1 }, { 'if-match': '"0"' }), 412, 'REQUEST.PRECONDITION_FAILED');
    expectStatus(await create(promotionId, { count: 1 }, { 'if-match': '"1"' }), 201);
  });
});

describe('a coupon', () => {
  it('is deactivated once, by any spelling of its code', async () => {
    const code = anyCode();
    expectStatus(await create(await promotion(), { codes: [code], uses: 7 }), 201);
    const shown = { code, status: 'deactivated', uses: 7, used: 0 };
    expect(expectStatus(await deactivate(code.toLowerCase()), 200).json).toEqual(shown);
    const head = await headOf();
    expect(expectStatus(await deactivate(code), 200).json).toEqual(shown);
    expect(await headOf()).toEqual(head);
  });

  it('is not one that nobody has created, or that no code looks like', async () => {
    for (const code of [anyCode(), 'no', 'S%C3%84VE-10']) expectProblem(await deactivate(code), 404, 'COUPON.UNKNOWN');
  });
});
