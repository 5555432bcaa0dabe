import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { streamOf, type SkuQuantity } from '../../domain/shared/index.js';
import { StoreUnavailableError } from '../../infra/shared/store-errors.js';
import { type EventStore, type RecordedEvent, UnknownOutcomeError } from '../../infra/event-store/index.js';
import type { AuthorizationOutcome } from '../../infra/payment-provider/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { Shop, type Deciding, type RunningSagas } from '../test-support/shop.js';
import type { CheckoutState } from './checkout.js';

/** What goes wrong at the first append of an order that is to several streams. `rival`: another order takes a SKU's stock just before. */
type Fault = 'none' | 'rival' | 'full disk' | 'full disk for long' | 'answer lost' | 'request lost';

interface Order {
  readonly orderId: string;
  readonly lines: readonly SkuQuantity[];
  readonly stock: readonly SkuQuantity[];
  readonly token: string;
  readonly fault: Fault;
}

interface WayOptions {
  readonly joint: boolean;
  readonly inline: boolean;
  readonly runners?: number;
  readonly precise: boolean;
}

/** One way that checkouts go: how the command API and the sagas of its processes record. */
class Way {
  private constructor(
    private readonly shop: Shop,
    private readonly processes: RunningSagas[],
    private readonly isInline: boolean,
    /** Of several runners the commands that follow from timers have the ids of whose step was recorded first. */
    private readonly isPrecise: boolean,
  ) {}

  static async open({ joint, inline, runners = 1, precise }: WayOptions): Promise<Way> {
    const way = new Way(await Shop.open(), [], inline, precise);
    for (let n = 0; n < runners; n += 1) {
      way.processes.push(await way.shop.start({ joint, aroundStore: (store) => way.faulty(store) }));
    }
    return way;
  }

  async close(): Promise<void> {
    for (const { runner } of this.processes) await runner.close();
    await this.shop.close();
  }

  private fault: Fault = 'none';
  private rival: () => Promise<void> = async () => undefined;
  /** Another process came in between. */
  rivalCame = false;

  private faulty(store: EventStore): EventStore {
    return {
      ...store,
      appendAll: async (batches) => {
        const { fault } = this;
        if (fault !== 'full disk for long') this.fault = 'none';
        if (fault === 'rival') await this.rival();
        if (fault === 'full disk' || fault === 'full disk for long')
          throw new StoreUnavailableError('the disk is full');
        if (fault === 'request lost') throw new UnknownOutcomeError('connection lost');
        const appended = await store.appendAll(batches);
        if (fault === 'answer lost') throw new UnknownOutcomeError('connection lost');
        return appended;
      },
    };
  }

  /** Brings an order to its end; answers all that is recorded of it, and what money moved. */
  async follow({ orderId, lines, stock, token, fault }: Order) {
    const { shop } = this;
    for (const { sku, quantity } of stock) await shop.receive(sku, quantity);
    await this.atRest();
    const [rival = { sku: '', quantity: 0 }] = stock;
    this.rivalCame = false;
    this.rival = async () => {
      this.rivalCame = true;
      await shop.stock({ type: 'reserve-stock', ...rival, orderId: 'rival', expiresAt: 'later' });
    };
    if (fault === 'rival' && !this.isInline) await this.rival();
    this.fault = fault;
    shop.provider.says = token === 'tok_bank' ? BANK : null;
    const [first = shop] = this.processes;
    const by = this.isInline ? first : shop;
    await shop.checkOut(lines, token, { orderId, by });
    await this.settled(orderId, by);
    this.fault = 'none';
    return this.traces(orderId, stock);
  }

  private async settled(orderId: string, by: Deciding): Promise<void> {
    await this.atRest();
    if ((await this.shop.typesOfPayment(orderId)).includes('action-required')) {
      await this.shop.payment(orderId, { type: 'record-authorization', reference: 'from the bank' }, by);
    }
    for (let second = 0; second < 60; second += 1) {
      await this.atRest();
      if ((await this.shop.typesOfOrder(orderId)).length > 1) return;
      this.shop.clock.advance(1_000);
    }
    throw new Error(`order ${orderId} has come to no end`);
  }

  private async atRest(): Promise<void> {
    for (let n = 0; n < this.processes.length; n += 1) for (const one of this.processes) await this.shop.atRest(one);
  }

