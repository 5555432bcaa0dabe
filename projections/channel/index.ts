export * from './channels.read-model.js';
