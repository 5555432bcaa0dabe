import { Controller, Get, Module } from '@nestjs/common';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createHttpApp } from './create-http-app.js';
import { OpsModule } from './ops/ops.module.js';

@Controller('v1/thing')
class Thing {
  @Get()
  get(): object {
    return {};
  }
}
@Module({ imports: [OpsModule.of({ checks: [], registry: new Registry() })], controllers: [Thing] })
class ThingModule {}

const auth = { secret: 's', jwksUrl: null, issuer: null, audience: null };

describe('the rate limit', () => {
  it('answers 429 with Retry-After above it, and never holds operations back', async () => {
    const config = { auth, serverSecret: Buffer.from('of this spec'), rateLimit: { perSecond: 3 } };
    const app = await createHttpApp(ThingModule, { config, logger: pino({ level: 'silent' }) });
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const answers = await Promise.all(Array.from({ length: 12 }, () => fetch(`${url}/v1/thing`)));
    const refused = answers.filter(({ status }) => status === 429);
    // The twelve may straddle the end of a second.
    expect(refused.length).toBeGreaterThanOrEqual(6);
    const [one] = refused;
    expect(one?.headers.get('retry-after')).toBe('1');
    expect(one?.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await one?.json()).toMatchObject({ status: 429, code: 'REQUEST.RATE_LIMITED' });
    const alive = await Promise.all(Array.from({ length: 12 }, () => fetch(`${url}/healthz`)));
    expect(alive.every(({ status }) => status === 200)).toBe(true);
    await app.close();
  });
});
