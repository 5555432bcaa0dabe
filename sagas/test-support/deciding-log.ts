import { randomUUID } from 'node:crypto';
import type { Aggregate, DomainEvent } from '../../domain/shared/index.js';
import { type CommandContext, type CommandExecutor, QueueingExecutor } from '../../infra/engine/commands/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../infra/event-store/test-support/index.js';

const noSnapshots = { load: async () => undefined, save: async () => undefined };

/** The context of a command that a saga sends. */
export const bySaga = (): CommandContext => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  causationId: null,
  actor: 'saga:test',
  repeatable: true,
});

/** A log with the executor that decides on it, for specs of effects; it notes which streams were queried. */
export class DecidingLog {
  readonly executor: CommandExecutor;
  readonly queried: string[] = [];

  private constructor(private readonly log: TemporaryEventStore) {
    const executor = new QueueingExecutor({ store: log.store, snapshots: noSnapshots });
    this.executor = {
      execute: (execution) => executor.execute(execution),
      query: (aggregate, id, read) => {
        this.queried.push(`${aggregate.category}-${id}`);
        return executor.query(aggregate, id, read);
      },
      stateAt: (aggregate, id, revision) => executor.stateAt(aggregate, id, revision),
    };
  }

  static async open(): Promise<DecidingLog> {
    return new DecidingLog(await openTemporaryEventStore());
  }

  get store(): EventStore {
    return this.log.store;
  }

  close(): Promise<void> {
    return this.log.cleanup();
  }

  async act<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
  ): Promise<void> {
    const outcome = await this.executor.execute({ aggregate, id, command, context: bySaga(), answer: () => null });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  }

  async events(stream: string): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.read(stream)) events.push(event);
    return events;
  }
}
