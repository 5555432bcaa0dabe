import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { paymentAggregate } from '../../domain/payment/index.js';
import type { CommandExecutor, Outcome } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import { commandOf } from './command-of-fact.js';
import { RecordProviderNotice } from './payment.commands.js';

@CommandHandler(RecordProviderNotice)
export class RecordProviderNoticeHandler implements ICommandHandler<RecordProviderNotice> {
  constructor(@Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor) {}

  execute({ notice: { paymentId, fact }, context }: RecordProviderNotice): Promise<Outcome<null>> {
    return this.executor.execute({
      aggregate: paymentAggregate,
      id: paymentId,
      command: commandOf(fact),
      context,
      answer: () => null,
    });
  }
}
