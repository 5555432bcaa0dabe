import type { Aggregate, DomainEvent } from '../../../domain/shared/index.js';
import type { Position } from '../../shared/position.js';
import { errorName, type Tracer } from '../../telemetry/index.js';
import type { CommandExecutor, Execution, Outcome } from './command-executor.js';

/** Wraps an executor with a span for each command, within the span that the command's context names. */
export class TracedExecutor implements CommandExecutor {
  constructor(
    private readonly inner: CommandExecutor,
    private readonly tracer: Tracer,
  ) {}

  async execute<State, Command, Event extends DomainEvent, Answer>(
    execution: Execution<State, Command, Event, Answer>,
  ): Promise<Outcome<Answer>> {
    const { aggregate, command, context } = execution;
    const span = this.tracer.start({
      name: `command ${aggregate.category}.${typeOf(command)}`,
      kind: 'internal',
      parent: context.traceparent,
      attributes: {
        'cartwright.command_id': context.commandId,
        'cartwright.correlation_id': context.correlationId,
      },
    });
    try {
      const outcome = await this.inner.execute(execution);
      span.set({ 'cartwright.outcome': outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind });
      return outcome;
    } catch (error) {
      span.fail(errorName(error));
      throw error;
    } finally {
      span.end();
    }
  }

  query<State, Command, Event extends DomainEvent, Answer>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    read: (state: State, revision: number, position: Position | null) => Answer,
  ): Promise<Answer> {
    return this.inner.query(aggregate, id, read);
  }

  stateAt<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    revision: number,
  ): Promise<State> {
    return this.inner.stateAt(aggregate, id, revision);
  }
}

const typeOf = (command: unknown): string =>
  typeof command === 'object' && command !== null && 'type' in command ? String(command.type) : 'command';
