import { Inject, Injectable } from '@nestjs/common';
import { productAggregate, productDecider, variantAggregate } from '../../domain/catalog/index.js';
import type { ChangeProduct, ChangeVariant, SetPrices } from '../../domain/catalog/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE, WrongExpectedRevisionError } from '../../infra/event-store/index.js';
import { Mutex } from '../../infra/shared/mutex.js';
import { latest, type Position } from '../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { problem, refused } from '../../infra/http/index.js';
import { type PendingAppend, type CommandExecutor, conflictBackOff } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { contextBeside, keyReused, type WriteScope } from '../shared/write-scope.js';
import { joinedProduct } from './joined-product.js';
import { productThen, versionOf, type ProductKey, type ProductThen, type UpTo } from './product-history.js';

/** What is to change of what the variants of a product share, of what is sold under the SKU, or both. */
export interface WantedChange {
  readonly sku: string;
  readonly details?: ChangeProduct;
  readonly sold?: ChangeVariant | SetPrices;
  /** Makes the answer from what the change came to. */
  readonly show: (then: ProductThen) => object;
}

interface Attempt extends Omit<WantedChange, 'sku'> {
  readonly key: ProductKey;
}

/**
 * Changes a product and its variant in one joint append, or the variant first and then the product where the store has none. A
 * process changes a product one request after the other, so that If-Match holds for both streams.
 */
@Injectable()
export class ProductChanges {
  private readonly products = new Mutex();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  /** @throws ProblemError PRODUCT.UNKNOWN_SKU, PRODUCT.CATEGORY_RESERVED, PRODUCT.INVALID_PRICES */
  async change(scope: WriteScope, { sku, ...change }: WantedChange): Promise<WriteAnswer> {
    const variant = await this.executor.query(variantAggregate, sku, (state) => state);
    if (variant.status === 'none') throw unknownSku();
    const key = { productId: variant.productId, sku };
    return this.products.run(() => this.changeOnce(scope, { key, ...change }), key.productId);
  }

  /** Answers a repeated request from its events, after recording what is missing of them, or from its kept outcome. */
  private async changeOnce(scope: WriteScope, attempt: Attempt): Promise<WriteAnswer> {
    const recorded = scope.context.repeatable ? await this.recorded(scope, attempt.key) : null;
    if (recorded !== null) return this.again(scope, attempt, recorded);
    const { settled } = scope.context;
    if (settled === undefined) return this.changeAnew(scope, attempt);
    if ('refusal' in settled) throw refused(settled.refusal);
    return this.unchanged(scope, attempt, settled.unchangedAt);
  }

  private async changeAnew(scope: WriteScope, attempt: Attempt): Promise<WriteAnswer> {
    for (const backOff = conflictBackOff(); ;) {
      try {
        return await this.tryToChange(scope, attempt);
      } catch (error) {
        // Another process changed the product meanwhile.
        if (!(error instanceof WrongExpectedRevisionError) || !(await backOff.next())) throw error;
      }
    }
  }

  private async tryToChange(scope: WriteScope, attempt: Attempt): Promise<WriteAnswer> {
    const { details, sold } = attempt;
    const { productId, sku } = attempt.key;
    const product = await this.executor.query(productAggregate, productId, (state, revision) => ({ state, revision }));
    if (product.state.status === 'none') throw unknownSku();
    const variantRevision = await this.executor.query(variantAggregate, sku, (_, revision) => revision);
    const version = versionOf(product.revision, variantRevision);
    scope.requireVersion(version);
    let joined: PendingAppend | undefined;
    if (details !== undefined) {
      const decision = productDecider.decide(details, product.state);
      joined = joinedProduct(scope, { productId, decision, expectedRevision: product.revision });
    }
    let position: Position | null = null;
    if (sold !== undefined) {
      const command = { aggregate: variantAggregate, id: sku, at: variantRevision, command: sold, answer: () => null };
      const outcome = await scope.execute(joined === undefined ? command : { ...command, joined });
      if (outcome.events.length > 0) position = outcome.position;
    }
    if (joined !== undefined && details !== undefined) {
      const guard = position === null ? { at: product.revision } : {};
      position = latest([
        position,
        joined.appended?.position ?? (await this.put(scope, { productId, details, ...guard })),
      ]);
    }
    return position === null ? this.unchanged(scope, attempt, version) : this.answer(scope, attempt, { position });
  }

  private async put(
    scope: WriteScope,
    {
      productId,
      details,
      ...guard
    }: { readonly productId: string; readonly details: ChangeProduct; readonly at?: number },
  ): Promise<Position | null> {
    const one = { aggregate: productAggregate, id: productId, command: details, ...guard };
    return (await scope.beside(one)).position;
  }

  /** Finds the events that an earlier try of the request recorded; null where there are none. @throws ProblemError it had another body */
  private async recorded(scope: WriteScope, { productId, sku }: ProductKey): Promise<Recorded | null> {
    const { context } = scope;
    const { commandId } = contextBeside(context, productAggregate.category);
    const [ofProduct, ofVariant] = await Promise.all([
      this.store.findCommand(streamOf(productAggregate.category, productId), commandId),
      this.store.findCommand(streamOf(variantAggregate.category, sku), context.commandId),
    ]);
    const events = [...ofVariant, ...ofProduct];
    if (events.some(({ metadata }) => metadata.requestHash !== context.requestHash)) throw keyReused();
    const position = latest(events.map((event: RecordedEvent) => event.position));
    return position === null ? null : { position, isWhole: ofProduct.length > 0 || this.store.joint };
  }

  /** Answers from the recorded events. Where the product has none, the earlier try ended before it, or did not change the product. */
  private async again(scope: WriteScope, attempt: Attempt, { position, isWhole }: Recorded): Promise<WriteAnswer> {
    const { key, details } = attempt;
    if (isWhole || details === undefined) return this.answer(scope, attempt, { position });
    const then = await this.stateAt(key, { position });
    const decision = productDecider.decide(details, then.product);
    if (decision.accepted && decision.events.length === 0) return this.answer(scope, attempt, { position });
    const put = await this.put(scope, { productId: key.productId, details });
    return this.answer(scope, attempt, { position: latest([position, put]) ?? position });
  }

  private unchanged(scope: WriteScope, attempt: Attempt, version: number): Promise<WriteAnswer> {
    return this.answer(scope, attempt, { version });
  }

  private stateAt(key: ProductKey, upTo: UpTo): Promise<ProductThen> {
    return productThen({ store: this.store, executor: this.executor }, key, upTo);
  }

  private async answer(scope: WriteScope, { key, show }: Attempt, upTo: UpTo): Promise<WriteAnswer> {
    const then = await this.stateAt(key, upTo);
    scope.unchangedAt = 'version' in upTo ? then.version : undefined;
    return { status: 200, body: show(then), revision: then.version, position: then.position };
  }
}

interface Recorded {
  readonly position: Position;
  /** Whether the events of the request are complete. */
  readonly isWhole: boolean;
}

const unknownSku = () => problem('PRODUCT.UNKNOWN_SKU', 'There is no product with this SKU.');
