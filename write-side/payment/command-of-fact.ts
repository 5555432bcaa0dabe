import type { PaymentCommand } from '../../domain/payment/index.js';
import type { ProviderFact } from '../../infra/payment-provider/index.js';

type Recording = { readonly [Kind in ProviderFact['kind']]: (said: Said<Kind>) => PaymentCommand };
type Said<Kind> = Omit<Extract<ProviderFact, { readonly kind: Kind }>, 'kind'>;

const recording: Recording = {
  authorized: (said) => ({ type: 'record-authorization', ...said }),
  declined: (said) => ({ type: 'record-decline', ...said }),
  'action-required': (said) => ({ type: 'record-action-required', ...said }),
  captured: (said) => ({ type: 'record-capture', ...said }),
  voided: (said) => ({ type: 'record-void', ...said }),
  refunded: (said) => ({ type: 'record-refund', ...said }),
  'refund-failed': (said) => ({ type: 'record-refund-failure', ...said }),
  disputed: (said) => ({ type: 'record-dispute', ...said }),
  'dispute-closed': (said) => ({ type: 'record-dispute-closed', ...said }),
};

/** Makes the command that records a provider's fact; the answer to our own call is recorded by the same command. */
export function commandOf({ kind, ...said }: ProviderFact): PaymentCommand {
  // The kind determines the type of the other members.
  const record = recording[kind] as (rest: typeof said) => PaymentCommand;
  return record(said);
}
