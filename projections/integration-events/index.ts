export { integrationEventOf, SUBJECT_ROOT, type IntegrationEvent } from './integration-event.js';
export { eventTable, schemaDocuments, type SchemaDocument } from './schema-document.js';
