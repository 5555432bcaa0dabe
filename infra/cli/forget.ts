import type { Command } from 'commander';
import { forgetPerson, type Forgetting } from '../../write-side/person/index.js';
import { openSnapshotStore, QueueingExecutor } from '../engine/commands/index.js';
import { createPolledProgress } from '../engine/projections/index.js';
import type { Config } from '../config/index.js';
import { overwriteDeletedDocuments } from '../app/adapters.js';
import { Closers } from '../app/boot/closers.js';
import { openLog, openProcessStore } from '../app/stores/stores.js';
import { CliError } from './cli-error.js';
import { existingInstallation, withModels, withRunner, type ModelAccess, type Variables } from './model-access.js';
import type { Say } from './rebuild.js';
import { listParked } from './retry.js';

const NOTES = `
Destroys the key with which everything that the person told was sealed in the log, and has it taken out of the read models.
Unlinks the customers who bought with no address but those of forgotten persons, or whose subject is the address: signed in
again, they are somebody new.
Works on the data directory (DATA_DIR) and the stores of the environment, beside a running engine or without one. Refused
while an order of the person is under way, or money is held for one. Interrupted, it is run again: so often as one likes.

What was sold, its totals, taxes by country, stock and payments stay as they are. Backups of the keys made before still open
what was told: they have to be destroyed too.`;

/** How long the read models may take for what was recorded. */
const PATIENCE_MS = 60_000;

export function addForgetCommand(program: Command, say: Say): void {
  program
    .command('forget')
    .description('forget the person of an e-mail address: nobody can read any more what they told')
    .argument('<email>', 'however it is spelt')
    .addHelpText('after', NOTES)
    .action((email: string) => forget(process.env, email, say));
}

/** @throws CliError the person has open orders, or a read model still has what they told */
export async function forget(variables: Variables, email: string, say: Say): Promise<void> {
  if (!email.includes('@')) throw new CliError(`${email} is no e-mail address`);
  const config = existingInstallation(variables);
  const forgetting = await record(config, email);
  if (forgetting.outcome === 'refused') {
    const { code, detail, extra } = forgetting.refusal;
    throw new CliError(`${code}: ${detail} ${JSON.stringify(extra)}`);
  }
  // Also where nobody has the address: an earlier run may have been interrupted here.
  await withModels(variables, async (models) => {
    for (const access of models.filter(({ model }) => 'person.forgotten.v1' in model.on)) {
      await caughtUp(access);
      await refuseParked(access, forgetting);
    }
  });
  await overwriteDeletedDocuments(config.readStoreUrl);
  say(told(forgetting));
  for (const id of forgetting.unlinked) say(`customer ${id} is unlinked: no token leads to them any more`);
}

const told = (forgetting: Forgetting): string =>
  forgetting.outcome === 'forgotten'
    ? `person ${forgetting.personId} is forgotten, with ${forgetting.traces.orders.length} orders`
    : 'nobody has this address, or nobody has it any more';

async function record(config: Config, email: string): Promise<Forgetting> {
  const closers = new Closers();
  try {
    const log = await openLog(config, 'read-write');
    closers.add(() => log.close());
    const processes = await openProcessStore(config);
    closers.add(() => processes.close());
    const snapshots = await openSnapshotStore(processes, log.events.logId);
    const executor = new QueueingExecutor({ store: log.events, snapshots });
    return await forgetPerson(email, { log: log.sealed, keys: log.keys, executor, actor: 'cli', now: Date.now() });
  } finally {
    await closers.close();
  }
}

async function caughtUp(access: ModelAccess): Promise<void> {
  const { model, readModelStore, eventStore } = access;
  const head = await eventStore.head();
  if (head === null) return;
  const { logId } = eventStore;
  const progress = createPolledProgress({ readModelStore, logId, models: [model.name], head: async () => head });
  const isThere = await withRunner(access, () => progress.waitFor(model.name, head, PATIENCE_MS));
  if (isThere) return;
  throw new CliError(
    `it is recorded, and the key is destroyed, but ${model.name} does not catch up (see: projections): run it again then`,
  );
}

/** What waits for a mended event is shown to nobody, and still stored. */
async function refuseParked(access: ModelAccess, forgetting: Forgetting): Promise<void> {
  if (forgetting.outcome !== 'forgotten') return;
  const { orders, payments } = forgetting.traces;
  const ids = new Set([...orders, ...payments]);
  const parked = (await listParked([access])).filter(({ key }) => ids.has(key));
  if (parked.length === 0) return;
  const { name } = access.model;
  throw new CliError(
    `it is recorded, and the key is destroyed, but parked keys of ${name} still hold what the person told: ` +
      `${parked.map(({ key }) => key).join(', ')}; have them applied (see: retry) or ${name} rebuilt`,
  );
}
