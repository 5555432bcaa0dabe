import { randomUUID } from 'node:crypto';
import {
  PROMOTION_REGISTER,
  promotionAggregate,
  promotionRegisterAggregate,
  type PromotionCommand,
} from '../../domain/promotion/index.js';
import { Fuse } from '../test-support/fuse.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

const HOUR = 3_600_000;
const tenth = { name: 'A tenth', then: [{ type: 'percent-off', percent: '10', of: 'order' }] };

let shop: Shop;
const running: RunningSagas[] = [];
beforeEach(async () => {
  shop = await Shop.open();
});
afterEach(async () => {
  for (const one of running.splice(0)) await stop(one);
  await shop.close();
});

async function start(fuse?: Fuse, joint = true): Promise<RunningSagas> {
  const one = await shop.start({ joint, ...(fuse && { fuse }) });
  running.push(one);
  return one;
}

async function stop({ runner, fuse }: RunningSagas): Promise<void> {
  // Power may go in the last moment.
  if (!fuse.blown) await Promise.race([runner.close(), fuse.whenBlown]);
  await fuse.release();
}

const inHours = (hours: number): string => new Date(shop.clock.now() + hours * HOUR).toISOString();

/** As a process that is killed before it tells the register. */
async function send(promotionId: string, command: PromotionCommand): Promise<void> {
  await shop.promotion(promotionId, command);
}

async function activated(window: { from?: string; to?: string } = {}): Promise<string> {
  const promotionId = randomUUID();
  await send(promotionId, { type: 'create-promotion', promotionId, promotion: { ...tenth, ...window } });
  await send(promotionId, { type: 'activate-promotion', at: inHours(0) });
  return promotionId;
}

const inForce = (promotionId: string): Promise<string | undefined> =>
  shop.folded(
    promotionRegisterAggregate,
    PROMOTION_REGISTER,
    (register) => register.inForce.get(promotionId)?.terms.name,
  );
const statusOf = (promotionId: string): Promise<string> =>
  shop.folded(promotionAggregate, promotionId, ({ status }) => status);
const typesOf = (promotionId: string): Promise<string[]> => shop.types(`promotion-${promotionId}`);
const register = (): Promise<string[]> => shop.types(`promotionregister-${PROMOTION_REGISTER}`);

describe('a promotion with a window', () => {
  it('comes into force and ends at its times, by events', async () => {
    const saga = await start();
    const id = await activated({ from: inHours(1), to: inHours(3) });
    await shop.atRest(saga);
    expect(await inForce(id)).toBeUndefined();
    shop.clock.advance(HOUR);
    await shop.atRest(saga);
    expect([await inForce(id), await statusOf(id)]).toEqual(['A tenth', 'active']);
    shop.clock.advance(2 * HOUR);
    await shop.atRest(saga);
    expect([await inForce(id), await statusOf(id)]).toEqual([undefined, 'ended']);
    expect(await typesOf(id)).toEqual(['created', 'activated', 'begun', 'ended']);
    expect(await register()).toEqual(['entered', 'left']);
  });

  it('is made up for in its order by a process that slept through it, and never was in force', async () => {
    const before = await start();
    const id = await activated({ from: inHours(1), to: inHours(2) });
    await shop.atRest(before);
    await stop(running.pop() ?? before);
    shop.clock.advance(3 * HOUR);
    const after = await start();
    await shop.atRest(after);
    expect(await typesOf(id)).toEqual(['created', 'activated', 'begun', 'ended']);
    expect([await register(), await statusOf(id)]).toEqual([[], 'ended']);
  });

  it('goes by the times that it was given last', async () => {
    const saga = await start();
    const id = await activated({ from: inHours(2), to: inHours(4) });
    await send(id, { type: 'change-promotion', changes: { from: inHours(1), to: inHours(2) }, at: inHours(0) });
    await shop.atRest(saga);
    shop.clock.advance(HOUR);
    await shop.atRest(saga);
    expect(await inForce(id)).toBe('A tenth');
    await send(id, { type: 'change-promotion', changes: { to: inHours(5) }, at: inHours(0) });
    await shop.atRest(saga);
    shop.clock.advance(2 * HOUR);
    await shop.atRest(saga);
    expect(await statusOf(id)).toBe('active');
    shop.clock.advance(3 * HOUR);
    await shop.atRest(saga);
    expect([await inForce(id), await statusOf(id)]).toEqual([undefined, 'ended']);
  });

  it('is in the register as it is though the process that changed it was killed before it said so', async () => {
    const saga = await start(undefined, false);
    const id = await activated();
    await shop.atRest(saga);
    expect(await inForce(id)).toBe('A tenth');
    await send(id, { type: 'change-promotion', changes: { name: 'More' }, at: inHours(0) });
    await shop.atRest(saga);
    expect(await inForce(id)).toBe('More');
    for (const command of [{ type: 'pause-promotion' }, { type: 'activate-promotion', at: inHours(0) }] as const) {
      await send(id, command);
      await shop.atRest(saga);
      expect((await inForce(id)) === undefined).toBe(command.type === 'pause-promotion');
    }
    await send(id, { type: 'end-promotion' });
    await shop.atRest(saga);
    expect(await inForce(id)).toBeUndefined();
  });

  it.each([true, false])('comes and goes once wherever the saga is killed (joint: %s)', async (joint) => {
    let isCut = true;
    let limit = 1;
    for (; isCut; limit += 1) {
      const fuse = new Fuse(limit);
      const first = await start(fuse, joint);
      const id = await activated({ from: inHours(1), to: inHours(3) });
      await shop.atRest(first);
      if (!fuse.blown) shop.clock.advance(HOUR);
      await shop.atRest(first);
      isCut = fuse.blown;
      await stop(running.pop() ?? first);
      const second = await start(undefined, joint);
      await shop.atRest(second);
      if (isCut) shop.clock.advance(HOUR);
      await shop.atRest(second);
      expect([limit, await inForce(id)]).toEqual([limit, 'A tenth']);
      shop.clock.advance(3 * HOUR);
      await shop.atRest(second);
      expect([await inForce(id), await typesOf(id)]).toEqual([undefined, ['created', 'activated', 'begun', 'ended']]);
      await stop(running.pop() ?? second);
    }
    expect(limit).toBeGreaterThan(10);
    const events = await register();
    expect(events.filter((type) => type === 'entered')).toHaveLength(events.length / 2);
  });
});
