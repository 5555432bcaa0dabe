import { ListProjectionsHandler } from './list-projections.query.js';
import { ProjectionsController } from './projections.controller.js';

export const projectionReads = {
  controllers: [ProjectionsController],
  handlers: [ListProjectionsHandler],
};
