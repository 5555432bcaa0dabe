import { setImmediate } from 'node:timers/promises';
import { Controller, Get, Module, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { problem, type ProblemError } from './problem.js';
import { openHttpApp, type HttpApp } from './test-support/http-app.js';
import { withCodes, WrongCodes } from './wrong-codes.js';

const MINUTE = 60_000;
const wrong = (errors = 0) =>
  problem('COUPON.UNKNOWN', 'There is no such coupon.', {
    errors: Array.from({ length: errors }, (_, n) => ({ path: `codes.${n}`, message: 'is unknown' })),
  });

const refusalOf = (asked: Promise<unknown>): Promise<ProblemError> =>
  asked.then(
    () => Promise.reject(new Error('was not refused')),
    (error: ProblemError) => error,
  );

describe('wrong codes', () => {
  let now: number;
  let codes: WrongCodes;
  beforeEach(() => {
    now = Date.UTC(2026, 2, 1);
    codes = new WrongCodes(() => now);
  });

  const guess = (client = 'a', error: Error = wrong()) => refusalOf(codes.watch(client, () => Promise.reject(error)));
  const right = (client = 'a') => codes.watch(client, () => Promise.resolve('found'));
  const wrongTimes = async (times: number) => {
    for (let n = 0; n < times; n += 1) expect((await guess()).code).toBe('COUPON.UNKNOWN');
  };

  it('may be twenty, and then even a right one is refused until the first is fifteen minutes old', async () => {
    await wrongTimes(1);
    now += 5 * MINUTE;
    await wrongTimes(19);
    now += MINUTE;
    const refusal = await refusalOf(right());
    expect([refusal.status, refusal.code, refusal.headers]).toEqual([
      429,
      'REQUEST.TOO_MANY_WRONG_CODES',
      { 'retry-after': '540' },
    ]);
    now += 9 * MINUTE;
    expect(await right()).toBe('found');
    await wrongTimes(1);
    expect((await refusalOf(right())).headers).toEqual({ 'retry-after': '300' });
  });

  it('are counted of coupons and of gift cards together, each one of a request', async () => {
    for (let n = 0; n < 10; n += 1) await guess('a', problem('GIFT_CARD.UNKNOWN', 'There is no such card.'));
    await guess('a', wrong(10));
    expect((await refusalOf(right())).status).toBe(429);
  });

  it('are no codes that are right, nor other failures', async () => {
    for (let n = 0; n < 30; n += 1) {
      await right();
      await guess('a', problem('CART.NOT_OPEN', 'The cart is not open.'));
      await guess('a', new Error('disk full'));
    }
    expect(await right()).toBe('found');
  });

  it("are each client's own", async () => {
    await wrongTimes(20);
    expect(await right('b')).toBe('found');
  });

  it('are twenty too where a thousand are sent at once, and right ones at once are all answered', async () => {
    let looked = 0;
    const many = Array.from({ length: 1_000 }, () =>
      refusalOf(
        codes.watch('a', async () => {
          looked += 1;
          await setImmediate();
          throw wrong();
        }),
      ),
    );
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    expect([looked, statuses.filter((status) => status === 404).length]).toEqual([20, 20]);
    const answers = Array.from({ length: 100 }, () => codes.watch('b', async () => setImmediate('found')));
    expect(await Promise.all(answers)).toEqual(answers.map(() => 'found'));
  });

  it('do not block a client whose clock was put back', async () => {
    await wrongTimes(20);
    now -= 60 * MINUTE;
    expect(await right()).toBe('found');
  });
});

@Controller('v1/codes')
class Codes {
  @Get(':code')
  find(@Req() request: FastifyRequest, @Param('code') code: string): Promise<object> {
    return withCodes(request, async () => {
      if (code === 'RIGHT') return {};
      throw wrong();
    });
  }
}
@Module({ controllers: [Codes] })
class CodesModule {}

describe('wrong codes over HTTP', () => {
  let app: HttpApp;
  afterEach(() => app.close());

  const open = async (abuseLimits: boolean) => {
    const edge = { trustedProxies: ['127.0.0.1'] };
    app = await openHttpApp(CodesModule, edge, { abuseLimits });
  };
  const ask = (code: string, client = '203.0.113.1') =>
    fetch(`${app.url}/v1/codes/${code}`, { headers: { 'x-forwarded-for': client } });

  it('are limited for each client behind a trusted proxy by itself', async () => {
    await open(true);
    for (let n = 0; n < 20; n += 1) expect((await ask('WRONG')).status).toBe(404);
    const refused = await ask('RIGHT');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900']);
    expect(await refused.json()).toMatchObject({ code: 'REQUEST.TOO_MANY_WRONG_CODES' });
    expect((await ask('RIGHT', '203.0.113.2')).status).toBe(200);
  });

  it('are not limited where abuse limits are off', async () => {
    await open(false);
    for (let n = 0; n < 30; n += 1) expect((await ask('WRONG')).status).toBe(404);
    expect((await ask('RIGHT')).status).toBe(200);
  });
});
