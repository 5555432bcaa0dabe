import type { DocumentCollection, DocumentPut, DocumentStore } from '../../document-store/index.js';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import type { SagaInstance } from './instances.js';
import type { SentCommand } from './saga.js';
import type { SagaLogger } from './saga-runner.js';
import type { SagaClock } from './timers.js';

/** A command that could not be carried out and is sent again: no step has it, as its saga knows nothing of that. */
export type FailedTry = {
  readonly commandId: string;
  readonly key: string;
  readonly target: string;
  readonly id: string;
  readonly type: string;
  /** How often it was sent. */
  readonly attempts: number;
  /** `store-unavailable` where a store was away, else `no-answer`. */
  readonly code: string;
  readonly detail: string;
  /** When it is sent again, RFC 3339 UTC. */
  readonly nextAt: string;
};

type InstanceTries = { readonly tries: readonly FailedTry[] };

const collection: DocumentCollection = { name: 'saga-tries', indexes: [] };

/** What of an instance's commands could not be carried out so far, whichever process runs the sagas. */
export interface SagaTries {
  of(saga: string, id: string): Promise<readonly FailedTry[]>;
}

/** Injection token of the failed tries. */
export const SAGA_TRIES = Symbol('SagaTries');

const idOf = (saga: string, id: string): string => `${saga}/${id}`;

/** Reads what the runner keeps of failed tries, in the documents that it keeps them in. */
export const createSagaTries = (documents: Pick<DocumentStore, 'get'>): SagaTries => ({
  of: async (saga, id) => (await documents.get<InstanceTries>(collection.name, idOf(saga, id)))?.tries ?? [],
});

export interface FailedTriesOptions {
  readonly documents: DocumentStore;
  readonly clock: SagaClock;
  readonly logger: SagaLogger;
}

/** Why a command failed, how often it was sent, and when it is sent again. */
interface Failure {
  readonly error: unknown;
  readonly attempt: number;
  readonly pauseMs: number;
}

/** Many fail together, so what is new is stored together. */
const STORE_AFTER_MS = 100;
const STORE_AGAIN_MS = 2_000;
const AT_ONCE = 500;

/**
 * Keeps failed tries beside the log, for those who look: nothing is decided by them, and commands that succeed cost nothing. A process
 * that takes the sagas over begins with none, as it sends all that is unanswered anew.
 */
export class FailedTries {
  private readonly known = new Map<string, Map<string, FailedTry>>();
  private readonly changed = new Set<string>();
  private planned: (() => void) | null = null;
  private storing: Promise<void> = Promise.resolve();

  constructor(private readonly options: FailedTriesOptions) {}

  async open(): Promise<void> {
    await this.options.documents.ensure(collection);
    await this.options.documents.clear(collection.name);
  }

  note({ saga, id }: SagaInstance, sent: SentCommand, { error, attempt, pauseMs }: Failure): void {
    const { commandId, key, target, command } = sent;
    const nextAt = new Date(this.options.clock.now() + pauseMs).toISOString();
    const what = { commandId, key, target, id: sent.id, type: command.type };
    this.triesOf(idOf(saga.name, id)).set(commandId, { ...what, attempts: attempt, ...wordsFor(error), nextAt });
    this.change(idOf(saga.name, id));
  }

  forget({ saga, id }: SagaInstance, { commandId }: SentCommand): void {
    const tries = this.known.get(idOf(saga.name, id));
    if (tries?.delete(commandId) !== true) return;
    if (tries.size === 0) this.known.delete(idOf(saga.name, id));
    this.change(idOf(saga.name, id));
  }

  async close(): Promise<void> {
    this.planned?.();
    await this.storing;
  }

  private triesOf(instance: string): Map<string, FailedTry> {
    let tries = this.known.get(instance);
    if (tries === undefined) this.known.set(instance, (tries = new Map()));
    return tries;
  }

  private change(instance: string): void {
    this.changed.add(instance);
    this.plan(STORE_AFTER_MS);
  }

  private plan(afterMs: number): void {
    if (this.planned !== null) return;
    this.planned = this.options.clock.after(afterMs, () => {
      this.planned = null;
      this.storing = this.storing.then(() => this.store());
    });
  }

  private async store(): Promise<void> {
    const instances = [...this.changed].slice(0, AT_ONCE);
    for (const instance of instances) this.changed.delete(instance);
    const puts = instances.map((instance): DocumentPut => ({ id: instance, doc: this.documentOf(instance) }));
    try {
      await this.options.documents.put(collection.name, puts);
    } catch (error) {
      this.options.logger.warn({ err: error }, 'what sagas try again cannot be shown for now');
      for (const instance of instances) this.changed.add(instance);
      return this.plan(STORE_AGAIN_MS);
    }
    if (this.changed.size > 0) this.plan(STORE_AFTER_MS);
  }

  private documentOf(instance: string): InstanceTries | null {
    const tries = this.known.get(instance);
    return tries === undefined ? null : { tries: [...tries.values()] };
  }
}

function wordsFor(error: unknown): Pick<FailedTry, 'code' | 'detail'> {
  if (error instanceof StoreUnavailableError) return { code: 'store-unavailable', detail: 'A store was away.' };
  return { code: 'no-answer', detail: error instanceof Error ? error.message : 'There was no answer.' };
}
