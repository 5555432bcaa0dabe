import type { SagaStep } from '../saga.js';
import type { CheckoutState } from './state.js';
import { VOID_LATE, voidMoney } from './steps.js';

type Step = SagaStep<CheckoutState>;

/** The provider holds money for a checkout that has given up or was refused: nobody has a use for it. */
export function voidLateMoney(state: CheckoutState): Step {
  if (state.money === 'held' || state.money === 'none' || state.lateVoid !== 'none') return { state };
  return { state: { ...state, lateVoid: 'sent' }, commands: [voidMoney(state, VOID_LATE, 'PAYMENT.TIMEOUT')] };
}

export const lateMoneyVoided = (state: CheckoutState): Step => ({
  state: { ...state, lateVoid: 'answered' },
  done: state.phase === 'watching',
});
