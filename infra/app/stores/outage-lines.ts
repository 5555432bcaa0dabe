import type { Logger } from 'pino';
import { sleep } from '../../shared/back-off.js';
import type { ReadinessCheck } from '../../http/ops/readiness.js';

type Lines = Pick<Logger, 'warn' | 'info'>;

/** Logs one line when a server goes away and one when it is back, however often it is checked meanwhile. */
export class OutageLines {
  #since: number | null = null;

  /** @param now monotonic milliseconds */
  constructor(
    private readonly name: string,
    private readonly logger: Lines,
    private readonly now = () => performance.now(),
  ) {}

  /** The error that the last check found; null where there was none. */
  found(trouble: string | null): void {
    if (trouble !== null && this.#since === null) {
      this.#since = this.now();
      this.logger.warn({ engine: this.name, reason: trouble }, `${this.name} is away`);
    } else if (trouble === null && this.#since !== null) {
      const seconds = Math.round((this.now() - this.#since) / 1_000);
      this.#since = null;
      this.logger.info({ engine: this.name, seconds }, `${this.name} is back`);
    }
  }
}

export interface WatchOptions {
  readonly checks: readonly ReadinessCheck[];
  readonly logger: Lines;
  /** Time between two checks; 2 s where it is left out. */
  readonly everyMs?: number;
  /** How long a server may take to answer; 5 s where it is left out. */
  readonly patienceMs?: number;
}

const EVERY_MS = 2_000;
const ANSWER_MS = 5_000;

/** Checks each server at intervals, also while it is unused, and logs when it goes away and when it is back. */
export function watchEngines({ checks, logger, everyMs = EVERY_MS, patienceMs = ANSWER_MS }: WatchOptions): {
  close(): void;
} {
  const closing = new AbortController();
  const follow = async (check: ReadinessCheck): Promise<void> => {
    const lines = new OutageLines(check.name, logger);
    while (await sleep(everyMs, closing.signal)) {
      const trouble = await troubleOf(check, patienceMs);
      if (!closing.signal.aborted) lines.found(trouble);
    }
  };
  for (const check of checks) void follow(check);
  return { close: () => closing.abort() };
}

async function troubleOf({ check }: ReadinessCheck, patienceMs: number): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${patienceMs} ms`), patienceMs);
  });
  const answer = check().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
