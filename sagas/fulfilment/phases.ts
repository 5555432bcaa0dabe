import type { SagaCommand, SagaStep } from '../saga.js';
import type { FulfilmentState } from './state.js';
import * as steps from './steps.js';

/**
 * Sends the commands whose turn has come. Holds are released and money is settled only when every commit of an earlier parcel is
 * answered: a release gives back all that a hold still has, so the stream of the stock must have the commits first.
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

/** Cancels the open lines once their holds are released, also where the money for the others could not be captured yet. */
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

/** Whether the money is settled and no flag says otherwise. */
export const isPaid = ({ money, flag }: FulfilmentState): boolean => money === 'settled' && flag === 'none';

/** Whether nothing has shipped and nothing will. */
export const isWhollyCancelled = ({ cancelling, shipments }: FulfilmentState): boolean =>
  cancelling === 'answered' && Object.keys(shipments).length === 0;
