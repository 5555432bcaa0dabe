import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { cartAggregate } from '../../domain/cart/index.js';
import type { CartState, CheckOut } from '../../domain/cart/index.js';
import type { PricingPolicy } from '../../domain/pricing/index.js';
import { CONFIG, PRICING_POLICY } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { KEY_STORE } from '../../infra/key-store/index.js';
import type { KeyStore } from '../../infra/key-store/index.js';
import { PAYMENT_PROVIDERS } from '../../infra/payment-provider/index.js';
import type { PaymentProviders } from '../../infra/payment-provider/index.js';
import { accessTokenOf, addressOf, moneyOf, problem, ProblemError } from '../../infra/http/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { omitNullish } from '../shared/omit-nullish.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import { ProductFacts } from '../shared/product-facts.js';
import type { WriteAnswer } from '../shared/write-answer.js';
import type { Accepted, WriteScope } from '../shared/write-scope.js';
import { CheckoutQuota } from './checkout-quota.js';
import { CheckoutWatch } from './checkout-watch.js';
import type { CheckoutBody } from './cart.bodies.js';
import { CheckOutCart } from './cart.commands.js';

const MAX_TRIES = 3;

/** Checkout is one append to the cart; the order follows from it, also after a crash. */
@CommandHandler(CheckOutCart)
export class CheckOutCartHandler implements ICommandHandler<CheckOutCart> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(PRICING_POLICY) private readonly pricing: PricingPolicy,
    @Inject(KEY_STORE) private readonly keys: KeyStore,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    private readonly products: ProductFacts,
    private readonly quota: CheckoutQuota,
    private readonly watch: CheckoutWatch,
  ) {}

  async execute({ scope, data }: CheckOutCart): Promise<WriteAnswer> {
    const { cartId, body, customerId, client, wait } = data;
    const { orderId, orderNumber } = scope.newOrder();
    const outcome = await this.record(scope, cartId, async () => ({
      ...(await this.command(cartId, body)),
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

  /** A cart may get a line, here or by another process, after its products were looked up: then they are once more. */
  private async record(scope: WriteScope, id: string, command: () => Promise<CheckOut>): Promise<Accepted<null>> {
    const fixed = { aggregate: cartAggregate, id, missing: 'CART.NOT_FOUND', answer: () => null } as const;
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

  private async command(cartId: string, body: CheckoutBody): Promise<Omit<CheckOut, 'orderId' | 'orderNumber'>> {
    const skus = await this.executor.query(cartAggregate, cartId, skusOf);
    // Nobody becomes a person known to us by a cart that is not there.
    if (skus === null) throw problem('CART.NOT_FOUND', 'There is no such cart.');
    const { email, shippingAddress, billingAddress, shippingMethod, acceptPrices, expectedTotal, payment } = body;
    const [personId, products] = await Promise.all([this.keys.personFor(email), this.products.ofAll(skus)]);
    const destination = addressOf(shippingAddress);
    return {
      type: 'check-out',
      personId,
      personal: {
        email,
        shippingAddress: destination,
        ...(billingAddress && { billingAddress: addressOf(billingAddress) }),
        paymentToken: payment.token,
      },
      paymentProvider: this.providers.preferred.name,
      destination,
      ...omitNullish({ shippingMethod }),
      products,
      pricing: this.pricing,
      acceptPrices: acceptPrices ?? false,
      ...(expectedTotal && { expectedTotal: moneyOf(expectedTotal) }),
    };
  }
}

const skusOf = (cart: CartState): readonly string[] | null => (cart.status === 'none' ? null : [...cart.lines.keys()]);
