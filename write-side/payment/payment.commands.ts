import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '../../infra/engine/commands/index.js';
import type { ProviderNotice } from '../../infra/payment-provider/index.js';

/** Records what a provider tells of a payment. */
export class RecordProviderNotice extends Command<Outcome<null>> {
  constructor(
    readonly notice: Pick<ProviderNotice, 'paymentId' | 'fact'>,
    readonly context: CommandContext,
  ) {
    super();
  }
}
