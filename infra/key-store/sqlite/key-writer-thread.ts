import { Worker } from 'node:worker_threads';
import { StoreRefusedError } from '../../event-store/index.js';
import { KeyStoreUnavailableError } from '../errors.js';
import type { PersonWriter, WrittenPerson } from './person-writer.js';
import { messageOf } from './sqlite-errors.js';
import { workerEntry } from '../../worker/worker-entry.js';
import { KEY_BYTES } from './writer-protocol.js';
import type { FromKeyWriter, GroupWritten, KeyWriterOptions, ToKeyWriter, WriteGroup } from './writer-protocol.js';

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Group {
  readonly persons: readonly Waiting<string, WrittenPerson>[];
  readonly forget: readonly Waiting<string, number>[];
}

/** Bound of one transaction, so that nobody waits long for the neighbours. */
const MOST_IN_GROUP = 512;

/** The caller's end of the writing thread. What comes while one group is being written goes together as the next one. */
export class KeyWriterThread implements PersonWriter {
  readonly #persons: Waiting<string, WrittenPerson>[] = [];
  readonly #forget: Waiting<string, number>[] = [];
  #inFlight: Group | null = null;
  #unavailable: string | null = null;
  #whenIdle: (() => void) | null = null;
  readonly #exited: Promise<void>;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (message: FromKeyWriter) => this.#answered(message));
    worker.on('error', (error: unknown) => this.#fail(messageOf(error), true));
    this.#exited = new Promise((resolve) => {
      worker.on('exit', (code) => {
        this.#fail(`its writer thread ended with code ${code}`, true);
        resolve();
      });
    });
  }

  /** @throws StoreRefusedError the directory or the file in it cannot be used */
  static async start(options: KeyWriterOptions): Promise<KeyWriterThread> {
    const entry = await workerEntry('key-writer.worker', import.meta.url);
    const worker = new Worker(entry, { workerData: options, execArgv: [], name: 'key-store-writer' });
    await opened(worker);
    return new KeyWriterThread(worker);
  }

  get broken(): string | null {
    return this.#unavailable;
  }

  personFor(emailHash: string): Promise<WrittenPerson> {
    return this.#add(this.#persons, emailHash);
  }

  forget(personId: string): Promise<number> {
    return this.#add(this.#forget, personId);
  }

  async finish(): Promise<void> {
    this.#unavailable ??= 'it is closed';
    if (this.#inFlight !== null) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }

  async end(): Promise<void> {
    this.#post({ kind: 'close' });
    await this.#exited;
  }

  #add<Answer>(queue: Waiting<string, Answer>[], item: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#unavailable !== null) throw unavailable(this.#unavailable);
      queue.push({ item, resolve, reject });
      if (this.#inFlight === null) this.#sendNext();
    });
  }

  #sendNext(): void {
    const persons = this.#persons.splice(0, MOST_IN_GROUP);
    const forget = this.#forget.splice(0, MOST_IN_GROUP);
    if (persons.length + forget.length === 0) {
      this.#inFlight = null;
      this.#whenIdle?.();
      return;
    }
    this.#inFlight = { persons, forget };
    this.#post({ kind: 'write', emailHashes: persons.map(itemOf), forget: forget.map(itemOf) } satisfies WriteGroup);
  }

  #answered(message: FromKeyWriter): void {
    if (message.kind === 'failed') return this.#fail(message.message, message.poisoned);
    if (message.kind !== 'written') return;
    const group = this.#inFlight;
    this.#sendNext();
    if (group !== null) settle(group, message);
  }

  #fail(reason: string, forGood: boolean): void {
    const error = unavailable(reason);
    const group = this.#inFlight;
    this.#inFlight = null;
    for (const waiting of [...(group?.persons ?? []), ...(group?.forget ?? [])]) waiting.reject(error);
    if (!forGood) return this.#sendNext();
    this.#unavailable ??= reason;
    for (const waiting of [...this.#persons.splice(0), ...this.#forget.splice(0)]) waiting.reject(error);
    this.#whenIdle?.();
  }

  #post(message: ToKeyWriter): void {
    this.worker.postMessage(message);
  }
}

const itemOf = ({ item }: { readonly item: string }): string => item;

const unavailable = (reason: string): KeyStoreUnavailableError =>
  new KeyStoreUnavailableError(`the key store cannot be written: ${reason}`);

function settle({ persons, forget }: Group, { personIds, keys, forgotten }: GroupWritten): void {
  persons.forEach(({ resolve }, index) => {
    const key = keys.slice(index * KEY_BYTES, (index + 1) * KEY_BYTES);
    resolve({ personId: personIds[index] ?? '', key, forgotten });
  });
  for (const { resolve } of forget) resolve(forgotten);
}

function opened(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string): void => reject(new StoreRefusedError(reason));
    worker.once('message', (message: FromKeyWriter) => {
      if (message.kind === 'opened') resolve();
      else refuse(message.kind === 'refused' ? message.message : 'the key store did not start');
    });
    worker.once('error', (error: unknown) => refuse(`the key store did not start: ${messageOf(error)}`));
    worker.once('exit', (code) => refuse(`the key store did not start: exit code ${code}`));
  });
}
