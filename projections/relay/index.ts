export { RELAY } from './outbound.js';
export { startRelay } from './relay.js';
export { relayPosition, restartRelay } from './relay-cursor.js';
