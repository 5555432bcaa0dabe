export { RELAY } from './outbound.js';
export { startRelay } from './relay.js';
export { restartRelay } from './relay-cursor.js';
