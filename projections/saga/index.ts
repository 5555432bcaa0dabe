export * from './saga-events.js';
export * from './saga-steps.live-model.js';
export * from './sagas.read-model.js';
