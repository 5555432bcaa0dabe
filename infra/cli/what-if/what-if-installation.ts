import { readModels } from '../../../projections/index.js';
import { pseudonymousView } from '../../../read-api/events/event-view.js';
import { Closers } from '../../app/boot/closers.js';
import { openLog, openReadModelStore, type Log } from '../../app/stores/stores.js';
import type { Config } from '../../config/index.js';
import { CliError } from '../cli-error.js';
import { afterPoint, upToPoint } from '../log-point.js';
import { existingInstallation, type Variables } from '../model-access.js';
import { printTable } from '../print-projections.js';
import type { Say } from '../rebuild.js';
import { shownDocuments } from '../replay/shown-documents.js';
import { CheckoutsTrial } from './checkouts-trial.js';
import { loadWhatIf } from './load-what-if.js';
import { ModelTrial, type LiveDocuments } from './model-trial.js';
import { ReservationsTrial } from './reservations-trial.js';
import { runWhatIf } from './run-what-if.js';
import type { Result, Trial } from './trial.js';
import type { OwnModel, WhatIf } from './what-if.js';

export interface WhatIfOptions {
  readonly from?: string;
  readonly to?: string;
  readonly against?: 'live';
  readonly resume?: boolean;
}

interface Asked {
  readonly file: string;
  readonly options: WhatIfOptions;
}

/**
 * Tries a file on the log of an installation, and tells what differs.
 * @throws CliError, ConfigError what is wrong with the file, the options or the installation
 */
export async function whatIfFile(variables: Variables, { file, options }: Asked, say: Say): Promise<void> {
  const config = existingInstallation(variables);
  const closers = new Closers();
  try {
    const whatIf = await loadWhatIf(file);
    const log = await openLog(config, 'read-only');
    closers.add(() => log.close());
    const { from, to, against, resume = false } = options;
    const after = from === undefined ? null : await afterPoint(log.sealed, { name: '--from', text: from });
    const upTo = to === undefined ? await log.sealed.head() : await upToPoint(log.sealed, { name: '--to', text: to });
    const trial = await trialOf(whatIf, { config, log, closers, isAgainstLive: against === 'live' });
    tell(whatIf.name, await runWhatIf(log.sealed, trial, { file, after, upTo, resume }), say);
  } finally {
    await closers.close();
  }
}

interface Opened {
  readonly config: Config;
  readonly log: Log;
  readonly closers: Closers;
  readonly isAgainstLive: boolean;
}

async function trialOf(whatIf: WhatIf, opened: Opened): Promise<Trial> {
  if ('on' in whatIf) {
    const view = pseudonymousView(opened.log.sealed, opened.config.serverSecret);
    return new ModelTrial(whatIf, view, opened.isAgainstLive ? await liveOf(whatIf, opened) : null);
  }
  const { reservation } = whatIf;
  return reservation === undefined
    ? new CheckoutsTrial(whatIf, opened.log.sealed)
    : new ReservationsTrial({ ...whatIf, reservation });
}

/** @throws CliError there is no read model of this name */
async function liveOf({ name }: OwnModel, { config, log, closers }: Opened): Promise<LiveDocuments> {
  if (!readModels.some((model) => model.name === name))
    throw new CliError(
      `there is no read model ${name} to compare with; there are ${readModels.map((model) => model.name).join(', ')}`,
    );
  const readModelStore = await openReadModelStore(config, 'read-only');
  closers.add(() => readModelStore.close());
  return shownDocuments(name, { readModelStore, log: log.events, at: Date.now() });
}

function tell(name: string, { rows, examples }: Result, say: Say): void {
  const isCompared = rows.some(({ live }) => live !== undefined);
  say(name);
  const cells = rows.map(({ what, live = '', whatIf, difference = '' }) => ({
    what,
    live,
    'what if': whatIf,
    difference,
  }));
  printTable(isCompared ? ['what', 'live', 'what if', 'difference'] : ['what', 'what if'], cells, say);
  for (const example of examples) say(example);
}
