export { openNatsBus } from './nats-bus.js';
