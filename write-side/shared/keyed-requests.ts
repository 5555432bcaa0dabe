import { Inject, Injectable } from '@nestjs/common';
import { problem, ProblemError, refused } from '../../infra/http/index.js';
import { AnswerCache } from './answer-cache.js';
import type { KeyedResult } from './answer-cache.js';
import type { Settled } from '../../infra/engine/commands/index.js';
import { KEPT_OUTCOMES } from './index.js';
import type { KeptOutcomes } from './kept-outcomes.js';
import { keyReused, type WriteAnswer } from './write-scope.js';

/** A request with an Idempotency-Key. */
export interface KeyedRequest {
  readonly commandId: string;
  readonly requestHash: string;
  readonly requestId: string;
}

/** Carries out the write; it is given the kept outcome of the same request, which is in no event of the log. */
export type KeyedWork = (settled: Settled | undefined) => Promise<Written>;

export interface Written {
  readonly answer: WriteAnswer;
  /** The revision at which the write changed nothing; undefined where it recorded events. */
  readonly unchangedAt: number | undefined;
}

/**
 * Answers requests with an Idempotency-Key once: the same key and body get the first answer again, from memory, from the log or from
 * the kept outcomes. A key with another body is refused, and so is one whose first request is still under way.
 */
@Injectable()
export class KeyedRequests {
  private readonly answers = new AnswerCache();

  constructor(@Inject(KEPT_OUTCOMES) private readonly kept: KeptOutcomes) {}

  async once(request: KeyedRequest, work: KeyedWork): Promise<WriteAnswer> {
    const { commandId, requestHash } = request;
    const known = this.answers.find(commandId);
    if (known !== undefined) {
      if (known.requestHash !== requestHash) throw keyReused();
      return answerOf(known.result);
    }
    this.answers.begin(commandId, requestHash);
    let result: KeyedResult | null = null;
    try {
      result = await this.resultOf(request, work);
    } finally {
      this.answers.end(commandId, result !== null && isKept(result) ? result : null);
    }
    return answerOf(result);
  }

  private async resultOf(request: KeyedRequest, work: KeyedWork): Promise<KeyedResult> {
    const before = await this.kept.find(request.commandId);
    if (before !== undefined && before.requestHash !== request.requestHash) throw keyReused();
    try {
      const { answer, unchangedAt } = await work(before?.settled);
      if (unchangedAt !== undefined && before === undefined) await this.keep(request, { unchangedAt });
      return { answer };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (before !== undefined && 'refusal' in before.settled) {
        return { refusal: refused(before.settled.refusal, before) };
      }
      const { code, detail, extra } = error;
      const refusal = { code, detail, ...(extra !== undefined && { extra }) };
      await this.keep(request, { refusal });
      return { refusal: refused(refusal, request) };
    }
  }

  private keep({ commandId, requestHash, requestId }: KeyedRequest, settled: Settled): Promise<void> {
    return this.kept.keep(commandId, { requestHash, requestId, settled });
  }
}

const isKept = (result: KeyedResult): boolean => !('answer' in result && result.answer.isPersonal === true);

function answerOf(result: KeyedResult | null): WriteAnswer {
  if (result === null) throw problem('REQUEST.IN_PROGRESS', 'A request with this Idempotency-Key is being answered.');
  if ('refusal' in result) throw result.refusal;
  return result.answer;
}

/** Tells refusals by a rule, which are kept, from failed validations and from what may not occur again or may not be kept. */
const isRefusal = (error: unknown): error is ProblemError =>
  error instanceof ProblemError &&
  !error.isPersonal &&
  !error.code.startsWith('REQUEST.') &&
  [404, 409].includes(error.status);
