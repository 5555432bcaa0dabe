import { setTimeout as delay } from 'node:timers/promises';
import { money } from '../../../domain/shared/index.js';
import { deriveId } from '../../../infra/shared/derive-id.js';
import type { RecordedEvent } from '../../../infra/event-store/index.js';
import { paymentIdOf } from '../../effects/aggregate-targets.js';
import { Fuse } from '../fuse.js';
import { Shop, type RunningSagas } from '../shop.js';
import { Chance, type Random } from './chance.js';
import { disturbed, stormCarrier, unreliable } from './disturbances.js';
import { StormProvider } from './storm-provider.js';

export interface StormOptions {
  readonly seed: number;
  readonly random: Random;
  /** After how many calls of its ports the first process loses its power; never when absent. */
  readonly cutAt?: number;
}

/** What a storm has left, once it is over and everything has come to rest. */
export interface StormReport {
  readonly events: readonly RecordedEvent[];
  readonly payments: readonly PaymentReport[];
  /** Calls of the first process's ports: the points at which it could have been cut. */
  readonly passes: number;
  readonly wasCut: boolean;
  /** How often what befell somebody. */
  readonly counts: ReadonlyMap<string, number>;
  /** What is still under way, where it came to no rest. */
  readonly unrest: string | null;
}

/** Money of an order as its provider has it. */
export interface PaymentReport {
  readonly orderId: string;
  readonly held: number;
  readonly captured: number;
  readonly refunded: number;
  readonly keys: number;
}

/** What the ids of orders are made of. */
const STORMS = '5d1f0c9e-6a0b-4c53-9c61-0f6f3f1e7a42';
const SKUS = ['TEA', 'MUG', 'PEN'] as const;
/** An order costs 5.00 to 30.00; that two cards pay several of them is meant. */
const CARDS = ['CARD-1', 'CARD-2'] as const;
const ORDERS = 4;
const ROUNDS = 40;
/** What a round may take of the shop's time, ms: nothing, a pause, a time-out, an expiry. */
const JUMPS = [0, 0, 0, 200, 1_000, 5_000, 30_000, 700_000];
/** In each the clock goes on by a second, every twentieth time by what the longest timer of a checkout takes. */
const LEAST_CALM_ROUNDS = 100;
const LONGEST_TIMER_MS = 900_000;
/** However busy the machine is. */
const PATIENCE_MS = 60_000;

