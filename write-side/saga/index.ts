import { RepairSagaHandler } from './saga.handlers.js';
import { SagaRepairsController } from './sagas.controller.js';

export const sagaWrites = {
  controllers: [SagaRepairsController],
  handlers: [RepairSagaHandler],
};
