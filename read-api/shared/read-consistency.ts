import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { CONSISTENCY_TOKEN, problem, readToken, waitSeconds } from '../../infra/http/index.js';
import type { ProblemError } from '../../infra/http/index.js';
import { PROJECTION_PROGRESS } from '../../projections/progress.js';
import type { ProjectionProgress } from '../../projections/progress.js';

/** How long a read waits where the client does not say, in seconds. */
const DEFAULT_WAIT = 5;
/** How long a read without a token waits for what is in the log before it. */
const COURTESY_MS = 100;
/** Seconds after which a read that came too early may try again. */
const RETRY_AFTER = '1';

/** Reads that see at least what their Consistency-Token stands for: the one place where a read waits. */
@Injectable()
export class ReadConsistency {
  constructor(
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId' | 'head'>,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /**
   * Resolves when all these read models have reached the token of the request. Without one a read still shows what was
   * acknowledged before it, unless a read model lags behind for longer than a moment: then it shows what there is.
   * @throws ProblemError 400 when the token is malformed or of another log, 503 READ_MODEL.BEHIND with the `lag`
   */
  async reached(models: readonly string[], headers: IncomingHttpHeaders): Promise<void> {
    const token = headers[CONSISTENCY_TOKEN];
    if (token === undefined) return this.upToNow(models);
    const position = readToken(String(token), this.log.logId);
    if (position === null) return;
    const timeout = waitSeconds(headers.prefer, DEFAULT_WAIT) * 1000;
    const inTime = await Promise.all(models.map((model) => this.progress.waitFor(model, position, timeout)));
    const behind = models.find((_, index) => inTime[index] !== true);
    if (behind !== undefined) throw await this.behind(behind);
  }

  private async upToNow(models: readonly string[]): Promise<void> {
    const head = await this.log.head();
    if (head === null) return;
    await Promise.all(models.map((model) => this.progress.waitFor(model, head, COURTESY_MS)));
  }

  private async behind(model: string): Promise<ProblemError> {
    const status = (await this.progress.status()).find(({ name }) => name === model);
    const lag = status?.lag ?? null;
    const detail = `The read model ${model} has not reached the Consistency-Token yet.`;
    return problem('READ_MODEL.BEHIND', detail, {
      extra: { readModel: model, lag },
      headers: { 'retry-after': RETRY_AFTER },
    });
  }
}
