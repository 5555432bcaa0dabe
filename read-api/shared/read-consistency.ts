import { setTimeout as delay } from 'node:timers/promises';
import { createParamDecorator, Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../domain/shared/index.js';
import { distance, type Position } from '../../infra/shared/position.js';
import { EVENT_STORE, KnownHead } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { CONSISTENCY_TOKEN, problem, readToken, waitSeconds } from '../../infra/http/index.js';
import type { ProblemError } from '../../infra/http/index.js';
import { PROJECTION_PROGRESS } from '../../infra/engine/projections/progress.js';
import type { ModelLook, ProjectionProgress } from '../../infra/engine/projections/progress.js';

/**
 * Whether what a read without a Consistency-Token finds is of now. `behind`: the log has more than the read models show;
 * `unknown`: the log does not say.
 */
export type Lateness = 'no' | 'behind' | 'unknown';

const latenesses = new WeakMap<FastifyRequest, Lateness>();

/** Noted by what waits for the read models, before the route's method. */
export const noteLateness = (request: FastifyRequest, lateness: Lateness): void =>
  void latenesses.set(request, lateness);

/** Whether the read models of a route with `@Reads` were late. */
export const latenessOf = (request: FastifyRequest): Lateness => latenesses.get(request) ?? 'no';

/** The same as a parameter of the route's method. */
export const ReadLate = createParamDecorator((_: unknown, context: ExecutionContext): Lateness =>
  latenessOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The answer where a document is missing and may exist, as the read model is behind: 503 and not 404. */
export const mayExist = (model: string): ProblemError =>
  problem('READ_MODEL.BEHIND', `The read model ${model} has not come so far yet.`, {
    extra: { readModel: model, lag: null },
    headers: { 'retry-after': '1' },
  });

/** How long a read waits where the client does not say, in seconds. */
const DEFAULT_WAIT = 5;
/** How long a read waits for what is in the log before it and that its token does not ask for. */
const COURTESY_MS = 100;
/** Seconds after which a read that came too early may try again. */
const RETRY_AFTER = '1';
/** How often the end of the log is looked up while somebody waits for it. */
const LOOK_MS = 10;

/** What a request wants to see. */
interface Wait {
  /** Null is the beginning. */
  readonly position: Position | null;
  readonly timeoutMs: number;
}

/** Reads that see at least what their Consistency-Token stands for: the one place where a read waits. */
@Injectable()
export class ReadConsistency {
  private readonly head: KnownHead;

  constructor(
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId' | 'head'>,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {
    this.head = new KnownHead(() => log.head());
  }

  /**
   * Resolves when all these read models have reached the token of the request. Also beyond it, and without one, a read shows
   * what was acknowledged before it, unless a read model, or the log, takes longer than a moment: then it shows what there is. What
   * has never caught up with the log is not shown: half would pass for the whole. Answers whether what there is may be old.
   * @throws ProblemError 400 when the token is malformed or of another log, 503 READ_MODEL.BEHIND with the `lag`
   */
  async reached(models: readonly string[], headers: IncomingHttpHeaders): Promise<Lateness> {
    const wait = this.waitOf(headers);
    if (wait === undefined) {
      const head = await this.head.now();
      if (head === undefined) {
        await this.refuseHalf(models);
        return 'unknown';
      }
      const late = await this.late(models, { position: head, timeoutMs: COURTESY_MS });
      await this.refuseHalf(late);
      return late.length > 0 ? 'behind' : 'no';
    }
    const [behind] = await this.late(models, wait);
    if (behind !== undefined) {
      const detail = `The read model ${behind} has not reached the Consistency-Token yet.`;
      const lag = await this.lagOf(await this.progress.look(behind));
      throw tooEarly(detail, { readModel: behind, lag });
    }
    const head = await this.head.now();
    if (head !== undefined) await this.late(models, { position: head, timeoutMs: COURTESY_MS });
    await this.refuseHalf(models);
    return 'no';
  }

  /**
   * The same for a read of the log itself, which on an engine may be seen a moment later here than where it was written.
   * @throws ProblemError as `reached`
   */
  async logReached(headers: IncomingHttpHeaders): Promise<void> {
    const { position, timeoutMs } = this.waitOf(headers) ?? { position: null, timeoutMs: 0 };
    if (position === null) return;
    const giveUpAt = performance.now() + timeoutMs;
    for (;;) {
      const head = await this.log.head();
      if (head !== null && head >= position) return;
      if (performance.now() >= giveUpAt) {
        throw tooEarly('The log has not reached the Consistency-Token yet.', { lag: distance(head, position) });
      }
      await delay(LOOK_MS);
    }
  }

  /** The end of the log, for who cannot do without. @throws StoreUnavailableError, at once where it is known to be away */
  logEnd(): Promise<Position | null> {
    return this.head.sure();
  }

  /** Undefined where the request brings no token. */
  private waitOf(headers: IncomingHttpHeaders): Wait | undefined {
    const token = headers[CONSISTENCY_TOKEN];
    if (token === undefined) return undefined;
    const position = readToken(String(token), this.log.logId);
    return { position, timeoutMs: waitSeconds(headers.prefer, DEFAULT_WAIT) * 1000 };
  }

  /** Those that are not there in time. */
  private async late(models: readonly string[], { position, timeoutMs }: Wait): Promise<readonly string[]> {
    if (position === null) return [];
    const inTime = await Promise.all(models.map((model) => this.progress.waitFor(model, position, timeoutMs)));
    return models.filter((_, index) => inTime[index] !== true);
  }

  private async refuseHalf(models: readonly string[]): Promise<void> {
    for (const model of models) {
      const found = await this.progress.look(model);
      if (found?.complete !== false) continue;
      const lag = await this.lagOf(found);
      if (lag !== 0) throw tooEarly(`The read model ${model} is still being built.`, { readModel: model, lag });
    }
  }

  /** Null where nothing is known of the model, or the log does not say. */
  private async lagOf(found: ModelLook | undefined): Promise<number | null> {
    const head = await this.head.now();
    return found === undefined || head === undefined ? null : distance(found.position, head);
  }
}

const tooEarly = (detail: string, extra: JsonObject): ProblemError =>
  problem('READ_MODEL.BEHIND', detail, { extra, headers: { 'retry-after': RETRY_AFTER } });
