import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { CONFIG, type Config } from '../infra/config/index.js';
import { PROJECTION_OPERATIONS, type ProjectionOperations } from '../infra/engine/projections/projection-operations.js';
import { PROJECTION_PROGRESS, type ProjectionProgress } from '../infra/engine/projections/progress.js';
import { SAGA_STANDINGS, SAGA_TRIES } from '../infra/engine/sagas/index.js';
import type { SagaStandings, SagaTries } from '../infra/engine/sagas/index.js';
import { EVENT_STORE, SEALED_EVENT_STORE, type EventStore } from '../infra/event-store/index.js';
import { READ_MODEL_STORE, type ReadModelStore } from '../infra/read-model-store/index.js';
import { SEARCH_INDEX, type SearchIndex } from '../infra/search-index/index.js';
import { portProviders } from '../infra/shared/port-providers.js';
import { cartReads } from './cart/index.js';
import { catalogReads } from './catalog/index.js';
import { channelReads } from './channel/index.js';
import { couponReads } from './coupon/index.js';
import { explainReads } from './explain/index.js';
import { EVENT_TYPE_DOCUMENTS, eventReads, type LoadEventTypeDocuments } from './events/index.js';
import { giftCardReads } from './gift-card/index.js';
import { INVARIANT_SWEEP, invariantReads, type InvariantSweep } from './invariants/index.js';
import { inventoryReads } from './inventory/index.js';
import { orderReads } from './order/index.js';
import { paymentReads } from './payment/index.js';
import { promotionReads } from './promotion/index.js';
import { priceListReads } from './price-list/index.js';
import { pricingPolicyReads } from './pricing-policy/index.js';
import { projectionReads } from './projections/index.js';
import { reportReads } from './reports/index.js';
import { sagaReads } from './sagas/index.js';
import { salesReads } from './sales/index.js';
import { ParkedDocuments, ReadConsistency } from './shared/index.js';

interface ContextReads {
  readonly controllers: readonly Type[];
  readonly handlers: readonly Type[];
}

const contexts: readonly ContextReads[] = [
  catalogReads,
  inventoryReads,
  cartReads,
  orderReads,
  paymentReads,
  salesReads,
  reportReads,
  pricingPolicyReads,
  promotionReads,
  couponReads,
  channelReads,
  priceListReads,
  giftCardReads,
  projectionReads,
  sagaReads,
  invariantReads,
  eventReads,
  explainReads,
];

/** What the query API is run over. */
export interface ReadApiPorts {
  readonly [CONFIG]: Config;
  readonly [EVENT_STORE]: EventStore;
  /** The same with what is personal left sealed. */
  readonly [SEALED_EVENT_STORE]: EventStore;
  readonly [READ_MODEL_STORE]: ReadModelStore;
  readonly [SEARCH_INDEX]: SearchIndex;
  readonly [PROJECTION_PROGRESS]: ProjectionProgress;
  readonly [PROJECTION_OPERATIONS]: ProjectionOperations;
  readonly [EVENT_TYPE_DOCUMENTS]: LoadEventTypeDocuments;
  readonly [SAGA_STANDINGS]: SagaStandings;
  readonly [SAGA_TRIES]: SagaTries;
  readonly [INVARIANT_SWEEP]: InvariantSweep;
}

/** The query API. */
@Module({
  imports: [CqrsModule, DiscoveryModule],
  controllers: contexts.flatMap(({ controllers }) => controllers),
  providers: [ReadConsistency, ParkedDocuments, ...contexts.flatMap(({ handlers }) => handlers)],
})
export class ReadApiModule {
  static over(ports: ReadApiPorts): DynamicModule {
    return { module: ReadApiModule, providers: portProviders({ ...ports }) };
  }
}
