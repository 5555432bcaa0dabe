export { systemClock, type SagaClock } from './timers.js';
export { checkCursor, resetSagaInstances, SAGA_CURSOR, SAGA_INSTANCES } from './cursor.js';
export { createSagaTries, SAGA_TRIES, type FailedTry, type SagaTries } from './failed-tries.js';
export { createSagaStandings, SAGA_STANDINGS, type SagaStanding, type SagaStandings } from './saga-standing.js';
export { createSagaRunner } from './runner.js';
export type { SagaRunner } from './saga-runner.js';
export { anySaga } from './saga.js';
export { partId, REQUEST_PART } from './step-builder.js';
export { instanceIn, SAGA_STATES, stateAfter, type SagaState } from './standing.js';
export type { RecordedCommand, StepRecord, Stepped, TakenInput } from './step-record.js';
export type {
  AnySaga,
  CommandReply,
  Dispatch,
  Dispatched,
  SagaCommand,
  SagaEvent,
  SagaReaction,
  SagaReply,
  SagaStep,
  SagaTimeout,
  SagaTimer,
} from './saga.js';
