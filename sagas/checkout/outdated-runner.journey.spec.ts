import { setTimeout as pause } from 'node:timers/promises';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import type { Dispatch } from '../saga.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
  await shop.receive('TEA', 10);
});
afterAll(() => shop.close());

/** A runner whose command with this key is never answered. */
const neverAnswered =
  (key: string) =>
  (dispatch: Dispatch): Dispatch =>
  (sent, context) =>
    sent.key === key ? new Promise(() => undefined) : dispatch(sent, context);

async function until(isSo: () => Promise<boolean>, ...processes: readonly RunningSagas[]): Promise<void> {
  while (!(await isSo())) {
    if (processes.some(({ fuse }) => fuse.blown)) throw new Error('a process is gone');
    shop.clock.advance(10);
    await pause(1);
  }
}

describe('a runner that has not heard how far another one has taken a checkout', () => {
  it('voids money that comes after the other has let everything go and gone away', async () => {
    // Seed 100005 of the storm: the event led to nothing in what was known, and the place in the log went beyond it.
    const slow = await shop.start({ around: neverAnswered('open-order') });
    const quick = await shop.start({ around: neverAnswered('reject') });
    const orderId = await shop.checkOut([{ sku: 'TEA', quantity: 1 }], 'tok_declined');
    await until(async () => (await shop.typesOfCart(orderId)).at(-1) === 'reopened', quick);
    await quick.fuse.release();
    await shop.payment(orderId, { type: 'record-authorization', reference: 'after all' });
    await until(async () => shop.provider.movedFor(paymentIdOf(orderId)).includes('void'), slow);
    await until(async () => (await shop.typesOfPayment(orderId)).includes('voided'), slow);
    await slow.fuse.release();
  }, 20_000);
});
