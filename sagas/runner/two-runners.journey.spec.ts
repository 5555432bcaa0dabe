import { streamOf } from '../../domain/shared/index.js';
import { paymentIdOf } from '../ids.js';
import type { Dispatch, Dispatched } from '../index.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
  for (const sku of SKUS) await shop.receive(sku, 1_000);
});
afterAll(() => shop.close());

const SKUS = ['TEA', 'MUG'] as const;
const LINES = SKUS.map((sku) => ({ sku, quantity: 1 }));
const ORDERS = 24;

const rounds = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
};

type Fake = (real: () => Promise<Dispatched>) => Promise<Dispatched>;
const refusal = (code: string): Dispatched => ({
  reply: { outcome: 'refused', refusal: { code, detail: 'No.' } },
  lastEventId: null,
});

/** So that the first answers are there long before the other runner's, and the last ones long after. */
const ROUNDS_EACH = 50;

/** The nth command of one key is answered after n times as many rounds, as `fake` says. */
function answering(key: string, fake: Fake): (dispatch: Dispatch) => Dispatch {
  let count = 0;
  return (dispatch) => async (sent, context) => {
    if (sent.key !== key) return dispatch(sent, context);
    await rounds(count++ * ROUNDS_EACH);
    return fake(() => dispatch(sent, context));
  };
}

/** The nth is answered after as many rounds less than there are orders. */
function slowAt(key: string): (dispatch: Dispatch) => Dispatch {
  let count = ORDERS;
  return (dispatch) => async (sent, context) => {
    if (sent.key === key) await rounds(count--);
    return dispatch(sent, context);
  };
}

async function settled(processes: readonly RunningSagas[]): Promise<void> {
  const ticking = setInterval(() => shop.clock.advance(10), 1);
  // What one of them does, the other hears of.
  for (let n = 0; n < 3; n++) for (const process of processes) await shop.atRest(process);
  clearInterval(ticking);
}

/** How an order ended, once it is sure that all of it ended so. */
async function endOf(orderId: string): Promise<string> {
  const [opened, end, ...more] = await shop.typesOfOrder(orderId);
  expect([opened, more]).toEqual(['opened', []]);
  const moves = new Map<string, readonly string[]>();
  for (const sku of SKUS) {
    const events = await shop.events(streamOf('inventory', sku));
    moves.set(
      sku,
      events.filter(({ data }) => data['orderId'] === orderId).map(({ type }) => type),
    );
  }
  const held = 'inventory.reserved.v1';
  const letGo = 'inventory.released.v1';
  const money = shop.provider.movedFor(paymentIdOf(orderId));
  const cart = (await shop.typesOfCart(orderId)).at(-1);
  if (end === 'confirmed') {
    expect({ cart, money, moves: [...moves.values()] }).toEqual({
      cart: 'checked-out',
      money: ['authorize'],
      moves: [[held], [held]],
    });
  } else {
    expect(cart).toBe('reopened');
    expect([[], ['authorize', 'void']]).toContainEqual(money);
    expect([...moves.values()]).toEqual([
      [held, letGo],
      [held, letGo],
    ]);
  }
  return end ?? 'none';
}

describe('two runners that hear opposite answers', () => {
  it.each<[string, string, Fake]>([
    // The hold is there, and its runner is told otherwise.
    ['of the stock', 'reserve:MUG', (real) => real().then(() => refusal('INVENTORY.INSUFFICIENT_STOCK_ELSEWHERE'))],
    ['of the money', 'authorize', async () => refusal('PAYMENT.DECLINED')],
  ])('%s bring an order to one end', async (_, key, fake) => {
    const processes = [await shop.start({ around: slowAt(key) }), await shop.start({ around: answering(key, fake) })];
    const orders: string[] = [];
    for (let n = 0; n < ORDERS; n++) orders.push(await shop.checkOut(LINES));
    await settled(processes);
    const ends = new Set<string>();
    for (const orderId of orders) ends.add(await endOf(orderId));
    expect([...ends].sort()).toEqual(['confirmed', 'rejected']);
    for (const { runner } of processes) await runner.close();
  });
});
