import { streamOf } from '../../domain/shared/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import type { Dispatched } from '../../infra/engine/sagas/index.js';
import type { Dispatch } from '../saga.js';
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

async function rounds(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
}

type Fake = (real: () => Promise<Dispatched>) => Promise<Dispatched>;
const refusal = (code: string): Dispatched => ({
  reply: { outcome: 'refused', refusal: { code, detail: 'No.' } },
  lastEventId: null,
});

/** What a runner hears: what is so, or the opposite. */
type Answer = 'real' | 'opposite';
/** Of the event loop, by which each racing order is answered later or sooner than the last. */
const TURNS = 10;
/** Which answer to an order is given before the other, or that they race. */
type First = Answer | 'either';
const FIRSTS: readonly First[] = ['real', 'opposite', 'either'];
const ENDS: Readonly<Record<First, readonly string[]>> = {
  real: ['confirmed'],
  opposite: ['rejected'],
  either: ['confirmed', 'rejected'],
};

/** One command that both runners send for an order: answered when both have asked. */
class Rendezvous {
  readonly first: First;
  private readonly asked = new Set<Answer>();

  constructor(
    readonly orderId: string,
    private readonly nth: number,
  ) {
    this.first = FIRSTS[nth % FIRSTS.length] ?? 'either';
  }

  /** Resolves when the answer may be given. */
  async turnOf(answer: Answer): Promise<void> {
    this.asked.add(answer);
    while (this.asked.size < 2) await rounds(1);
    if (this.first === 'either') await rounds(TURNS * (answer === 'real' ? this.nth : ORDERS - this.nth));
    else if (this.first !== answer) await this.hasEnded();
  }

  private async hasEnded(): Promise<void> {
    while ((await shop.typesOfOrder(this.orderId)).length < 2) await rounds(1);
  }
}

/** The rendezvous of the commands with one key. */
class RendezvousByOrder {
  private readonly byOrder = new Map<string, Rendezvous>();

  constructor(private readonly key: string) {}

  of(orderId: string): Rendezvous {
    const known = this.byOrder.get(orderId) ?? new Rendezvous(orderId, this.byOrder.size);
    this.byOrder.set(orderId, known);
    return known;
  }

  /** Stands between a runner and its dispatcher. */
  answering(answer: Answer, fake: Fake = (real) => real()): (dispatch: Dispatch) => Dispatch {
    return (dispatch) => async (sent, context) => {
      const { key, command } = sent;
      if (key !== this.key || !('orderId' in command)) return dispatch(sent, context);
      await this.of(command.orderId).turnOf(answer);
      return fake(() => dispatch(sent, context));
    };
  }
}

async function settled(processes: readonly RunningSagas[]): Promise<void> {
  const ticking = setInterval(() => shop.clock.advance(1), 1);
  // What one of them does, the other hears of.
  for (let n = 0; n < 3; n++) for (const process of processes) await shop.atRest(process);
  clearInterval(ticking);
}

/** What moves at the provider of an order that is let go: a void may come before the authorisation is known, which is then voided too. */
const WITHOUT_MONEY = [
  [],
  ['void'],
  ['authorize', 'void'],
  ['authorize', 'void', 'void'],
  ['void', 'authorize', 'void'],
];

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
    expect(WITHOUT_MONEY).toContainEqual(money);
    expect([undefined, 'closed', 'voided']).toContain((await shop.typesOfPayment(orderId)).at(-1));
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
    const rendezvous = new RendezvousByOrder(key);
    const processes = [
      await shop.start({ around: rendezvous.answering('real') }),
      await shop.start({ around: rendezvous.answering('opposite', fake) }),
    ];
    const orders: string[] = [];
    for (let n = 0; n < ORDERS; n++) orders.push(await shop.checkOut(LINES));
    await settled(processes);
    for (const orderId of orders) {
      const { first } = rendezvous.of(orderId);
      expect(ENDS[first]).toContain(await endOf(orderId));
    }
    for (const { runner } of processes) await runner.close();
  });
});