  private async traces(orderId: string, stock: readonly SkuQuantity[]) {
    const { shop } = this;
    const paymentId = paymentIdOf(orderId);
    const streams = ['order', 'payment'].map((name) => streamOf(name, name === 'order' ? orderId : paymentId));
    streams.push(streamOf('cart', `of-${orderId}`), ...stock.map(({ sku }) => streamOf('inventory', sku)));
    const events: Record<string, object[]> = {};
    for (const stream of streams)
      events[stream] = (await shop.events(stream)).map(this.isPrecise ? withoutChance : typeAndData);
    const saga = await shop.events(streamOf('saga', `checkout-${orderId}`));
    return { events, saga: outcomeOf(saga.at(-1)), money: shop.provider.movedFor(paymentId) };
  }
}

const BANK: AuthorizationOutcome = {
  outcome: 'action-required',
  reference: 'at the bank',
  action: { type: 'redirect', url: 'https://bank.example' },
};

/** What a checkout that fails is undone by goes back to the reply that was heard last. */
const UNDOING = new Set([
  'inventory.released.v1',
  'inventory.reservation-closed.v1',
  'cart.reopened.v1',
  'payment.voided.v1',
  'order.rejected.v1',
]);

/** Times are the clock's, and how long a provider's answer took is the machine's. */
function lastingOf({ data }: RecordedEvent): object {
  const { expiresAt: _, durationMs: _took, ...lasting } = data;
  return lasting;
}

/** Of what the test itself does elsewhere the ids are random. */
function withoutChance(recorded: RecordedEvent): object {
  const { id, revision, type, metadata } = recorded;
  const { causationId, ...others } = metadata;
  const event = { revision, type, data: lastingOf(recorded) };
  if (!metadata.actor.startsWith('saga:') && type !== 'cart.checked-out.v1') return event;
  return { ...event, id, metadata: UNDOING.has(type) ? others : { ...others, causationId } };
}

const typeAndData = (recorded: RecordedEvent): object => ({ type: recorded.type, data: lastingOf(recorded) });

/** What the saga came to; how many records that took, and which of two refusals is the first, depends on what was heard together. */
function outcomeOf(record: RecordedEvent | undefined): object | null {
  const stepped = record?.data as { readonly state: CheckoutState } | undefined;
  if (stepped === undefined) return null;
  const { askBy: _, expiresAt: _expiry, asked: _asked, failure, short, ...state } = stepped.state;
  const skus = short.map(({ sku, available }) => `${sku} ${available}`);
  return { ...state, failure: failure?.code ?? null, short: skus.toSorted() };
}

let orders = 0;
const order: fc.Arbitrary<Order> = fc
  .record({
    lines: fc.array(fc.tuple(fc.constantFrom('TEA', 'MUG', 'GIFT'), fc.integer({ min: 1, max: 3 })), {
      minLength: 1,
      maxLength: 4,
    }),
    stock: fc.integer({ min: 2, max: 9 }),
    token: fc.constantFrom('tok_ok', 'tok_ok', 'tok_declined', 'tok_silent', 'tok_slow', 'tok_bank'),
    fault: fc.constantFrom<Fault>('none', 'rival', 'full disk', 'full disk for long', 'answer lost', 'request lost'),
  })
  .map(({ lines, stock, token, fault }) => {
    // Every order has stock of its own, so that ways can be compared that share one log each.
    const number = (orders += 1);
    const skuOf = (name: string): string => `${name}-${number}`;
    const skus = [...new Set(lines.map(([name]) => skuOf(name)))];
    return {
      orderId: randomUUID(),
      lines: lines.map(([name, quantity]) => ({ sku: skuOf(name), quantity })),
      stock: skus.map((sku) => ({ sku, quantity: stock })),
      token,
      fault,
    };
  });

describe('a checkout whose steps are recorded with their events', () => {
  it.each([
    ['one process', 1],
    ['two processes that both run the sagas', 2],
  ])(
    'leaves the very events that one leaves whose steps are taken after them, with %s',
    async (_, runners) => {
      const precise = runners === 1;
      const inline = await Way.open({ joint: true, inline: true, runners, precise });
      const after = [
        await Way.open({ joint: true, inline: false, precise }),
        await Way.open({ joint: false, inline: false, precise }),
      ];
      try {
        await fc.assert(
          fc.asyncProperty(order, async (one) => {
            const traces = await inline.follow(one);
            // What the other process did came first, whatever the way; the other faults are the short way's.
            const fault = inline.rivalCame ? 'rival' : 'none';
            for (const way of after) expect(await way.follow({ ...one, fault })).toEqual(traces);
          }),
          { numRuns: 25 },
        );
      } finally {
        for (const way of [inline, ...after]) await way.close();
      }
    },
    60_000,
  );
});
