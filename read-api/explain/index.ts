import { ExplainController } from './explain.controller.js';
import { ExplainFieldHandler } from './explain-field.query.js';
import { Explainables } from './explainables.js';

export const explainReads = {
  controllers: [ExplainController],
  handlers: [Explainables, ExplainFieldHandler],
};
