import type { StepRecord } from './step-record.js';

/**
 * The state of an instance by its last step. `running`: a command is unanswered, and is sent until it is answered. `waiting`: for an
 * event or a timer. `stuck`: it goes on only once a person does something. `done`: nothing follows any more.
 */
export const SAGA_STATES = ['running', 'waiting', 'stuck', 'done'] as const;
export type SagaState = (typeof SAGA_STATES)[number];

export function stateAfter({ done, stuck, sent, waiting }: StepRecord): SagaState {
  if (done) return 'done';
  if (stuck === true) return 'stuck';
  return [...sent, ...waiting].some(({ unawaited }) => unawaited !== true) ? 'running' : 'waiting';
}

/** The id of an instance, by the name of its saga and its stream. */
export const instanceIn = (saga: string, stream: string): string => stream.slice(`saga-${saga}-`.length);
