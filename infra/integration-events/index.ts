export { integrationEventOf, SUBJECT_ROOT } from './integration-event.js';
export { eventTable, schemaDocuments } from './schema-document.js';
