import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { cartReads } from './cart/index.js';
import { catalogReads } from './catalog/index.js';
import { eventReads } from './events/index.js';
import { inventoryReads } from './inventory/index.js';
import { orderReads } from './order/index.js';
import { paymentReads } from './payment/index.js';
import { projectionReads } from './projections/index.js';
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
  projectionReads,
  eventReads,
];

/**
 * The query API. Expects from a global module: CONFIG, PRICING_POLICY, EVENT_STORE, READ_STORE,
 * PROJECTION_PROGRESS.
 */
@Module({
  imports: [CqrsModule],
  controllers: contexts.flatMap(({ controllers }) => controllers),
  providers: [ReadConsistency, ParkedDocuments, ...contexts.flatMap(({ handlers }) => handlers)],
})
export class ReadApiModule {}
