import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { DomainEvent } from '../../domain/shared/index.js';
import type { CommandExecutor, Execution, Outcome } from './command-executor.js';
import { COMMAND_EXECUTOR } from './index.js';

/** A command for an aggregate, on the bus: which one, who sends it and why, and what is answered. */
export class ExecuteCommand<State, DomainCommand, Event extends DomainEvent, Answer> extends Command<Outcome<Answer>> {
  constructor(readonly execution: Execution<State, DomainCommand, Event, Answer>) {
    super();
  }
}

/** The one handler of the write-side: load, fold, decide, append. */
@CommandHandler(ExecuteCommand)
export class ExecuteCommandHandler implements ICommandHandler<ExecuteCommand<unknown, unknown, DomainEvent, unknown>> {
  constructor(@Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor) {}

  execute<State, DomainCommand, Event extends DomainEvent, Answer>({
    execution,
  }: ExecuteCommand<State, DomainCommand, Event, Answer>): Promise<Outcome<Answer>> {
    return this.executor.execute(execution);
  }
}