/** One shop in which everything goes wrong that can, by the seed, until it is over and the shop has come to rest. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const one = await Storm.begin(options);
  try {
    await one.rage();
    const unrest = await one.calmDown();
    return await one.report(unrest);
  } finally {
    await one.end();
  }
}

class Storm {
  private readonly orders: string[] = [];
  private readonly late: (() => void)[] = [];
  private readonly background: Promise<unknown>[] = [];
  private processes: RunningSagas[] = [];
  private readonly fuses: Fuse[] = [];
  private readonly provider: StormProvider;

  private constructor(
    private readonly shop: Shop,
    private readonly options: StormOptions,
    private readonly chance: Chance,
  ) {
    this.provider = new StormProvider(chance, () => this.aWhile());
  }

  static async begin(options: StormOptions): Promise<Storm> {
    const { seed, random, cutAt } = options;
    const one = new Storm(await Shop.open(), options, new Chance(seed, random));
    const isTwo = one.chance.befalls('two runners are at it', 'shop', 0.4);
    for (const sku of SKUS) await one.shop.receive(sku, 1 + one.chance.below(6, `stock ${sku}`));
    for (const card of CARDS) await one.shop.issueCard(card, 100 + one.chance.below(2_000, `on ${card}`));
    await one.start(new Fuse(cutAt ?? Infinity), false);
    if (isTwo) await one.start(new Fuse(), true);
    return one;
  }

  /** Orders come, acts and notices in any order, time passes, processes come back. */
  async rage(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      await this.happen(round);
      await delay(this.chance.below(3, `pause ${round}`));
      this.shop.clock.advance(JUMPS[this.chance.below(JUMPS.length, `jump ${round}`)] ?? 0);
      // Sooner or later what takes long is through, in any order.
      if (this.chance.below(3, `free ${round}`) === 0) this.freeOne(round);
      await this.revive();
    }
  }

  /** From here on nothing goes wrong any more; answers what has come to no rest for all that. */
  async calmDown(): Promise<string | null> {
    this.chance.end();
    this.freeAll();
    const deadline = performance.now() + PATIENCE_MS;
    for (let round = 0; performance.now() < deadline; round += 1) {
      await this.revive();
      this.freeAll();
      this.shop.clock.advance(round % 20 === 19 ? LONGEST_TIMER_MS : 1_000);
      await delay(1);
      if (round % 10 === 5) for (const orderId of this.orders) await this.tell(orderId);
      if (round === LEAST_CALM_ROUNDS / 2) for (const orderId of this.orders) await this.shipSome(orderId);
      if (round > LEAST_CALM_ROUNDS && (await this.isAtRest())) return null;
    }
    return JSON.stringify(this.processes.map(({ runner }) => runner.status()));
  }

  async report(unrest: string | null): Promise<StormReport> {
    const events: RecordedEvent[] = [];
    for await (const event of this.shop.store.readAll()) events.push(event);
    const payments = this.orders.flatMap((orderId) => {
      const paymentId = paymentIdOf(orderId);
      const balances = this.provider.balances(paymentId);
      return balances === null ? [] : [{ orderId, ...balances, keys: this.provider.keysOf(paymentId) }];
    });
    const [first] = this.fuses;
    const { counts } = this.chance;
    return { events, payments, passes: first?.passes ?? 0, wasCut: first?.blown ?? false, counts, unrest };
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.map(({ runner }) => runner.close()));
    await Promise.all(this.fuses.map((fuse) => fuse.release()));
    await this.shop.close();
  }

  private async start(fuse: Fuse, contradicts: boolean): Promise<void> {
    const nth = this.fuses.push(fuse);
    const { chance } = this;
    const about = `process ${nth}`;
    const process = await this.shop.start({
      fuse,
      joint: chance.below(4, `joint ${about}`) > 0,
      inline: chance.below(4, `inline ${about}`) > 0,
      provider: this.provider,
      carrier: stormCarrier(chance),
      around: disturbed(chance, () => this.aWhile(), contradicts),
      aroundStore: (store) => unreliable(store, chance, `commands of ${about}`),
      aroundLog: (store) => unreliable(store, chance, `sagas of ${about}`),
    });
    this.processes.push(process);
  }

  /** A process without power is gone; another takes its place. */
  private async revive(): Promise<void> {
    const [dead, ...others] = this.processes;
    if (dead === undefined || !dead.fuse.blown) return;
    const isBackAtOnce = this.chance.over || this.chance.below(3, 'back') === 0;
    if (!isBackAtOnce) return;
    this.chance.note('a process is cut off and another goes on');
    this.processes = others;
    await this.start(new Fuse(), false);
  }

  private async happen(round: number): Promise<void> {
    const about = `round ${round}`;
    const kind = this.chance.below(4, about);
    if (kind === 0 && this.orders.length < ORDERS) return this.placeOrder();
    const orderId = this.orders[this.chance.below(Math.max(1, this.orders.length), `whose ${about}`)];
    if (orderId === undefined) return;
    if (kind === 1) return this.tell(orderId);
    await this.act(orderId, round).catch(() => undefined);
  }

  /** Taken by a process with sagas, or by another; who hears nothing of it asks again. */
  private placeOrder(): void {
    const { seed } = this.options;
    const n = this.orders.length;
    const orderId = deriveId(STORMS, `storm ${seed}, order ${n}`);
    this.orders.push(orderId);
    const lines = SKUS.filter(
      (sku, index) => index === n % SKUS.length || this.chance.below(2, `${orderId} ${sku}`) > 0,
    );
    const counted = lines.map((sku) => ({ sku, quantity: 1 + this.chance.below(2, `${orderId} of ${sku}`) }));
    let giftCards = CARDS.filter((card) => this.chance.below(3, `${orderId} by ${card}`) === 0);
    if (giftCards.length > 0) this.chance.note('a gift card pays');
    const place = async (): Promise<void> => {
      for (let again = false; ; again = true) {
        const by = this.chance.below(2, `by ${orderId}`) > 0 ? this.processes[0] : undefined;
        const placing = this.shop.checkOut(counted, 'tok', {
          orderId,
          again,
          giftCards,
          ...(by === undefined ? {} : { by }),
        });
        const done = placing.then(
          () => true,
          (error: unknown) => {
            // Who hears that a card has nothing goes on without cards.
            if (String(error).includes('GIFT_CARD.')) giftCards = [];
            return false;
          },
        );
        const isDone = await Promise.race([done, by?.fuse.whenBlown ?? new Promise(() => undefined)]);
        if (isDone === true) return;
        await delay(1);
      }
    };
    this.background.push(place());
  }

  private async tell(orderId: string): Promise<void> {
    const said = this.provider.notice(paymentIdOf(orderId));
    if (said === null) return;
    const reference = `notice-${orderId}`;
    this.chance.note('a notice comes');
    const command =
      said === 'authorized'
        ? ({ type: 'record-authorization', reference } as const)
        : ({ type: 'record-decline', reference, code: 'PAYMENT.DECLINED', detail: 'No.' } as const);
    const amount = this.provider.balances(paymentIdOf(orderId))?.held ?? 0;
    const told =
      amount > 0 && command.type === 'record-authorization' ? { ...command, amount: money(amount, 'USD') } : command;
    // A contradiction is refused, and what was never asked for is not known: neither is the provider's to hear of again.
    await this.shop.payment(orderId, told).catch(() => undefined);
  }

  private async act(orderId: string, round: number): Promise<void> {
    const at = new Date(this.shop.clock.now()).toISOString();
    const { shop } = this;
    switch (this.chance.below(5, `act ${round}`)) {
      case 0:
        return shop.order(orderId, { type: 'request-cancellation', reason: 'changed my mind' });
      case 1:
      case 2:
        return shop.order(orderId, { type: 'create-shipment', createdAt: at });
      case 3:
        return shop.order(orderId, { type: 'deliver-shipment', shipmentId: `${orderId}.1`, deliveredAt: at, now: at });
      default:
        return this.refund(orderId, round);
    }
  }

  /** Half of the orders, where they are to be had. */
  private async shipSome(orderId: string): Promise<void> {
    if (this.chance.below(2, `ship ${orderId}`) === 0) return;
    const createdAt = new Date(this.shop.clock.now()).toISOString();
    await this.shop.order(orderId, { type: 'create-shipment', createdAt }).catch(() => undefined);
  }

  private async refund(orderId: string, round: number): Promise<void> {
    const captured = await this.shop.captured(orderId);
    const part = { refundId: `${orderId}-${round}`, amount: money(100, 'USD'), ...captured };
    await this.shop.order(orderId, { type: 'request-refund', reason: 'broken', ...part });
  }

  /** Until the storm lets it go, or is over. */
  private aWhile(): Promise<void> {
    if (this.chance.over) return Promise.resolve();
    return new Promise((resolve) => this.late.push(resolve));
  }

  private freeOne(round: number): void {
    const [freed] = this.late.splice(this.chance.below(Math.max(1, this.late.length), `which ${round}`), 1);
    freed?.();
  }

  private freeAll(): void {
    for (const free of this.late.splice(0)) free();
  }

  /** All orders are placed, and no runner has anything to do. */
  private async isAtRest(): Promise<boolean> {
    const head = await this.shop.store.head();
    const statuses = this.processes.map(({ runner }) => runner.status());
    if (!statuses.every(({ caughtUp, position, work }) => caughtUp && work === 0 && position === head)) return false;
    const placed = await Promise.race([Promise.all(this.background).then(() => true), delay(50, false)]);
    return placed && (await this.shop.store.head()) === head;
  }
}
