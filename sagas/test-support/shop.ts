import { randomUUID } from 'node:crypto';
import { cartAggregate, type ProductFacts } from '../../domain/cart/index.js';
import { inventoryAggregate, type InventoryCommand } from '../../domain/inventory/index.js';
import { orderAggregate, type OrderCommand } from '../../domain/order/index.js';
import { paymentAggregate, type PaymentCommand } from '../../domain/payment/index.js';
import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { streamOf, type Aggregate, type DomainEvent, type SkuQuantity } from '../../domain/shared/index.js';
import type { Carrier } from '../../infra/carrier/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../infra/event-store/test-support/index.js';
import { paymentProviders } from '../../infra/payment-provider/index.js';
import { openTemporaryReadStore, type TemporaryReadStore } from '../../infra/read-store/test-support/index.js';
import { QueueingExecutor } from '../../write-side/shared/executor/index.js';
import type { CommandContext } from '../../write-side/shared/index.js';
import { createDispatcher } from '../dispatcher/index.js';
import { paymentIdOf } from '../ids.js';
import { createSagaRunner, sagas, type Dispatch, type SagaRunner } from '../index.js';
import { Fuse, fusedCarrier, fusedEventStore, fusedExecutor, fusedProvider, fusedReadStore } from './fuse.js';
import { ManualClock } from './manual-clock.js';
import { ScriptedProvider } from './scripted-provider.js';
import { withSingleAppends } from './single-appends.js';

const noSnapshots = { load: async () => undefined, save: async () => undefined };
const carrier: Carrier = { book: async ({ shipmentId }) => ({ carrier: 'Post', trackingNumber: `T-${shipmentId}` }) };
const address = { name: 'Ada', line1: 'Main St 1', city: 'Springfield', postalCode: '12345', country: 'US' };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

const asCustomer = (): CommandContext => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  causationId: null,
  actor: 'anonymous',
  repeatable: false,
});

/** A runner with the process it lives in. */
export interface RunningSagas {
  readonly runner: SagaRunner;
  readonly fuse: Fuse;
}

export interface SagaProcess {
  readonly fuse?: Fuse;
  /** Whether its store appends to several streams at once. */
  readonly joint?: boolean;
  /** Stands between runner and dispatcher. */
  readonly around?: (dispatch: Dispatch) => Dispatch;
}

/** A shop with real stores and aggregates around the sagas; provider, carrier and time are the test's. */
export class Shop {
  readonly clock = new ManualClock();
  /** By the name that the command API of specs records, so that both go together. */
  readonly provider = new ScriptedProvider('sandbox');
  readonly executor: QueueingExecutor;

  private constructor(
    private readonly log: TemporaryEventStore,
    private readonly reads: TemporaryReadStore,
  ) {
    this.executor = new QueueingExecutor({ store: log.store, snapshots: noSnapshots });
  }

  static async open(): Promise<Shop> {
    return new Shop(await openTemporaryEventStore(), await openTemporaryReadStore());
  }

  get store(): TemporaryEventStore['store'] {
    return this.log.store;
  }

  get readStore(): TemporaryReadStore['store'] {
    return this.reads.store;
  }

  async close(): Promise<void> {
    await this.log.cleanup();
    await this.reads.close();
  }

  /** A new process with sagas; nothing of an earlier one's memory is in it. */
  async start({
    fuse = new Fuse(),
    joint = true,
    around = (dispatch) => dispatch,
  }: SagaProcess = {}): Promise<RunningSagas> {
    const store = joint ? this.log.store : withSingleAppends(this.log.store);
    const eventStore = fusedEventStore(store, fuse);
    const executor = new QueueingExecutor({ store, snapshots: noSnapshots });
    const dispatch = createDispatcher({
      executor: fusedExecutor(executor, fuse),
      eventStore,
      providers: paymentProviders(fusedProvider(this.provider, fuse)),
      carrier: fusedCarrier(carrier, fuse),
      now: () => this.clock.now(),
    });
    const runner = createSagaRunner({
      eventStore,
      readStore: fusedReadStore(this.reads.store, fuse),
      sagas,
      dispatch: around(dispatch),
      clock: this.clock,
      logger: quiet,
    });
    await runner.start();
    return { runner, fuse };
  }

