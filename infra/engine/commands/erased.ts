import type { Decision, DomainEvent, JsonObject } from '../../../domain/shared/index.js';
import type { CommandContext } from './command-executor.js';

/**
 * Erases the types of an aggregate, so that a queue keeps those of any type side by side. It has methods instead of function
 * members, so that every typed one fits; each is only ever given back its own state, commands and events.
 */
export interface ErasedAggregate {
  readonly category: string;
  readonly decider: {
    initialState(): unknown;
    decide(command: unknown, state: unknown): Decision<DomainEvent>;
    evolve(state: unknown, event: DomainEvent): unknown;
  };
  readonly snapshot?: {
    readonly version: number;
    write(state: unknown): JsonObject;
    read(json: JsonObject): unknown;
  };
}

export interface ErasedExecution {
  readonly aggregate: ErasedAggregate;
  readonly command: unknown;
  readonly context: CommandContext;
  readonly creates?: boolean;
  readonly expectedRevision?: readonly number[];
  answer(state: unknown, events: readonly DomainEvent[], revision: number): unknown;
}
