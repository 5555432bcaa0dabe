import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { PROJECTION_PROGRESS } from '../../infra/engine/projections/progress.js';
import type { ProjectionProgress, ProjectionStatus } from '../../infra/engine/projections/progress.js';
import { problem } from '../../infra/http/index.js';

/** How far one read model has come. */
export class GetProjection extends Query<ProjectionStatus> {
  constructor(readonly name: string) {
    super();
  }
}

@QueryHandler(GetProjection)
export class GetProjectionHandler implements IQueryHandler<GetProjection> {
  constructor(@Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress) {}

  /** @throws ProblemError READ_MODEL.NOT_FOUND */
  async execute({ name }: GetProjection): Promise<ProjectionStatus> {
    const found = (await this.progress.status()).find((status) => status.name === name);
    if (found === undefined) throw problem('READ_MODEL.NOT_FOUND', 'There is no such read model.');
    return found;
  }
}
