import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CONFIG, type Config } from '../infra/config/index.js';
import type { CommandExecutor } from '../infra/engine/commands/index.js';
import { SAGA_STANDINGS, type SagaStandings } from '../infra/engine/sagas/index.js';
import { EVENT_STORE, type EventStore } from '../infra/event-store/index.js';
import { KEY_STORE, type KeyStore } from '../infra/key-store/index.js';
import { PAYMENT_PROVIDERS, type PaymentProviders } from '../infra/payment-provider/index.js';
import { portProviders } from '../infra/shared/port-providers.js';
import { sagaWrites } from './saga/index.js';
import { shippingWrites } from './shipping/index.js';
import { paymentWrites } from './payment/index.js';
import { promotionWrites } from './promotion/index.js';
import { couponWrites } from './coupon/index.js';
import { priceListWrites } from './price-list/index.js';
import { pricingPolicyWrites } from './pricing-policy/index.js';
import { orderWrites } from './order/index.js';
import { giftCardWrites } from './gift-card/index.js';
import { inventoryWrites } from './inventory/index.js';
import { catalogWrites } from './catalog/index.js';
import { channelWrites } from './channel/index.js';
import { cartWrites } from './cart/index.js';
import { Admission } from './shared/admission.js';
import { COMMAND_EXECUTOR, EVENT_WATCH, KEPT_OUTCOMES, type EventWatch } from './shared/index.js';
import type { KeptOutcomes } from './shared/kept-outcomes.js';
import { KeyedRequests } from './shared/keyed-requests.js';
import { Channels } from './shared/channels.js';
import { PricingTerms } from './shared/pricing-terms.js';
import { ProductFacts } from './shared/product-facts.js';
import { WriteGate } from './shared/write-gate.js';

interface ContextWrites {
  readonly controllers: readonly Type[];
  readonly handlers: readonly Type[];
}

const contexts: readonly ContextWrites[] = [
  catalogWrites,
  inventoryWrites,
  cartWrites,
  orderWrites,
  shippingWrites,
  paymentWrites,
  pricingPolicyWrites,
  promotionWrites,
  couponWrites,
  channelWrites,
  priceListWrites,
  giftCardWrites,
  sagaWrites,
];

/** What the command API is run over. */
export interface WriteSidePorts {
  readonly [CONFIG]: Config;
  readonly [EVENT_STORE]: EventStore;
  readonly [KEY_STORE]: KeyStore;
  readonly [PAYMENT_PROVIDERS]: PaymentProviders;
  readonly [COMMAND_EXECUTOR]: CommandExecutor;
  readonly [EVENT_WATCH]: EventWatch;
  readonly [KEPT_OUTCOMES]: KeptOutcomes;
  readonly [SAGA_STANDINGS]: SagaStandings;
}

/** The command API. */
@Module({
  imports: [CqrsModule],
  controllers: contexts.flatMap(({ controllers }) => controllers),
  providers: [
    WriteGate,
    Admission,
    KeyedRequests,
    Channels,
    PricingTerms,
    ProductFacts,
    ...contexts.flatMap(({ handlers }) => handlers),
  ],
})
export class WriteSideModule {
  static over(ports: WriteSidePorts): DynamicModule {
    return { module: WriteSideModule, providers: portProviders({ ...ports }) };
  }
}
