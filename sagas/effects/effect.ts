import type { CommandContext, CommandExecutor, Execution, Outcome } from '../../write-side/shared/index.js';
import { deriveId, type DomainEvent, type Refusal } from '../../domain/shared/index.js';
import type { Dispatched } from '../runner/index.js';
import type { CommandReply } from '../saga.js';

/** Carries out the commands of one target. It may throw: the runner then does it again under the same command id. */
export type Effect<Command> = (id: string, command: Command, context: CommandContext) => Promise<Dispatched>;

const ACCEPTED: CommandReply = { outcome: 'accepted' };

export const accepted = (lastEventId: string | null): Dispatched => ({ reply: ACCEPTED, lastEventId });

export const refused = (refusal: Refusal, lastEventId: string | null = null): Dispatched => ({
  reply: { outcome: 'refused', refusal },
  lastEventId,
});

/** The context of one of several commands that an effect sends for one of its own. */
export const partOf = (context: CommandContext, part: string, causationId: string | null): CommandContext => ({
  ...context,
  commandId: deriveId(context.commandId, part),
  causationId,
});

/** The step that sent the command is not recorded yet; it is sent again once it is. */
class NotRecordedError extends Error {
  constructor(commandId: string) {
    super(`command ${commandId} has recorded nothing that its saga's step could have gone with`);
    this.name = 'NotRecordedError';
  }
}

/** To be called before anything leaves the process. @throws NotRecordedError */
export function requireRecord({ along, commandId }: CommandContext): void {
  if (along !== undefined && along.appended === null) throw new NotRecordedError(commandId);
}

type Answered<Answer> = Extract<Outcome<Answer>, { readonly kind: 'accepted' | 'refused' }>;

/** Executes; what a saga's command can never come to is thrown. */
export async function execute<State, Command, Event extends DomainEvent, Answer>(
  executor: CommandExecutor,
  execution: Execution<State, Command, Event, Answer>,
): Promise<Answered<Answer>> {
  const outcome = await executor.execute(execution);
  if (outcome.kind === 'accepted' || outcome.kind === 'refused') return outcome;
  throw new Error(`saga command ${execution.context.commandId} came to ${outcome.kind}`);
}

/** Id of the last event that the command recorded. */
export const lastEventOf = (outcome: Answered<unknown>): string | null =>
  outcome.kind === 'accepted' ? (outcome.events[outcome.events.length - 1]?.id ?? null) : null;

export const toDispatched = (outcome: Answered<unknown>): Dispatched =>
  outcome.kind === 'accepted' ? accepted(lastEventOf(outcome)) : refused(outcome.refusal);
