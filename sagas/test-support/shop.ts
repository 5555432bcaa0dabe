import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  cartAggregate,
  type CouponFacts,
  type GiftCardFacts,
  type PromotionsInForce,
} from '../../domain/cart/index.js';
import { variantAggregate, type VariantCommand } from '../../domain/catalog/index.js';
import { cardOfOrder, giftCardAggregate, spendableCard } from '../../domain/gift-card/index.js';
import { inventoryAggregate, type InventoryCommand } from '../../domain/inventory/index.js';
import { orderAggregate, type Captured, type OrderCommand } from '../../domain/order/index.js';
import { paymentAggregate, paymentView, type PaymentCommand } from '../../domain/payment/index.js';
import { promotionAggregate, type PromotionCommand } from '../../domain/promotion/index.js';
import { listedProductsAggregate, priceListAggregate, type PriceListCommand } from '../../domain/price-list/index.js';
import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { streamOf, type Aggregate, type DomainEvent, type SkuQuantity } from '../../domain/shared/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import type { Carrier } from '../../infra/carrier/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import {
  openTemporaryEventStore,
  withSingleAppends,
  type TemporaryEventStore,
} from '../../infra/event-store/test-support/index.js';
import { paymentProviders, type PaymentProvider } from '../../infra/payment-provider/index.js';
import type { DocumentStore } from '../../infra/document-store/index.js';
import {
  openTemporaryDocumentStore,
  type TemporaryDocumentStore,
} from '../../infra/document-store/test-support/index.js';
import {
  type CommandContext,
  type CommandExecutor,
  type Execution,
  QueueingExecutor,
} from '../../infra/engine/commands/index.js';
import { createDispatcher } from '../dispatcher.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { createSagaRunner, type SagaRunner } from '../../infra/engine/sagas/index.js';
import type { Dispatch } from '../saga.js';
import { sagas } from '../index.js';
import {
  Fuse,
  fusedCarrier,
  fusedEventStore,
  fusedExecutor,
  fusedJoints,
  fusedProvider,
  fusedDocuments,
} from './fuse.js';
import { address, buyer, productFacts } from './purchase.js';
import { ManualClock } from '../../infra/engine/sagas/test-support/manual-clock.js';
import { ScriptedProvider } from './scripted-provider.js';

const noSnapshots = { load: async () => undefined, save: async () => undefined };
const executorOn = (store: EventStore): QueueingExecutor => new QueueingExecutor({ store, snapshots: noSnapshots });
const steadyCarrier: Carrier = {
  book: async ({ shipmentId }) => ({ carrier: 'Post', trackingNumber: `T-${shipmentId}` }),
};
export const serverSecret = Buffer.alloc(32, 7);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

const asCustomer = (commandId: string = randomUUID()): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: null,
  actor: 'anonymous',
  repeatable: false,
});

/** What decides commands in a process. */
export interface Deciding {
  readonly executor: CommandExecutor;
}

/** A runner with the process it lives in. */
export interface RunningSagas extends Deciding {
  readonly runner: SagaRunner;
  readonly fuse: Fuse;
}

export interface SagaProcess {
  readonly fuse?: Fuse;
  /** Whether its store appends to several streams at once. */
  readonly joint?: boolean;
  /** Whether steps are taken before their event is recorded. */
  readonly inline?: boolean;
  /** Stands between runner and dispatcher. */
  readonly around?: (dispatch: Dispatch) => Dispatch;
  /** Stands between its commands and its store. */
  readonly aroundStore?: (store: EventStore) => EventStore;
  /** Stands between its runner and its store. */
  readonly aroundLog?: (store: EventStore) => EventStore;
  readonly provider?: PaymentProvider;
  readonly carrier?: Carrier;
}

export interface CheckoutOptions {
  readonly client?: string;
  /** Whose command API takes the checkout. */
  readonly by?: Deciding;
  readonly orderId?: string;
  /** The same request once more: its cart is there. */
  readonly again?: boolean;
  readonly personId?: string;
  /** The account that checks out. */
  readonly customerId?: string;
  /** Those in force; none where they are left out. */
  readonly inForce?: PromotionsInForce;
  /** Put in the cart before. */
  readonly coupon?: CouponFacts;
  /** Ids of the gift cards that pay first. */
  readonly giftCards?: readonly string[];
}

