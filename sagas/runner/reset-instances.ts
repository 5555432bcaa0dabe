import type { ReadStore } from '../../infra/read-store/index.js';
import { SAGA_INSTANCES } from './cursor.js';

/**
 * Forgets how far the sagas have come, so that they read the log again from its beginning: what they did before is in
 * their streams and is not done twice. Only while no runner is at work.
 */
export async function resetSagaInstances(processes: ReadStore): Promise<void> {
  const aside = { ...SAGA_INSTANCES, build: 1 };
  await processes.ensure(SAGA_INSTANCES);
  await processes.ensure(aside);
  // A promotion drops all others of the name: afterwards the index is made anew, empty.
  await processes.promote(aside);
  await processes.ensure(SAGA_INSTANCES);
  await processes.promote(SAGA_INSTANCES);
}
