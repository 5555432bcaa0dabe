import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { PROJECTION_PROGRESS } from '../../infra/engine/projections/progress.js';
import type { ProjectionProgress, ProjectionStatus } from '../../infra/engine/projections/progress.js';

export class ListProjections extends Query<readonly ProjectionStatus[]> {}

@QueryHandler(ListProjections)
export class ListProjectionsHandler implements IQueryHandler<ListProjections> {
  constructor(@Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress) {}

  execute(): Promise<readonly ProjectionStatus[]> {
    return this.progress.status();
  }
}
