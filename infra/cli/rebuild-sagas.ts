import { setTimeout as pause } from 'node:timers/promises';
import { resetSagaInstances } from '../engine/sagas/index.js';
import { sagasLease } from '../app/stores/leases.js';
import { openProcessStore } from '../app/stores/stores.js';
import { CliError } from './cli-error.js';
import { existingInstallation, type Variables } from './model-access.js';

export const SAGA_INDEX = 'saga-instances';

/** A holder that is silent for longer is gone. */
const PATIENCE_MS = 5_000;

/** Has the sagas read the log again at the next start. @throws CliError a running engine runs them */
export async function rebuildSagas(variables: Variables): Promise<string> {
  const processes = await openProcessStore(existingInstallation(variables));
  try {
    const lease = sagasLease(processes);
    const giveUpAt = performance.now() + PATIENCE_MS;
    while (!(await lease.acquireOrRenew())) {
      if (performance.now() > giveUpAt) throw new CliError('a running engine runs the sagas: stop it first');
      await pause(250);
    }
    await resetSagaInstances(processes);
    await lease.release();
  } finally {
    await processes.close();
  }
  return `${SAGA_INDEX}: the sagas read the log again at the next start`;
}
