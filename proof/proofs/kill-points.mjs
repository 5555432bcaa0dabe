// Kills the writer at every sync of the log, and looks at what is left: of the log by itself, and of the whole engine.
import { killEngine } from '../support/kills/engine.mjs';
import { killLog } from '../support/kills/log.mjs';
import { wantOfStrace } from '../support/strace.mjs';

export default {
  says: 'kills the writer at each sync of the log: nothing acknowledged is lost, nothing is there by half',
  async run(options) {
    const want = wantOfStrace();
    if (want !== null) return want;
    const parts = [await killLog(options), await killEngine(options)];
    return {
      reached: `killed ${parts.map(({ reached }) => reached).join('; ')}`,
      failures: parts.flatMap(({ failures }) => failures),
    };
  },
};
