import type { SagaCommand, SagaStep } from '../saga.js';
import type { FulfilmentState } from './state.js';
import * as steps from './steps.js';

/**
 * What can be done now. Holds are let go and money is settled only when every commit of a parcel that left before is
 * answered: a release gives back all that a hold still has, so the stock's own stream must see the commits first.
 */
export function advance(before: FulfilmentState, alreadySent: readonly SagaCommand[] = []): SagaStep<FulfilmentState> {
  let state = before;
  const commands: SagaCommand[] = [...alreadySent];
  if (state.closing !== null && state.committing.length === 0 && state.money === 'held') {
    const releases = state.closing.reason === 'cancelled' ? steps.release(state, state.closing.skus) : [];
    commands.push(...releases, steps.settleMoney(state));
    state = { ...state, money: 'asked', releasing: releases.map(({ key }) => key) };
  }
  if (canCancel(state)) {
    commands.push(steps.cancelOrder(state));
    state = { ...state, cancelling: 'sent' };
  }
  if (canComplete(state)) {
    commands.push(steps.completeOrder(state));
    state = { ...state, completing: true };
  }
  return commands.length === 0 ? { state } : { state, commands };
}

/** The order says that its lines are gone when they are: also when the money for the others could not be taken yet. */
const canCancel = ({ closing, cancelling, releasing, money }: FulfilmentState): boolean =>
  closing?.reason === 'cancelled' &&
  cancelling === 'no' &&
  releasing.length === 0 &&
  (money === 'settled' || money === 'refused');

function canComplete(state: FulfilmentState): boolean {
  const { closing, cancelling, completing, shipments } = state;
  if (closing === null || completing || !isPaid(state)) return false;
  if (closing.reason === 'cancelled' && cancelling !== 'answered') return false;
  for (const id in shipments) if (shipments[id]?.phase !== 'delivered') return false;
  return true;
}

/** The money is where it belongs, and nobody is told otherwise. */
export const isPaid = ({ money, flag }: FulfilmentState): boolean => money === 'settled' && flag === 'none';

/** Nothing has shipped, and nothing will. */
export const isWhollyCancelled = ({ cancelling, shipments }: FulfilmentState): boolean =>
  cancelling === 'answered' && Object.keys(shipments).length === 0;
