import type { EventStore } from '../../event-store/index.js';
import type { CachedAggregate } from './aggregate-cache.js';
import type { Outcome } from './command-executor.js';
import type { ErasedExecution } from './erased.js';
import { loadAggregate } from './load-aggregate.js';
import type { SnapshotStore } from './snapshot-store.js';

/** Finds commands that their stream has recorded before, and answers them as they were answered then. */
export class DuplicateCommands {
  constructor(
    private readonly stream: string,
    private readonly stores: { readonly store: EventStore; readonly snapshots: SnapshotStore },
  ) {}

  async isRecorded(commandId: string, entry: CachedAggregate): Promise<boolean> {
    if (entry.commands.has(commandId)) return true;
    if (entry.commandsComplete) return false;
    return (await this.stores.store.findCommand(this.stream, commandId)).length > 0;
  }

  /** Answers a recorded command from the state right after its events. */
  async answer(execution: ErasedExecution): Promise<Outcome<unknown>> {
    const { commandId, requestHash } = execution.context;
    const events = await this.stores.store.findCommand(this.stream, commandId);
    const last = events.at(-1);
    if (last === undefined) throw new Error(`command ${commandId} is known but not in ${this.stream}`);
    if (last.metadata.requestHash !== requestHash) return { kind: 'id-reused' };
    const { revision, position } = last;
    const { state } = await this.stateAt(execution, revision);
    return {
      kind: 'accepted',
      answer: execution.answer(state, events, revision),
      revision,
      position,
      events,
      repeated: true,
    };
  }

  /** Answers a command that changed nothing from the state that it left as it was. */
  async answerUnchanged(execution: ErasedExecution, unchangedAt: number): Promise<Outcome<unknown>> {
    const { state, revision, position } = await this.stateAt(execution, unchangedAt);
    return {
      kind: 'accepted',
      answer: execution.answer(state, [], revision),
      revision,
      position,
      events: [],
      repeated: true,
    };
  }

  private stateAt({ aggregate }: ErasedExecution, upTo: number): Promise<CachedAggregate> {
    return loadAggregate(aggregate, this.stream, { ...this.stores, upTo });
  }
}
