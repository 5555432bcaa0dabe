import { Inject, Injectable, Logger } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LRUCache } from 'lru-cache';
import { cartAggregate } from '../../domain/cart/index.js';
import type { CartCheckedOut, CartEvent, CartState, CheckOut } from '../../domain/cart/index.js';
import { orderAggregate, rejectionOf } from '../../domain/order/index.js';
import type { OrderCancelled, OrderConfirmed, OrderRejected, Rejection } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { asEvent, EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { KEY_STORE } from '../../infra/key-store/index.js';
import type { KeyStore } from '../../infra/key-store/index.js';
import { PAYMENT_PROVIDERS } from '../../infra/payment-provider/index.js';
import type { PaymentProviders } from '../../infra/payment-provider/index.js';
import { accessTokenOf, addressOf, moneyOf, omitNullish, problem, ProblemError } from '../../infra/http/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import type { Position } from '../../infra/shared/position.js';
import { COMMAND_EXECUTOR, EVENT_WATCH, type EventWatch } from '../shared/index.js';
import type { Accepted, WriteAnswer, WriteScope } from '../shared/write-scope.js';
import { CheckoutFacts, CheckoutQuota, type CartFacts } from './checkout-facts.js';
import { CheckOutCart } from './cart.commands.js';
import { NamedGiftCards } from './named-gift-cards.js';

interface CheckoutPlaced {
  readonly orderId: string;
  /** Seconds that the client waits for the order to settle; 0: only until it is open. */
  readonly wait: number;
  /** Position of the checkout itself. */
  readonly recorded: Position | null;
  /** The checkout was recorded earlier: its order may have settled long ago. */
  readonly repeated: boolean;
}

/** The progress of the order that a checkout opens. */
interface CheckoutProgress {
  readonly status: 'pending' | 'confirmed' | 'rejected' | 'cancelled';
  readonly rejection?: Rejection;
  /** Revision of the order. */
  readonly revision: number;
  readonly position: Position | null;
}

const OPENED = ['order.opened.v1'];
const SETTLED = ['order.confirmed.v1', 'order.rejected.v1', 'order.cancelled.v1'];
/** An order opens at once. Should it take longer than this, the client gets its 202 all the same. */
const OPENING_MS = 5000;

/** The order's first events of each kind, as far as they are known. */
interface Milestones {
  readonly opened?: RecordedEvent;
  readonly settled?: RecordedEvent;
}

const MOST_NAMED = 1_000;
const SILENCE_MS = 3_600_000;

/** Tells operators of promotions that checkouts were priced without, each once an hour: shoppers go on, and somebody has to mend it. */
@Injectable()
export class FailedPromotions {
  private readonly logger = new Logger('promotions');
  private readonly named = new LRUCache<string, true>({ max: MOST_NAMED, ttl: SILENCE_MS });

  tell({ orderId, failedPromotions = [] }: Pick<CartCheckedOut['data'], 'orderId' | 'failedPromotions'>): void {
    for (const { promotionId, error } of failedPromotions) {
      if (this.named.has(promotionId)) continue;
      this.named.set(promotionId, true);
      this.logger.error(
        `the promotion ${promotionId} could not be worked out, and order ${orderId} is priced without it: ${error}; ` +
          'GET /v1/promotions/{id} says how many are',
      );
    }
  }
}

/** Follows a checkout to its order: until it is open, or as long as the client waits until it has settled. */
@Injectable()
export class CheckoutWatch {
  constructor(
    @Inject(EVENT_WATCH) private readonly events: EventWatch,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'read'>,
    private readonly failed: FailedPromotions,
  ) {}

  /** Tells what somebody has to know of a checkout; for the answer of its command. */
  readonly checkedOut = (_cart: CartState, [event]: readonly CartEvent[]): null => {
    if (event?.type === 'cart.checked-out.v1') this.failed.tell(event.data);
    return null;
  };

  async placed({ orderId, wait, recorded, repeated }: CheckoutPlaced): Promise<CheckoutProgress> {
    const stream = streamOf(orderAggregate.category, orderId);
    const known = repeated ? await this.soFar(stream) : {};
    // A client that does not wait gets the first answer again, in which the order was pending.
    if (wait > 0) {
      const settled = known.settled ?? (await this.events.next(stream, SETTLED, wait * 1000));
      if (settled !== null) return settledBy(settled);
    }
    const opened = known.opened ?? (await this.events.next(stream, OPENED, wait > 0 ? 0 : OPENING_MS));
    return { status: 'pending', revision: opened?.revision ?? 0, position: opened?.position ?? recorded };
  }

  /** Reads the order up to its settlement: later events, such as the cancellation of a confirmed order, are not the checkout's. */
  private async soFar(stream: string): Promise<Milestones> {
    let opened: RecordedEvent | undefined;
    for await (const event of this.log.read(stream)) {
      opened ??= event;
      if (SETTLED.includes(event.type)) return { opened, settled: event };
    }
    return opened === undefined ? {} : { opened };
  }
}

function settledBy(recorded: RecordedEvent): CheckoutProgress {
  const { revision, position } = recorded;
  const event = asEvent<OrderConfirmed | OrderCancelled | OrderRejected>(recorded);
  if (event.type === 'order.confirmed.v1') return { status: 'confirmed', revision, position };
  if (event.type === 'order.cancelled.v1') return { status: 'cancelled', revision, position };
  return { status: 'rejected', rejection: rejectionOf(event.data), revision, position };
}

type Checkout = CheckOutCart['data'];

const MAX_TRIES = 3;

/** Checks a cart out by one append to it, from which the order follows, also after a crash. */
@CommandHandler(CheckOutCart)
export class CheckOutCartHandler implements ICommandHandler<CheckOutCart> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(KEY_STORE) private readonly keys: KeyStore,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    private readonly facts: CheckoutFacts,
    private readonly giftCards: NamedGiftCards,
    private readonly quota: CheckoutQuota,
    private readonly watch: CheckoutWatch,
  ) {}

  async execute({ scope, data }: CheckOutCart): Promise<WriteAnswer> {
    const { cartId, customerId, client, wait } = data;
    const { orderId, orderNumber } = scope.newOrder();
    const outcome = await this.record(scope, cartId, async () => ({
      ...(await this.command(data)),
      ...omitNullish({ customerId, client }),
      orderId,
      orderNumber,
    }));
    const accessToken = accessTokenOf(this.config.serverSecret, orderId);
    const placed = await this.watch.placed({ orderId, wait, recorded: outcome.position, repeated: outcome.repeated });
    const { status, rejection, revision, position } = placed;
    return {
      status: status === 'pending' ? 202 : 201,
      body: { orderId, orderNumber, status, accessToken, ...(rejection && { rejection }) },
      revision,
      position,
      location: `/v1/orders/${orderId}`,
    };
  }

  /** Records the checkout. Where the cart gets a line after its products were looked up, they are looked up once more. */
  private async record(scope: WriteScope, id: string, command: () => Promise<CheckOut>): Promise<Accepted<null>> {
    const fixed = { aggregate: cartAggregate, id, missing: 'CART.NOT_FOUND', answer: this.watch.checkedOut } as const;
    for (let tries = 1; ; tries++) {
      try {
        const checkOut = await command();
        await this.quota.admit(id, checkOut, scope);
        return await scope.execute({ ...fixed, command: checkOut });
      } catch (error) {
        const isLineUnknown = error instanceof ProblemError && error.code === 'PRODUCT.UNKNOWN_SKU';
        if (!isLineUnknown || tries === MAX_TRIES) throw error;
      }
    }
  }

  private async command({ cartId, body, customerId }: Checkout): Promise<Omit<CheckOut, 'orderId' | 'orderNumber'>> {
    const cart = await this.executor.query(cartAggregate, cartId, factsOf);
    // A cart that does not exist must not make its buyer a person of the key store.
    if (cart === null) throw problem('CART.NOT_FOUND', 'There is no such cart.');
    const { email, shippingAddress, billingAddress, shippingMethod, acceptPrices, expectedTotal, payment } = body;
    const codes = payment.giftCards ?? [];
    const giftCards = codes.length === 0 ? [] : await this.giftCards.of(codes, cart.currency);
    const destination = addressOf(shippingAddress);
    const [personId, facts] = await Promise.all([
      this.keys.personFor(email),
      this.facts.of(cart, { country: destination.country, customerId }),
    ]);
    return {
      type: 'check-out',
      personId,
      personal: {
        email,
        shippingAddress: destination,
        ...(billingAddress && { billingAddress: addressOf(billingAddress) }),
        ...omitNullish({ paymentToken: payment.token }),
      },
      ...(giftCards.length > 0 && { giftCards }),
      paymentProvider: this.providers.preferred.name,
      destination,
      ...omitNullish({ shippingMethod }),
      ...facts,
      acceptPrices: acceptPrices ?? false,
      ...(expectedTotal && { expectedTotal: moneyOf(expectedTotal) }),
    };
  }
}

const factsOf = (cart: CartState): CartFacts | null =>
  cart.status === 'none' ? null : { skus: [...cart.lines.keys()], channel: cart.channel, currency: cart.currency };
