import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatch } from '../saga.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
  await shop.receive('TEA', 1);
  await shop.receive('MUG', 5);
});
afterAll(() => shop.close());

/** A runner whose reservations wait before they are sent; `sent` resolves once all that wait have been answered. */
class Waiting {
  private readonly waits: (() => Promise<unknown>)[] = [];

  get size(): number {
    return this.waits.length;
  }

  around =
    (dispatch: Dispatch): Dispatch =>
    (command, context) =>
      command.key.startsWith('reserve:')
        ? new Promise((resolve, reject) => {
            this.waits.push(() => dispatch(command, context).then(resolve, reject));
          })
        : dispatch(command, context);

  async send(): Promise<void> {
    await Promise.all(this.waits.map((one) => one()));
  }
}

async function until(isSo: () => Promise<boolean>, ...processes: readonly RunningSagas[]): Promise<void> {
  while (!(await isSo())) {
    if (processes.some(({ fuse }) => fuse.blown)) throw new Error('a process is gone');
    await pause(1);
  }
}

describe('a runner that sends reservations of a checkout which another one has undone', () => {
  it('is given no stock, though there is some by then', async () => {
    const waiting = new Waiting();
    const slow = await shop.start({ around: waiting.around });
    const quick = await shop.start();
    const orderId = await shop.checkOut([
      { sku: 'TEA', quantity: 2 },
      { sku: 'MUG', quantity: 1 },
    ]);
    await until(async () => (await shop.typesOfOrder(orderId)).at(-1) === 'rejected', slow, quick);
    await until(async () => waiting.size === 2, slow);
    await shop.receive('TEA', 5);
    await waiting.send();
    for (const process of [slow, quick]) await shop.atRest(process);
    expect([await shop.stockOf('TEA'), await shop.stockOf('MUG')]).toEqual([
      { onHand: 6, reserved: 0 },
      { onHand: 5, reserved: 0 },
    ]);
    // Of what was refused the stock remembers it; of what was held the command's own events say it.
    expect(await shop.types('inventory-TEA')).toEqual(['received', 'reservation-closed', 'received']);
    expect(await shop.types('inventory-MUG')).toEqual(['received', 'reserved', 'released']);
    for (const { runner } of [slow, quick]) await runner.close();
  });
});