  async receive(sku: string, quantity: number, location = 'default'): Promise<void> {
    await this.stock({ type: 'receive-stock', sku, location, quantity });
  }

  stock(command: InventoryCommand & { readonly sku: string }): Promise<void> {
    return this.act(inventoryAggregate, command.sku, command);
  }

  order(id: string, command: OrderCommand): Promise<void> {
    return this.act(orderAggregate, id, command);
  }

  /** As a webhook would. */
  payment(orderId: string, command: PaymentCommand): Promise<void> {
    return this.act(paymentAggregate, paymentIdOf(orderId), command);
  }

  /** A checked-out cart; answers its order's id. */
  async checkOut(lines: readonly SkuQuantity[], token = 'tok_ok', client?: string): Promise<string> {
    const orderId = randomUUID();
    const cartId = `of-${orderId}`;
    const products = new Map(lines.map(({ sku }) => [sku, productFacts(sku)]));
    await this.act(cartAggregate, cartId, { type: 'open-cart', cartId, currency: 'USD' });
    for (const { sku, quantity } of lines) {
      await this.act(cartAggregate, cartId, { type: 'add-item', product: productFacts(sku), quantity });
    }
    const personal = { email: 'ada@example.org', shippingAddress: address, paymentToken: token };
    await this.act(cartAggregate, cartId, {
      type: 'check-out',
      orderId,
      orderNumber: orderId.slice(0, 8),
      personId: 'person-1',
      personal,
      paymentProvider: this.provider.name,
      destination: address,
      products,
      pricing: defaultPricingPolicy,
      acceptPrices: false,
      ...(client === undefined ? {} : { client }),
    });
    return orderId;
  }

  /** The process has taken all there is, and nothing is under way (or its fuse has blown). */
  async atRest({ runner, fuse }: RunningSagas): Promise<void> {
    for (let calm = 0; calm < 3 && !fuse.blown;) {
      await new Promise((resolve) => setImmediate(resolve));
      const { caughtUp, position, work } = runner.status();
      const isCalm = caughtUp && work === 0 && position === (await this.store.head());
      calm = isCalm ? calm + 1 : 0;
    }
  }

  /** Types of the events of a stream, in order, without their versions. */
  async types(stream: string): Promise<string[]> {
    return (await this.events(stream)).map(({ type }) => type.replace(/^[^.]+\.|\.v1$/g, ''));
  }

  async events(stream: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.read(stream)) events.push(event);
    return events;
  }

  typesOfOrder = (orderId: string): Promise<string[]> => this.types(streamOf('order', orderId));
  typesOfPayment = (orderId: string): Promise<string[]> => this.types(streamOf('payment', paymentIdOf(orderId)));
  eventsOfPayment = (orderId: string): Promise<RecordedEvent[]> =>
    this.events(streamOf('payment', paymentIdOf(orderId)));
  typesOfCart = (orderId: string): Promise<string[]> => this.types(streamOf('cart', `of-${orderId}`));

  async stockOf(sku: string): Promise<{ readonly onHand: number; readonly reserved: number }> {
    return this.executor.query(inventoryAggregate, sku, ({ onHand, reserved }) => ({ onHand, reserved }));
  }

  private async act<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
  ): Promise<void> {
    const context = asCustomer();
    const executor = new QueueingExecutor({ store: this.log.store, snapshots: noSnapshots });
    const outcome = await executor.execute({ aggregate, id, command, context, answer: () => null });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  }
}

const productFacts = (sku: string): ProductFacts => ({
  sku,
  name: `The ${sku}`,
  categories: ['GROCERY'],
  taxClass: 'standard',
  price: { amount: sku === 'GIFT' ? 0 : 500, currency: 'USD' },
});
