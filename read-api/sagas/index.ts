import { GetSagaHandler } from './get-saga.query.js';
import { ListSagasHandler } from './list-sagas.query.js';
import { SagasController } from './sagas.controller.js';

export const sagaReads = {
  controllers: [SagasController],
  handlers: [GetSagaHandler, ListSagasHandler],
};
