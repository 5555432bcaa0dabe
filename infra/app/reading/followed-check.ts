import type { ProjectionProgress, ProjectionStatus } from '../../engine/projections/progress.js';
import type { Position } from '../../shared/position.js';
import { NotReadyError } from '../../http/ops/not-ready.error.js';
import type { ReadinessCheck } from '../../http/ops/readiness.js';

/** Further behind than this, reads would show a shop of the past. */
const MAX_LAG = 50_000;
/** Longer than it takes a standby to go on. */
const STILL_MS = 10_000;

interface Seen {
  readonly position: Position | null;
  readonly since: number;
}

/**
 * Whether the read models follow the log: none is still built from nothing or far behind, none is stopped or cannot be stored, and none stands still
 * with events to fold, which is how the trouble of another process is seen from here.
 * @param now milliseconds that only go forward
 */
export function followedCheck(progress: ProjectionProgress, now = () => performance.now()): ReadinessCheck {
  const waiting = new Map<string, Seen>();
  const standsStill = ({ name, position, lag }: ProjectionStatus): boolean => {
    const seen = waiting.get(name);
    if (lag === 0) waiting.delete(name);
    else if (seen === undefined || seen.position !== position) waiting.set(name, { position, since: now() });
    else return now() - seen.since >= STILL_MS;
    return false;
  };
  const wrongWith = (status: ProjectionStatus): string | null => {
    const isStill = standsStill(status);
    const { name, lag, state, trouble, complete } = status;
    if (trouble !== undefined) return `${name} cannot be stored: ${trouble}`;
    if (state === 'stopped') return `${name} is stopped`;
    if (!complete && lag > 0) return `${name} is being built`;
    if (lag > MAX_LAG) return `${name} is far behind`;
    return isStill ? `${name} stands still` : null;
  };
  return {
    name: 'read-models',
    check: async () => {
      const wrong = (await progress.status()).map(wrongWith).filter((reason) => reason !== null);
      if (wrong.length > 0) throw new NotReadyError(wrong.join('; '));
    },
  };
}
