import { productAggregate } from '../../domain/catalog/index.js';
import type { ProductEvent } from '../../domain/catalog/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { Decision } from '../../domain/shared/index.js';
import type { ExpectedRevision } from '../../infra/event-store/index.js';
import { refused } from '../../infra/http/index.js';
import { PendingAppend, eventsToAppend } from '../../infra/engine/commands/index.js';
import { contextBeside, type WriteScope } from '../shared/write-scope.js';

export interface DecidedProduct {
  readonly productId: string;
  readonly decision: Decision<ProductEvent>;
  readonly expectedRevision: ExpectedRevision;
}

/**
 * Makes the append of a product's events that is joined to the events of its variant; undefined without events.
 * @throws ProblemError the product's command was refused
 */
export function joinedProduct(
  scope: WriteScope,
  { productId, decision, expectedRevision }: DecidedProduct,
): PendingAppend | undefined {
  if (!decision.accepted) throw refused(decision.refusal);
  if (decision.events.length === 0) return undefined;
  const { category } = productAggregate;
  const events = eventsToAppend(contextBeside(scope.context, category), decision.events);
  return new PendingAppend({ stream: streamOf(category, productId), events, expectedRevision });
}
