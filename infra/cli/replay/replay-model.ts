import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pseudonymousView, type EventView } from '../../../read-api/events/event-view.js';
import { openReadModels } from '../../app/adapters.js';
import { Closers } from '../../app/boot/closers.js';
import { foldModels } from '../../engine/projections/index.js';
import type { AnyReadModel } from '../../engine/projections/read-model.js';
import type { EventStore } from '../../event-store/index.js';
import { exactJson } from '../../http/index.js';
import type { ReadModelStore } from '../../read-model-store/index.js';
import { distance, type Position } from '../../shared/position.js';
import { CliError } from '../cli-error.js';
import { upToPoint } from '../log-point.js';
import { showProgress } from '../progress.js';
import { AnalystsLog } from './analysts-log.js';
import { SHOWN_WITH, shownDocuments } from './shown-documents.js';

export interface ReplayOptions {
  readonly readModel: string;
  /** Inclusive; a position as the feed shows it, or a time. */
  readonly until: string;
}

export interface ReplaySource {
  /** With what is personal sealed, and events in their newest shape. */
  readonly sealed: EventStore;
  readonly serverSecret: Uint8Array;
  readonly models: readonly AnyReadModel[];
  /** Told of each document that an event could not be applied to. */
  readonly warn: (line: string) => void;
}

/**
 * Folds a read model from the log up to a point, in a store of its own that is gone afterwards, and yields a line of JSON a document, by
 * id. Nothing else follows the log there: no saga, no mail, no search index.
 * @throws CliError there is no such read model, or no such point
 */
export async function* replayModel(source: ReplaySource, options: ReplayOptions): AsyncGenerator<string> {
  const { sealed, serverSecret } = source;
  const models = modelsFor(source.models, options.readModel);
  const upTo = await upToPoint(sealed, { name: '--until', text: options.until });
  if (upTo === null) return;
  const closers = new Closers();
  try {
    const readModelStore = await temporaryStore(closers);
    const log = new AnalystsLog(sealed, upTo);
    await fold({ log, readModelStore, models, upTo }, source.warn);
    const view: EventView = pseudonymousView(sealed, serverSecret);
    const replayed = { readModelStore, log, at: await momentOf(sealed, upTo) };
    for await (const document of shownDocuments(options.readModel, replayed)) {
      yield `${view.nameOf(exactJson(document))}\n`;
    }
  } finally {
    await closers.close();
  }
}

/** The model, and those that it is shown with. */
function modelsFor(models: readonly AnyReadModel[], name: string): readonly AnyReadModel[] {
  const names = new Set([name, ...(SHOWN_WITH.get(name) ?? [])]);
  if (!models.some((model) => model.name === name))
    throw new CliError(`there is no read model ${name}; there are ${models.map((model) => model.name).join(', ')}`);
  return models.filter((model) => names.has(model.name));
}

async function temporaryStore(closers: Closers): Promise<ReadModelStore> {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-replay-'));
  closers.add(() => Promise.resolve(rmSync(directory, { recursive: true, force: true })));
  const store = await openReadModels(`sqlite:${directory}`, 'read-write');
  closers.add(() => store.close());
  return store;
}

interface Folding {
  readonly log: AnalystsLog;
  readonly readModelStore: ReadModelStore;
  readonly models: readonly AnyReadModel[];
  readonly upTo: Position;
}

async function fold({ log, readModelStore, models, upTo }: Folding, warn: ReplaySource['warn']): Promise<void> {
  const progress = showProgress('events', { total: distance(null, upTo) });
  let at: Position | null = null;
  const onFolded = (position: Position): void => {
    progress.done(distance(at, position));
    at = position;
  };
  try {
    await foldModels({
      eventStore: log,
      readModelStore,
      models,
      upTo,
      onFolded,
      onParked: ({ key, eventId, error }) => warn(`${key} is as it was before event ${eventId}: ${error}`),
    });
  } finally {
    progress.stop();
  }
}

/** What is at a position lasts until the next event, or until now. */
async function momentOf(log: EventStore, position: Position): Promise<number> {
  for await (const { at } of log.readAll({ from: position, limit: 1 })) return Date.parse(at);
  return Date.now();
}
