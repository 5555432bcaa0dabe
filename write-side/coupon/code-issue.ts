import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { bucketOf, couponAggregate, takenCodes } from '../../domain/coupon/index.js';
import type { Batch, CouponCommand, IdentifiedCode, RequestedCoupons } from '../../domain/coupon/index.js';
import { CONFIG, type Config } from '../../infra/config/index.js';
import type { CommandContext, CommandExecutor, Outcome } from '../../infra/engine/commands/index.js';
import { problem } from '../../infra/http/index.js';
import { inParallel } from '../../infra/shared/in-parallel.js';
import type { Position } from '../../infra/shared/position.js';
import { couponIdOf } from '../shared/coupon-id.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import { generatedCodes } from './generated-codes.js';

/** Buckets that are asked, or appended to, at once. */
const WORKERS = 32;
/** Codes that are made before others get their turn. */
const AT_ONCE = 2_000;

/** A bucket with the codes of a request that belong in it. */
type Part = readonly [bucket: string, codes: readonly IdentifiedCode[]];

/** What became of the codes. */
interface Issued {
  /** Another batch has them. */
  readonly taken: IdentifiedCode[];
  /** Not issued, as others of their bucket are taken. */
  readonly left: IdentifiedCode[];
  position: Position | null;
}

/** A request for coupons that is recorded. */
export interface RecordedRequest {
  readonly batch: Batch;
  readonly coupons: RequestedCoupons;
  readonly context: CommandContext;
}

/**
 * Issues the codes of a batch, each in its bucket. A bucket knows what the batch has issued there, so that a request that is sent again
 * goes on where it was interrupted.
 */
@Injectable()
export class CodeIssue {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'serverSecret'>,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  /** @throws ProblemError COUPON.CODE_TAKEN naming the codes that another batch has */
  async checkFree(batchId: string, codes: readonly string[]): Promise<void> {
    const taken: IdentifiedCode[] = [];
    await inParallel(partsOf(await this.identified(codes)), WORKERS, async (part) => {
      taken.push(...(await this.takenOf(part, batchId)));
    });
    if (taken.length > 0) throw codesTaken(taken);
  }

  /**
   * Answers the position up to which a read has to have come that shows them. Generated codes that are taken give way to others; given ones
   * that somebody has taken since they were looked at take all of them back.
   * @throws ProblemError COUPON.CODE_TAKEN
   */
  async issue(request: RecordedRequest): Promise<Position | null> {
    const { batch, coupons } = request;
    if (coupons.kind === 'given') return this.issueGiven(await this.identified(coupons.codes), request);
    const codes = generatedCodes(this.config.serverSecret, batch.batchId, coupons);
    const issued: Issued = { taken: [], left: await this.identified(take(codes, coupons.count)), position: null };
    while (issued.left.length > 0) {
      await this.issueParts(issued.left.splice(0), request, issued);
      issued.left.push(...(await this.identified(take(codes, issued.taken.splice(0).length))));
    }
    return issued.position;
  }

  private async issueGiven(codes: readonly IdentifiedCode[], request: RecordedRequest): Promise<Position | null> {
    const issued: Issued = { taken: [], left: [], position: null };
    await this.issueParts(codes, request, issued);
    if (issued.taken.length === 0) return issued.position;
    const { batchId } = request.batch;
    await inParallel(partsOf(codes), WORKERS, async ([bucket]) => {
      await this.execute(bucket, { type: 'withdraw-codes', bucket, batchId }, request);
    });
    throw codesTaken(issued.taken);
  }

  /** The first bucket goes first, so that of two requests for the same codes one gets all of them. */
  private async issueParts(codes: readonly IdentifiedCode[], request: RecordedRequest, issued: Issued): Promise<void> {
    const [first, ...others] = partsOf(codes);
    const issue = (part: Part): Promise<void> => this.issuePart(part, request, issued);
    if (first !== undefined) await issue(first);
    await inParallel(others, WORKERS, issue);
  }

  private async issuePart(part: Part, request: RecordedRequest, issued: Issued): Promise<void> {
    const [bucket, codes] = part;
    const { batch } = request;
    const outcome = await this.execute(bucket, { type: 'issue-codes', bucket, ...batch, codes }, request);
    if (outcome.kind === 'accepted') {
      const { position } = outcome;
      if (position !== null && (issued.position === null || position > issued.position)) issued.position = position;
      return;
    }
    const taken = new Set(await this.takenOf(part, batch.batchId));
    for (const code of codes) (taken.has(code) ? issued.taken : issued.left).push(code);
  }

  /** A bucket recognises what is repeated by the batch, so that each command may have an id of its own. */
  private execute(bucket: string, command: CouponCommand, { context }: RecordedRequest): Promise<Outcome<null>> {
    return this.executor.execute({
      aggregate: couponAggregate,
      id: bucket,
      command,
      context: { ...context, commandId: randomUUID(), repeatable: false },
      answer: () => null,
    });
  }

  private takenOf([bucket, codes]: Part, batchId: string): Promise<readonly IdentifiedCode[]> {
    return this.executor.query(couponAggregate, bucket, (state) => takenCodes(state, batchId, codes));
  }

  private async identified(codes: Iterable<string>): Promise<IdentifiedCode[]> {
    const identified: IdentifiedCode[] = [];
    for (const code of codes) {
      identified.push({ couponId: couponIdOf(this.config.serverSecret, code), code });
      if (identified.length % AT_ONCE === 0) await setImmediate();
    }
    return identified;
  }
}

function* take<Item>(source: Iterator<Item>, count: number): Generator<Item> {
  for (let n = 0; n < count; n += 1) {
    const item = source.next();
    if (item.done === true) return;
    yield item.value;
  }
}

/** In the order of the buckets. */
function partsOf(codes: readonly IdentifiedCode[]): readonly Part[] {
  const parts = new Map<string, IdentifiedCode[]>();
  for (const code of codes) {
    const bucket = bucketOf(code.couponId);
    const part = parts.get(bucket);
    if (part === undefined) parts.set(bucket, [code]);
    else part.push(code);
  }
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function codesTaken(taken: readonly IdentifiedCode[]) {
  const codes = taken.map(({ code }) => code).sort();
  const more = codes.length > 1 ? `, and ${codes.length - 1} more` : '';
  return problem('COUPON.CODE_TAKEN', `Nothing was created, as there is a coupon ${codes[0]}${more}.`, {
    extra: { codes },
    isPersonal: true,
  });
}
