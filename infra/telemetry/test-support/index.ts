export * from './recording-tracer.js';
