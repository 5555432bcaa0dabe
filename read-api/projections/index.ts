import { GetProjectionHandler } from './get-projection.query.js';
import { ListProjectionsHandler } from './list-projections.query.js';
import { ParkedKeysHandler } from './parked-keys.query.js';
import { ProjectionRepairsController } from './projection-repairs.controller.js';
import { ProjectionsController } from './projections.controller.js';

export const projectionReads = {
  controllers: [ProjectionsController, ProjectionRepairsController],
  handlers: [GetProjectionHandler, ListProjectionsHandler, ParkedKeysHandler],
};
