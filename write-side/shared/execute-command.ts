import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { DomainEvent } from '../../domain/shared/index.js';
import type { CommandExecutor, Execution, Outcome } from './command-executor.js';
import { COMMAND_EXECUTOR } from './index.js';

/** Any command for any aggregate, on the bus. What it means is in the execution. */
export class ExecuteCommand<Answer> extends Command<Outcome<Answer>> {
  constructor(readonly run: (executor: CommandExecutor) => Promise<Outcome<Answer>>) {
    super();
  }

  static of<State, DomainCommand, Event extends DomainEvent, Answer>(
    execution: Execution<State, DomainCommand, Event, Answer>,
  ): ExecuteCommand<Answer> {
    return new ExecuteCommand((executor) => executor.execute(execution));
  }
}

/** The one handler of the write-side: load, fold, decide, append. */
@CommandHandler(ExecuteCommand)
export class ExecuteCommandHandler implements ICommandHandler<ExecuteCommand<unknown>> {
  constructor(@Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor) {}

  execute(command: ExecuteCommand<unknown>): Promise<Outcome<unknown>> {
    return command.run(this.executor);
  }
}
