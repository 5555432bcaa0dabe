export { systemClock, type SagaClock } from './clock.js';
export { checkCursor, SAGA_INSTANCES } from './cursor.js';
export type { Dispatch, Dispatched } from './outbox.js';
export { resetSagaInstances } from './reset-instances.js';
export { createSagaRunner, type SagaRunner } from './runner.js';