/** A shop with real stores and aggregates around the sagas; provider, carrier and time are the test's. */
export class Shop {
  readonly clock = new ManualClock();
  /** By the name that the command API of specs records, so that both go together. */
  readonly provider = new ScriptedProvider('sandbox');
  readonly executor: QueueingExecutor;

  private constructor(
    private readonly log: TemporaryEventStore,
    private readonly kept: TemporaryDocumentStore,
  ) {
    this.executor = executorOn(log.store);
  }

  static async open(): Promise<Shop> {
    return new Shop(await openTemporaryEventStore(), await openTemporaryDocumentStore());
  }

  get store(): TemporaryEventStore['store'] {
    return this.log.store;
  }

  get documents(): DocumentStore {
    return this.kept.store;
  }

  async close(): Promise<void> {
    await this.log.cleanup();
    await this.kept.close();
  }

  /** A new process with sagas; nothing of an earlier one's memory is in it. */
  async start({
    fuse = new Fuse(),
    joint = true,
    inline = true,
    around = (dispatch) => dispatch,
    aroundStore = (store) => store,
    aroundLog = (store) => store,
    provider = this.provider,
    carrier = steadyCarrier,
  }: SagaProcess = {}): Promise<RunningSagas> {
    const store = joint ? this.log.store : withSingleAppends(this.log.store);
    const eventStore = aroundLog(fusedEventStore(store, fuse));
    const commandStore = aroundStore(fusedJoints(store, fuse));
    const executor = executorOn(commandStore);
    const dispatch = createDispatcher({
      executor: fusedExecutor(executor, fuse),
      eventStore,
      providers: paymentProviders(fusedProvider(provider, fuse)),
      carrier: fusedCarrier(carrier, fuse),
      serverSecret,
      now: () => this.clock.now(),
    });
    const runner = createSagaRunner({
      eventStore,
      documents: fusedDocuments(this.documents, fuse),
      sagas,
      dispatch: around(dispatch),
      units: executor,
      clock: this.clock,
      logger: quiet,
    });
    await runner.start();
    if (inline) executor.followUps = runner;
    return { runner, fuse, executor };
  }

  async receive(sku: string, quantity: number, location = 'default'): Promise<void> {
    await this.stock({ type: 'receive-stock', sku, location, quantity });
  }

  stock(command: InventoryCommand & { readonly sku: string }): Promise<void> {
    return this.act(inventoryAggregate, command.sku, command);
  }

  variant(sku: string, command: VariantCommand): Promise<void> {
    return this.act(variantAggregate, sku, command);
  }

  priceList(code: string, command: PriceListCommand): Promise<void> {
    return this.act(priceListAggregate, code, command);
  }

  /** Products that are told of changes of the list. */
  listed(code: string, skus: readonly string[]): Promise<void> {
    return this.act(listedProductsAggregate, code, { type: 'add-products', code, skus });
  }

  order(id: string, command: OrderCommand): Promise<void> {
    return this.act(orderAggregate, id, command);
  }

  promotion(id: string, command: PromotionCommand): Promise<void> {
    return this.act(promotionAggregate, id, command);
  }

  /** As a webhook would. */
  async payment(orderId: string, command: PaymentCommand, by?: Deciding): Promise<void> {
    const context = asCustomer(by === undefined ? undefined : deriveId(orderId, command.type));
    await this.carryOut({ aggregate: paymentAggregate, id: paymentIdOf(orderId), command, context }, by);
  }

  /** A cart that is checked out by another process than those with sagas, unless one is named; answers its order's id. */
  async checkOut(
    lines: readonly SkuQuantity[],
    token: string | null = 'tok_ok',
    {
      client,
      by,
      orderId = randomUUID(),
      again = false,
      personId = 'person-1',
      inForce = new Map(),
      coupon,
      customerId,
      giftCards = [],
    }: CheckoutOptions = {},
  ): Promise<string> {
    const cartId = `of-${orderId}`;
    const products = new Map(lines.map(({ sku }) => [sku, productFacts(sku)]));
    if (!again) await this.fill(cartId, lines);
    if (coupon !== undefined) await this.act(cartAggregate, cartId, { type: 'add-coupon', coupon, inForce });
    // The same order again is the same command again.
    const context = asCustomer(deriveId(orderId, 'check-out'));
    const checkOut = {
      type: 'check-out',
      orderId,
      orderNumber: orderId.slice(0, 8),
      personId,
      personal: buyer(token),
      giftCards: await Promise.all(giftCards.map((giftCardId) => this.cardFacts(giftCardId))),
      paymentProvider: this.provider.name,
      destination: address,
      products,
      pricing: defaultPricingPolicy,
      promotions: { inForce, isFirstOrder: false },
      acceptPrices: false,
      ...(client === undefined ? {} : { client }),
      ...(customerId === undefined ? {} : { customerId }),
    } as const;
    await this.carryOut({ aggregate: cartAggregate, id: cartId, command: checkOut, context }, by);
    return orderId;
  }

