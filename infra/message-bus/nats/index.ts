export { openNatsBus, type NatsBusOptions } from './nats-bus.js';
