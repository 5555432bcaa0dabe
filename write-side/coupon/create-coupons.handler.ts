import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { couponBatchAggregate, type Batch } from '../../domain/coupon/index.js';
import { promotionAggregate } from '../../domain/promotion/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { problem } from '../../infra/http/index.js';
import { KEY_STORE, type KeyStore } from '../../infra/key-store/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import type { WriteAnswer, WriteScope } from '../shared/write-scope.js';
import { CodeIssue } from './code-issue.js';
import { CreateCoupons } from './coupon.commands.js';

/**
 * Records that coupons are requested, and issues them in the buckets that they belong in. Each of these steps is done once whoever sends
 * the request again, so one that was interrupted goes on where it was.
 */
@CommandHandler(CreateCoupons)
export class CreateCouponsHandler implements ICommandHandler<CreateCoupons> {
  constructor(
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    @Inject(KEY_STORE) private readonly keys: KeyStore,
    private readonly codes: CodeIssue,
  ) {}

  /** @throws ProblemError PROMOTION.NOT_FOUND, PROMOTION.ENDED, PROMOTION.WITHOUT_COUPONS, COUPON.CODE_TAKEN */
  async execute({ scope, data: { promotionId, coupons } }: CreateCoupons): Promise<WriteAnswer> {
    const batchId = scope.newId('coupons');
    const isRequested = await this.executor.query(couponBatchAggregate, batchId, ({ status }) => status !== 'none');
    const revision = await this.promotionFor(promotionId, isRequested ? null : scope);
    const { uses, usesPerCustomer } = coupons;
    const holderId = await this.keys.personFor(promotionId, 'promotion');
    const limits = usesPerCustomer === undefined ? { uses } : { uses, usesPerCustomer };
    const batch: Batch = { promotionId, holderId, batchId, ...limits };
    // What was requested before may be issued in part: then a conflict takes that back.
    if (coupons.kind === 'given' && !isRequested) await this.codes.checkFree(batchId, coupons.codes);
    const count = coupons.kind === 'given' ? coupons.codes.length : coupons.count;
    const requested = await scope.execute({
      aggregate: couponBatchAggregate,
      id: batchId,
      creates: true,
      at: -1,
      command: { type: 'request-batch', ...batch, count },
      answer: () => null,
    });
    const causationId = requested.events.at(-1)?.id ?? null;
    const issued = await this.codes.issue({ batch, coupons, context: { ...scope.context, causationId } });
    return { status: 201, body: { created: count }, revision, position: issued ?? requested.position };
  }

  /** The revision of the promotion; with a scope it has to be at the revision of If-Match, and one that has coupons. */
  private promotionFor(promotionId: string, scope: WriteScope | null): Promise<number> {
    return this.executor.query(promotionAggregate, promotionId, (promotion, revision) => {
      if (scope === null) return revision;
      if (promotion.status === 'none') throw problem('PROMOTION.NOT_FOUND', 'There is no such promotion.');
      scope.requireVersion(revision);
      if (promotion.status === 'ended') throw problem('PROMOTION.ENDED', 'The promotion has ended.');
      if (promotion.details.trigger === 'coupon') return revision;
      throw problem('PROMOTION.WITHOUT_COUPONS', 'Buyers get the promotion without a coupon.');
    });
  }
}
