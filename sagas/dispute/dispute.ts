import type { PaymentDisputeClosed, PaymentDisputed } from '../../domain/payment/index.js';
import { anySaga, type SagaEvent } from '../../infra/engine/sagas/index.js';
import type { SagaCommand, SagaStep } from '../saga.js';

export interface DisputeState {
  /** The provider's references of the open disputes. */
  readonly open: readonly string[];
}

type Step = SagaStep<DisputeState>;

const CODE = 'PAYMENT.DISPUTED';

/** Flags the order for a person, who has to answer the bank … */
const flag = ({ orderId, provider, reference, respondBy }: PaymentDisputed['data']): SagaCommand => ({
  key: 'flag',
  unawaited: true,
  target: 'order',
  id: orderId,
  command: {
    type: 'need-attention',
    code: CODE,
    detail: `The buyer's bank asks for the money back (${reference}); answer it at ${provider}${
      respondBy === undefined ? '' : ` by ${respondBy}`
    }.`,
  },
});

/** … and withdraws the flag once the bank has decided. */
const withdrawFlag = ({ orderId }: PaymentDisputeClosed['data']): SagaCommand => ({
  key: 'withdraw-flag',
  unawaited: true,
  target: 'order',
  id: orderId,
  command: { type: 'resolve-attention', code: CODE },
});

function onDisputed({ open }: DisputeState, { data }: SagaEvent<PaymentDisputed['data']>): Step {
  const step = { state: { open: [...open, data.reference] } };
  return open.length === 0 ? { ...step, commands: [flag(data)] } : step;
}

function onClosed(state: DisputeState, { data }: SagaEvent<PaymentDisputeClosed['data']>): Step {
  const open = state.open.filter((reference) => reference !== data.reference);
  if (open.length === state.open.length) return { state };
  return open.length === 0 ? { state: { open }, commands: [withdrawFlag(data)] } : { state: { open } };
}

const payment = ({ paymentId }: { readonly paymentId: string }): string => paymentId;

/** Flags orders whose payment the buyer's bank disputes. Id: the payment's, which may be disputed more than once. */
export const disputeSaga = anySaga<DisputeState, PaymentDisputed | PaymentDisputeClosed>({
  name: 'dispute',
  initialState: () => ({ open: [] }),
  on: {
    'payment.disputed.v1': { id: payment, begins: () => true, react: onDisputed },
    'payment.dispute-closed.v1': { id: payment, react: onClosed },
  },
  onReply: (state) => ({ state }),
  onTimeout: (state) => ({ state }),
  needsPerson: ({ open }) => open.length > 0,
});
