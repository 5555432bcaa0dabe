import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Json } from '../../../domain/shared/index.js';
import { type EventStore, type RecordedEvent } from '../../event-store/index.js';
import { distance, parsePosition, type Position } from '../../shared/position.js';
import { CliError } from '../cli-error.js';
import { showProgress } from '../progress.js';
import { RuleError, type Result, type Trial } from './trial.js';

export interface WhatIfRun {
  readonly file: string;
  /** Exclusive; null is the beginning. */
  readonly after: Position | null;
  /** Inclusive; null where there is nothing. */
  readonly upTo: Position | null;
  /** Goes on where an earlier run was stopped by an error of the file. */
  readonly resume: boolean;
}

/** What a run that was stopped leaves beside the file. */
interface Stopped {
  readonly logId: string;
  /** Of the last event that was taken. */
  readonly position: Position | null;
  readonly saved: Json;
}

const stateOf = (file: string): string => `${file}.stopped.json`;

/**
 * Shows a part of the log to a what-if, which writes nothing.
 * @throws CliError naming the event that the analyst's code threw at; what was done before it is kept beside the file
 */
export async function runWhatIf(log: EventStore, trial: Trial, run: WhatIfRun): Promise<Result> {
  const begun = run.resume ? resumed(log, run) : { position: run.after };
  if ('saved' in begun) trial.restore(begun.saved);
  await takeAll(log, trial, { ...run, after: begun.position });
  rmSync(stateOf(run.file), { force: true });
  return trial.result();
}

async function takeAll(log: EventStore, trial: Trial, { file, after, upTo }: WhatIfRun): Promise<void> {
  if (upTo === null) return;
  trial.begin?.(after);
  const progress = showProgress('events', {
    total: distance(null, upTo),
    already: distance(null, trial.needsPast ? null : after),
  });
  let at = trial.needsPast ? null : after;
  let last = after;
  try {
    for await (const event of log.readAll({ from: at, filter: trial.filter })) {
      if (event.position > upTo) break;
      const counts = after === null || event.position > after;
      await take(trial, event, counts).catch((error: unknown) => {
        throw stopped(error, event, () => keep({ log, file, trial, position: last }));
      });
      progress.done(distance(at, event.position));
      at = event.position;
      if (counts) last = event.position;
    }
    progress.done(distance(at, upTo));
  } finally {
    progress.stop();
  }
}

const take = async (trial: Trial, event: RecordedEvent, counts: boolean): Promise<void> => trial.take(event, counts);

function stopped(error: unknown, event: RecordedEvent, save: () => void): unknown {
  if (!(error instanceof RuleError)) return error;
  save();
  const { type, position, id } = event;
  return new CliError(
    `stopped at ${type} at ${position}, event ${id}: ${error.reason}\nOnce it is mended, --resume goes on there.`,
    {
      cause: error,
    },
  );
}

interface Kept extends Pick<WhatIfRun, 'file'> {
  readonly log: EventStore;
  readonly trial: Trial;
  readonly position: Position | null;
}

function keep({ log, file, trial, position }: Kept): void {
  const state: Stopped = { logId: log.logId, position, saved: trial.save() };
  writeFileSync(`${stateOf(file)}.part`, JSON.stringify(state));
  renameSync(`${stateOf(file)}.part`, stateOf(file));
}

function resumed(log: EventStore, { file }: WhatIfRun): Stopped {
  let state: Stopped;
  try {
    state = JSON.parse(readFileSync(stateOf(file), 'utf8')) as Stopped;
  } catch {
    throw new CliError(`${stateOf(file)} is not there: no run of ${file} was stopped`);
  }
  const isPosition = state.position === null || parsePosition(state.position) !== undefined;
  if (state.logId !== log.logId || !isPosition) throw new CliError(`${stateOf(file)} is of another log`);
  return state;
}
