import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../domain/shared/index.js';
import { distance, EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, Position } from '../../infra/event-store/index.js';
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
/** How often the end of the log is looked up while somebody waits for it. */
const LOOK_MS = 10;

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
    const wait = this.waitOf(headers);
    if (wait === undefined) return this.upToNow(models);
    const { position, timeoutMs } = wait;
    if (position === null) return;
    const inTime = await Promise.all(models.map((model) => this.progress.waitFor(model, position, timeoutMs)));
    const behind = models.find((_, index) => inTime[index] !== true);
    if (behind !== undefined) throw await this.behind(behind);
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

  /** What the request wants to see; undefined where it brings no token. */
  private waitOf(headers: IncomingHttpHeaders): Wait | undefined {
    const token = headers[CONSISTENCY_TOKEN];
    if (token === undefined) return undefined;
    const position = readToken(String(token), this.log.logId);
    return { position, timeoutMs: waitSeconds(headers.prefer, DEFAULT_WAIT) * 1000 };
  }

  private async upToNow(models: readonly string[]): Promise<void> {
    const head = await this.log.head();
    if (head === null) return;
    await Promise.all(models.map((model) => this.progress.waitFor(model, head, COURTESY_MS)));
  }

  private async behind(model: string): Promise<ProblemError> {
    const status = (await this.progress.status()).find(({ name }) => name === model);
    const lag = status?.lag ?? null;
    return tooEarly(`The read model ${model} has not reached the Consistency-Token yet.`, { readModel: model, lag });
  }
}

interface Wait {
  /** Null is the beginning. */
  readonly position: Position | null;
  readonly timeoutMs: number;
}

const tooEarly = (detail: string, extra: JsonObject): ProblemError =>
  problem('READ_MODEL.BEHIND', detail, { extra, headers: { 'retry-after': RETRY_AFTER } });
