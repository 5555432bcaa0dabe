import type { Command } from 'commander';
import { CliError } from './cli-error.js';
import { named, withModels, type ModelAccess } from './model-access.js';
import { printTable } from './print-projections.js';
import { rebuildModel, type Say } from './rebuild.js';
import { rebuildSagas, SAGA_INDEX } from './rebuild-sagas.js';
import { listParked, retriedLine, retryModel } from './retry.js';

/** Exit code: nothing failed, but a live read model was not what the log makes of it. */
const DIFFERENT = 3;

const NOTES = `
Works on the data directory (DATA_DIR), beside a running engine or without one. Killed, it goes on where it was when it
is run again. ${SAGA_INDEX} has the sagas read the log again: the engine has to be stopped for that.

Exits with 0 where what was rebuilt is the same as the live one; with ${DIFFERENT} where a document differs: the first
difference is printed, and the rebuilt one is live all the same, as what the log says is right; with 1 where it failed.`;

/** What operators do to read models with the data directory at hand. */
export function addRebuildCommands(program: Command, say: Say): void {
  program
    .command('rebuild')
    .description('build a read model anew beside the live one, compare the two and swap it in; reads go on')
    .argument('[name]', `a read model (see: projections), or ${SAGA_INDEX}`)
    .option('--all', 'every read model, one after the other')
    .addHelpText('after', NOTES)
    .action(async (name: string | undefined, { all = false }: { all?: boolean }) => {
      if (all === (name !== undefined)) throw new CliError('name one read model, or give --all');
      if (name === SAGA_INDEX) return say(await rebuildSagas(process.env));
      await withModels(process.env, async (models) => {
        const chosen = name === undefined ? models : [named(models, name)];
        for (const access of chosen) {
          if ((await rebuildModel(access, say)) === 'different') process.exitCode = DIFFERENT;
        }
      });
    });
  program
    .command('retry')
    .description('apply the events of parked keys again, after what was wrong has been mended')
    .argument('<name>', 'a read model')
    .argument('[key]', 'one parked key (see: projections --parked); default: all of the read model')
    .action((name: string, key: string | undefined) =>
      withModels(process.env, (models) => retry(named(models, name), key, say)),
    );
}

async function retry(access: ModelAccess, key: string | undefined, say: Say): Promise<void> {
  const retried = await retryModel(access, key);
  for (const one of retried) say(retriedLine(one));
  if (retried.length === 0) say('nothing is parked');
  if (retried.some(({ outcome }) => outcome.outcome === 'parked')) process.exitCode = 1;
}

/** `projections --parked`. */
export async function printParked(say: Say): Promise<void> {
  const parked = await withModels(process.env, listParked);
  if (parked.length === 0) return say('nothing is parked');
  printTable(['model', 'key', 'since', 'error'], parked, say);
}
