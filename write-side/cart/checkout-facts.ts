import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { cartAggregate, cartDecider } from '../../domain/cart/index.js';
import type { CheckOut } from '../../domain/cart/index.js';
import { orderAggregate, wasConfirmed } from '../../domain/order/index.js';
import { admittedCheckouts, quotaAggregate } from '../../domain/quota/index.js';
import type { AdmittedCheckout, Standing } from '../../domain/quota/index.js';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { actorOf, clientOf, optionalPrincipal } from '../../infra/http/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { Channels } from '../shared/channels.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import { PricingTerms } from '../shared/pricing-terms.js';
import { ProductFacts } from '../shared/product-facts.js';
import type { WriteScope } from '../shared/write-scope.js';

/** What a checkout needs to know of its cart before it is decided. */
export interface CartFacts {
  readonly skus: readonly string[];
  readonly channel: string | undefined;
  readonly currency: string;
}

/** Where it goes, and the account whose order it becomes; undefined for a guest's. */
interface CheckoutDestination {
  readonly country: string;
  readonly customerId: string | undefined;
}

/** Gathers what other aggregates say about a checkout: products, the pricing policy, the promotions in force, customer and channel. */
@Injectable()
export class CheckoutFacts {
  constructor(
    private readonly products: ProductFacts,
    private readonly terms: PricingTerms,
    private readonly channels: Channels,
  ) {}

  /** @throws ProblemError 422 CHANNEL.NOT_SOLD where the channel of the cart does not sell to the country */
  async of(
    { skus, channel, currency }: CartFacts,
    { country, customerId }: CheckoutDestination,
  ): Promise<Pick<CheckOut, 'products' | 'pricing' | 'promotions'>> {
    await this.channels.require(channel, [{ path: 'shippingAddress.country', wanted: { currency, country } }]);
    const [products, pricing, promotions] = await Promise.all([
      this.products.ofAll(skus),
      this.terms.policy(),
      this.terms.promotions(() => Promise.resolve(customerId)),
    ]);
    return { products, pricing, promotions };
  }
}

/** After this long a checkout of another request has been recorded, or never will be. */
const RECORDED_WITHIN_MS = 10_000;

/** Limits the number of checkouts that a client has and that are not settled; see `domain/quota`. */
@Injectable()
export class CheckoutQuota {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  /** Makes a keyed hash of the principal, else of the client's address; undefined where nothing is limited. */
  clientOf(request: FastifyRequest): string | undefined {
    if (!this.config.abuseLimits) return undefined;
    const principal = optionalPrincipal(request);
    const who = principal === null ? `address:${clientOf(request)}` : `principal:${actorOf(principal)}`;
    return createHmac('sha256', this.config.serverSecret).update(`client:${who}`).digest('hex').slice(0, 32);
  }

  /**
   * Admits a checkout that its cart would accept. A checkout that the cart refuses does not count.
   * @throws ProblemError 429 with Retry-After
   */
  async admit(cartId: string, command: CheckOut, scope: WriteScope): Promise<void> {
    const { client, orderId } = command;
    if (client === undefined || !(await this.isNew(cartId, command))) return;
    const now = new Date();
    const standings = new Map<string, Standing>();
    for (const checkout of await this.executor.query(quotaAggregate, client, admittedCheckouts)) {
      standings.set(checkout.orderId, await this.standingOf(checkout, now));
    }
    await scope.beside({
      aggregate: quotaAggregate,
      id: client,
      command: { type: 'admit-checkout', client, orderId, cartId, now: now.toISOString(), standings },
    });
  }

  /** Checks that the checkout is not recorded yet by an earlier try of the request, and that its cart will accept it. */
  private isNew(cartId: string, command: CheckOut): Promise<boolean> {
    return this.executor.query(cartAggregate, cartId, (cart) => {
      const decision = cartDecider.decide(command, cart);
      return decision.accepted && decision.events.length > 0;
    });
  }

  private async standingOf({ orderId, cartId, at }: AdmittedCheckout, now: Date): Promise<Standing> {
    const order = await this.executor.query(orderAggregate, orderId, (state): Standing | 'none' => {
      if (state.status === 'none' || state.status === 'pending') return state.status;
      return wasConfirmed(state) ? 'confirmed' : 'refused';
    });
    if (order !== 'none') return order;
    const recorded = await this.executor.query(
      cartAggregate,
      cartId,
      (cart) => cart.status === 'checked-out' && cart.orderId === orderId,
    );
    return recorded || now.getTime() - at < RECORDED_WITHIN_MS ? 'pending' : 'lost';
  }
}
