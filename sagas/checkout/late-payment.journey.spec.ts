import { setTimeout as pause } from 'node:timers/promises';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type { PaymentProvider } from '../../infra/payment-provider/index.js';
import type { Dispatch } from '../saga.js';
import { no } from '../test-support/drive.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

const ELEVEN_MINUTES_MS = 11 * 60_000;

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
  await shop.receive('TEA', 10);
});
afterAll(() => shop.close());

/** A provider that never answers. */
const mute = (provider: PaymentProvider): PaymentProvider =>
  Object.assign(Object.create(provider) as PaymentProvider, { authorize: () => new Promise(() => undefined) });

/** A runner that is told no when it asks for money, whatever the log says. */
const toldNo =
  (dispatch: Dispatch): Dispatch =>
  (sent, context) =>
    sent.key === 'authorize'
      ? Promise.resolve({ reply: no('PAYMENT.DECLINED'), lastEventId: null })
      : dispatch(sent, context);

/** A store in which the requests of payments wait; `release` appends them. */
class Waiting {
  private readonly waits: (() => void)[] = [];

  get size(): number {
    return this.waits.length;
  }

  around = (store: EventStore): EventStore => ({
    ...store,
    append: async (stream, events, expected) => {
      if (events[0]?.type === 'payment.requested.v1') await new Promise<void>((resolve) => this.waits.push(resolve));
      return store.append(stream, events, expected);
    },
  });

  release(): void {
    for (const release of this.waits.splice(0)) release();
  }
}

async function until(isSo: () => Promise<boolean>, ...processes: readonly RunningSagas[]): Promise<void> {
  while (!(await isSo())) {
    if (processes.some(({ fuse }) => fuse.blown)) throw new Error('a process is gone');
    shop.clock.advance(10);
    await pause(1);
  }
}

const isLetGo = async (orderId: string): Promise<boolean> => (await shop.typesOfOrder(orderId)).at(-1) === 'rejected';

describe('a checkout that is refused its money by what its payment does not say', () => {
  it('voids the payment that a process requested which is gone', async () => {
    // Seed 700007 of the storm, cut at 44: nobody asked any more for what was requested, and nobody voided it.
    const gone = await shop.start({ provider: mute(shop.provider) });
    const orderId = await shop.checkOut([{ sku: 'TEA', quantity: 1 }]);
    await until(async () => (await shop.typesOfPayment(orderId)).includes('requested'), gone);
    await gone.fuse.release();
    const other = await shop.start({ around: toldNo });
    await until(() => isLetGo(orderId), other);
    expect(await shop.typesOfPayment(orderId)).toEqual(['requested', 'void-requested', 'voided']);
    await other.runner.close();
  }, 20_000);

  it('closes the payment, so that a process that was too slow requests none and asks nobody', async () => {
    const waiting = new Waiting();
    const slow = await shop.start({ joint: false, aroundStore: waiting.around });
    const orderId = await shop.checkOut([{ sku: 'TEA', quantity: 1 }]);
    await until(async () => waiting.size === 1, slow);
    shop.clock.advance(ELEVEN_MINUTES_MS);
    const quick = await shop.start();
    await until(() => isLetGo(orderId), slow, quick);
    waiting.release();
    for (const process of [slow, quick]) await shop.atRest(process);
    expect(await shop.typesOfPayment(orderId)).toEqual(['closed']);
    expect(shop.provider.calls.filter((call) => call.includes(paymentIdOf(orderId)))).toEqual([]);
    for (const { runner } of [slow, quick]) await runner.close();
  }, 20_000);
});
