import { findParkedKeys, labelOf, requestRetry, retryAnswer, type RetryOutcome } from '../engine/projections/index.js';
import { CliError } from './cli-error.js';
import { withRunner, type ModelAccess } from './model-access.js';

const PATIENCE_MS = 60_000;

export interface ParkedKeyLine {
  readonly model: string;
  readonly key: string;
  readonly since: string;
  readonly error: string;
}

/** Keys whose events could not be applied, of every read model. */
export async function listParked(models: readonly ModelAccess[]): Promise<readonly ParkedKeyLine[]> {
  const lines: ParkedKeyLine[] = [];
  for (const { model, readModelStore } of models) {
    for (const state of await readModelStore.collections()) {
      if (state.name !== model.name || !state.live) continue;
      for await (const { doc } of findParkedKeys(readModelStore, labelOf(state))) {
        lines.push({ model: model.name, key: doc.key, since: doc.since, error: doc.error });
      }
    }
  }
  return lines;
}

export interface Retried {
  readonly key: string;
  readonly outcome: RetryOutcome;
}

/** Has the events of parked keys applied again, by the runner that is at work; without a key, of all of the model. */
export async function retryModel(access: ModelAccess, key: string | undefined): Promise<readonly Retried[]> {
  const { readModelStore, model } = access;
  const keys = key === undefined ? (await listParked([access])).map((parked) => parked.key) : [key];
  for (const one of keys) await requestRetry(readModelStore, model.name, one);
  const retried: Retried[] = [];
  await withRunner(access, async () => {
    for (const one of keys) retried.push({ key: one, outcome: await answer(access, one) });
  });
  return retried;
}

async function answer({ readModelStore, model }: ModelAccess, key: string): Promise<RetryOutcome> {
  const outcome = await retryAnswer(readModelStore, { model: model.name, key, patienceMs: PATIENCE_MS });
  if (outcome === null) throw new CliError(`${model.name}: the running engine does not retry ${key}`);
  return outcome;
}

export function retriedLine({ key, outcome }: Retried): string {
  if (outcome.outcome === 'lifted') return `${key}: applied (${outcome.events} events)`;
  return outcome.outcome === 'parked' ? `${key}: still parked: ${outcome.reason}` : `${key}: is not parked`;
}
