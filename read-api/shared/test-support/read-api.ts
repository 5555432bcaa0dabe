import type { DomainEvent } from '../../../domain/shared/index.js';
import { type Position, positionOfNumber } from '../../../infra/shared/position.js';
import { writeToken } from '../../../infra/http/index.js';
import type { AccessRole } from '../../../infra/http/index.js';
import { openTemporaryReadModelStore } from '../../../infra/read-model-store/test-support/index.js';
import type { TemporaryReadModelStore } from '../../../infra/read-model-store/test-support/index.js';
import { openTemporarySearchIndex } from '../../../infra/search-index/test-support/index.js';
import type { TemporarySearchIndex } from '../../../infra/search-index/test-support/index.js';
import type { AnyReadModel } from '../../../infra/engine/projections/read-model.js';
import { readModels } from '../../../projections/index.js';
import type { ProjectionProgress, ProjectionStatus } from '../../../infra/engine/projections/progress.js';
import { searchReadModel, searchSink } from '../../../projections/search/index.js';
import { EventLog, fold } from '../../../projections/shared/test-support/index.js';
import { ReadClient } from './read-client.js';
import type { Reply } from './read-client.js';

export const LOG_ID = 'log-of-this-spec';

const LAG = 7;
const MODELS = [...readModels, searchReadModel];

/** Progress that is where the spec says; whoever waits for more has waited long enough at once. */
class ToldProgress implements ProjectionProgress {
  private position = positionOfNumber(0);

  moveTo(position: Position): void {
    this.position = position;
  }

  /** What the log has beyond is for no read model: who waits for its end has all there is. */
  waitFor(_model: string, position: Position): Promise<boolean> {
    return Promise.resolve(position <= this.position || Number(position) === Number(this.position) + LAG);
  }

  look(name: string): Promise<ProjectionStatus> {
    const { position } = this;
    return Promise.resolve({
      name,
      version: 1,
      build: 0,
      position,
      parked: 0,
      state: 'live',
      complete: true,
      lag: LAG,
    });
  }

  status(): Promise<readonly ProjectionStatus[]> {
    return Promise.all(MODELS.map(({ name }) => this.look(name)));
  }

  /** Of the log that is not there. */
  head(): Promise<Position> {
    return Promise.resolve(positionOfNumber(Number(this.position) + LAG));
  }
}

interface ReadApiOptions {
  readonly abuseLimits?: boolean;
  readonly folds?: readonly string[];
}

/** The read API over HTTP, with the documents that the recorded events fold to, and of the log its streams alone. */
export class ReadApi {
  private constructor(
    private readonly log: EventLog<DomainEvent>,
    private readonly client: ReadClient,
    private readonly stores: { readonly read: TemporaryReadModelStore; readonly search: TemporarySearchIndex },
    private readonly folded: { readonly models: readonly AnyReadModel[]; readonly progress: ToldProgress },
  ) {}

  /** `folds`: names of the read models that fold what is recorded; all of them where none is named. */
  static async start({ abuseLimits = false, folds }: ReadApiOptions = {}): Promise<ReadApi> {
    const read = await openTemporaryReadModelStore();
    const search = await openTemporarySearchIndex();
    for (const model of readModels) await read.store.ensure(model);
    await searchSink(read.store, search.index).ensure(searchReadModel);
    const progress = new ToldProgress();
    const log = new EventLog<DomainEvent>();
    const events = {
      logId: LOG_ID,
      head: () => progress.head(),
      read: log.read.bind(log),
      readAll: log.readAll.bind(log),
      positionBefore: log.positionBefore.bind(log),
    };
    const client = await ReadClient.over({ events, store: read.store, search: search.index, progress, abuseLimits });
    const models = MODELS.filter(({ name }) => folds?.includes(name) ?? true);
    return new ReadApi(log, client, { read, search }, { models, progress });
  }

  /** Records an event in the stream of this name; it is read after `catchUp`. */
  record(stream: string, event: DomainEvent, at?: string): this {
    this.log.append(stream, event, at);
    return this;
  }

  async catchUp(): Promise<void> {
    const { events } = this.log;
    const { read, search } = this.stores;
    const position = events.at(-1)?.position ?? positionOfNumber(0);
    const sink = searchSink(read.store, search.index);
    for (const model of this.folded.models) {
      const writes = [...fold(model, events)].map(([id, doc]) => ({ id, position, doc }));
      await (model === searchReadModel ? sink : read.store).commitAll([{ collection: model, writes }]);
    }
    this.folded.progress.moveTo(position);
  }

  /** The token of the event with this number, from 1. */
  token(number: number, logId = LOG_ID): string {
    return writeToken(logId, positionOfNumber(number));
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.client.get(path, headers);
  }

  as(role: AccessRole, path: string, sub?: string): Promise<Reply> {
    return this.client.as(role, path, sub);
  }

  bearer(role: AccessRole): Promise<{ readonly authorization: string }> {
    return this.client.bearer(role);
  }

  all(role: AccessRole, path: string): Promise<readonly Record<string, unknown>[]> {
    return this.client.all(role, path);
  }

  accessToken(orderId: string): string {
    return this.client.accessToken(orderId);
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.stores.read.close();
    await this.stores.search.dispose();
  }
}
