export { RELAY } from './outbound.js';
export { startRelay } from './relay.js';
export { checkRelayCursor, followRestoredLog, relayPosition, restartRelay } from './relay-cursor.js';
