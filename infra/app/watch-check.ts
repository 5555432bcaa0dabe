import type { LogWatch } from '../../write-side/shared/event-watch.js';
import { NotReadyError } from '../http/ops/not-ready.error.js';
import type { ReadinessCheck } from '../http/ops/readiness.js';

/** Whether commands hear of what is recorded: else a checkout that is waited for would be answered late. */
export const watchCheck = (watch: Pick<LogWatch, 'isFollowing'>): ReadinessCheck => ({
  name: 'command-watch',
  check: async () => {
    if (!watch.isFollowing) throw new NotReadyError('the log is not followed: following it again');
  },
});
