import { GetSagaHandler } from './get-saga.query.js';
import { ListSagasHandler } from './list-sagas.query.js';
import { ProcessRecords } from './process-records.js';
import { SagasController } from './sagas.controller.js';

export const sagaReads = {
  controllers: [SagasController],
  handlers: [ProcessRecords, GetSagaHandler, ListSagasHandler],
};