  async issueCard(giftCardId: string, amount: number, currency = 'USD'): Promise<void> {
    const terms = { giftCardId, amount: { amount, currency }, seed: giftCardId, now: '2026-11-01T00:00:00.000Z' };
    await this.act(giftCardAggregate, giftCardId, { type: 'issue-gift-card', ...terms });
  }

  private async cardFacts(giftCardId: string): Promise<GiftCardFacts> {
    const card = spendableCard(await this.recorded(giftCardAggregate, giftCardId), 'USD');
    if (card === null) throw new Error(`there is no gift card ${giftCardId}`);
    return { giftCardId, ...card };
  }

  /** What was captured for an order so far, as the command API asks its payment and its gift cards. */
  async captured(orderId: string): Promise<Captured> {
    const order = await this.recorded(orderAggregate, orderId);
    const { tenders = [], currency } = order.status === 'none' ? { currency: 'USD' } : order.order;
    const payment = paymentView(await this.recorded(paymentAggregate, paymentIdOf(orderId)));
    const ofCards = tenders.map(async ({ giftCardId }) => {
      const { captured } = cardOfOrder(await this.recorded(giftCardAggregate, giftCardId), orderId);
      return { giftCardId, amount: { amount: captured, currency } };
    });
    return { captured: payment?.captured ?? { amount: 0, currency }, capturedOfCards: await Promise.all(ofCards) };
  }

  /** The state of an aggregate by all that is recorded now, whichever process recorded it. */
  recorded<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
  ): Promise<State> {
    return this.executor.stateAt(aggregate, id, Number.MAX_SAFE_INTEGER);
  }

  private async fill(cartId: string, lines: readonly SkuQuantity[]): Promise<void> {
    await this.act(cartAggregate, cartId, { type: 'open-cart', cartId, currency: 'USD' });
    for (const { sku, quantity } of lines) {
      await this.act(cartAggregate, cartId, { type: 'add-item', product: productFacts(sku), quantity });
    }
  }

  /** The process has taken all there is, and nothing is under way (or its fuse has blown). */
  async atRest({ runner, fuse }: RunningSagas): Promise<void> {
    for (let calm = 0; calm < 3 && !fuse.blown;) {
      await new Promise((resolve) => setImmediate(resolve));
      const { caughtUp, position, work } = runner.status();
      const isCalm = caughtUp && work === 0 && position === (await this.store.head());
      calm = isCalm ? calm + 1 : 0;
      // Whoever looked again at once would take the processor from the threads that are waited for.
      if (!isCalm) await pause(1);
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

  /** What the log has by now, whoever recorded it. */
  folded<State, Command, Event extends DomainEvent, Answer>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    read: (state: State) => Answer,
  ): Promise<Answer> {
    return executorOn(this.log.store).query(aggregate, id, read);
  }

  async stockOf(sku: string): Promise<{ readonly onHand: number; readonly reserved: number }> {
    return this.executor.query(inventoryAggregate, sku, ({ onHand, reserved }) => ({ onHand, reserved }));
  }

  act<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
  ): Promise<void> {
    return this.carryOut({ aggregate, id, command, context: asCustomer() });
  }

  /** In another process than those with sagas, unless one is named. */
  private async carryOut<State, Command, Event extends DomainEvent>(
    execution: Omit<Execution<State, Command, Event, null>, 'answer'>,
    by?: Deciding,
  ): Promise<void> {
    const executor = by?.executor ?? executorOn(this.log.store);
    const outcome = await executor.execute({ ...execution, answer: () => null });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  }
}
