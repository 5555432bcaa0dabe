export { RELAY } from './outbound.js';
export { startRelay, type RelayOptions } from './relay.js';
export { restartRelay } from './relay-cursor.js';
