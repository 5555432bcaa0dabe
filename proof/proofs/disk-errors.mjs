// Lets syncs and writes of the log fail as a broken or full disk does: of the log by itself, and of the whole engine.
import { breakEngine } from '../support/disk-errors/engine.mjs';
import { breakLog } from '../support/disk-errors/log.mjs';
import { wantOfStrace } from '../support/strace.mjs';

export default {
  says: 'lets syncs and writes of the log fail: nothing is tried again or acknowledged until a restart, and nothing is lost',
  async run(options) {
    const want = wantOfStrace();
    if (want !== null) return want;
    const parts = [await breakLog(options), await breakEngine(options)];
    return {
      reached: parts.map(({ reached }) => reached).join('; '),
      failures: parts.flatMap(({ failures }) => failures),
    };
  },
};
