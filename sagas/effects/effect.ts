import type { CommandContext, CommandExecutor, Execution, Outcome } from '../../infra/engine/commands/index.js';
import type { DomainEvent, Refusal } from '../../domain/shared/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import type { CommandReply, Dispatched } from '../../infra/engine/sagas/index.js';

/** Handles the commands of one target. It may throw: the runner then sends the command again under the same id. */
export type Effect<Command> = (id: string, command: Command, context: CommandContext) => Promise<Dispatched>;

const ACCEPTED: CommandReply = { outcome: 'accepted' };

export const accepted = (lastEventId: string | null): Dispatched => ({ reply: ACCEPTED, lastEventId });

export const refused = (refusal: Refusal, lastEventId: string | null = null): Dispatched => ({
  reply: { outcome: 'refused', refusal },
  lastEventId,
});

/** Makes the context of a command that an effect sends as a part of its own. */
export const childContext = (context: CommandContext, part: string, causationId: string | null): CommandContext => ({
  ...context,
  commandId: deriveId(context.commandId, part),
  causationId,
});

type Answered<Answer> = Extract<Outcome<Answer>, { readonly kind: 'accepted' | 'refused' }>;

/** Executes a command. @throws Error it has an outcome that no saga's command can have */
export async function execute<State, Command, Event extends DomainEvent, Answer>(
  executor: CommandExecutor,
  execution: Execution<State, Command, Event, Answer>,
): Promise<Answered<Answer>> {
  const outcome = await executor.execute(execution);
  if (outcome.kind === 'accepted' || outcome.kind === 'refused') return outcome;
  throw new Error(`saga command ${execution.context.commandId} came to ${outcome.kind}`);
}

/** The id of the last event that the command recorded. */
export const lastEventOf = (outcome: Answered<unknown>): string | null =>
  outcome.kind === 'accepted' ? (outcome.events[outcome.events.length - 1]?.id ?? null) : null;

export const toDispatched = (outcome: Answered<unknown>): Dispatched =>
  outcome.kind === 'accepted' ? accepted(lastEventOf(outcome)) : refused(outcome.refusal);
