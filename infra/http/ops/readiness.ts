import { NotReadyError } from './not-ready.error.js';

/** One thing that has to be well; `check` resolves when it is and throws when it is not: a NotReadyError says why. */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<void>;
}

export interface Readiness {
  readonly status: 'ready' | 'not-ready' | 'draining';
  /** `ok` or what is wrong, by name of the check. */
  readonly checks: Readonly<Record<string, string>>;
}

/** Injection token of the checks (ReadinessCheck[]). */
export const READINESS_CHECKS = Symbol('ReadinessChecks');
/** Injection token of the prom-client Registry that `/metrics` shows. */
export const METRICS_REGISTRY = Symbol('MetricsRegistry');

/** Injection token of the Lifecycle. */
export const LIFECYCLE = Symbol('Lifecycle');

const PATIENCE_MS = 2000;

/** Asks all checks at once; one that takes longer, two seconds where nothing else is said, has failed. */
export async function readinessOf(checks: readonly ReadinessCheck[], patienceMs = PATIENCE_MS): Promise<Readiness> {
  const results = await Promise.all(checks.map(async (one) => [one.name, await resultOf(one, patienceMs)] as const));
  const ready = results.every(([, result]) => result === 'ok');
  return { status: ready ? 'ready' : 'not-ready', checks: Object.fromEntries(results) };
}

async function resultOf(one: ReadinessCheck, patienceMs: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer in time'), patienceMs);
  });
  const answer = one.check().then(
    () => 'ok',
    (error: unknown) => reasonOf(error),
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** The name of an error, not its text: that may speak of files and addresses. */
function reasonOf(error: unknown): string {
  if (error instanceof NotReadyError) return error.message;
  return error instanceof Error ? error.name : 'failed';
}
