import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Operation, Roles } from '../../infra/http/index.js';
import { Answers, Reads } from '../shared/index.js';
import { GetProjection } from './get-projection.query.js';
import { ListProjections } from './list-projections.query.js';
import { Projection, ProjectionList } from './projection-list.js';

@ApiTags('operations')
@Controller('v1/projections')
export class ProjectionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Roles('support', 'admin')
  // Not the read models: how far they lag behind what was written is what is asked.
  @Reads({ from: 'log' })
  @Operation({
    id: 'projections.list',
    summary: 'Read how far the read models have come',
    description: 'Lists every read model with its lag behind the log and what it could not apply.',
  })
  @Answers(ProjectionList, 'The read models.')
  async list(): Promise<ProjectionList> {
    const rows = await this.queries.execute(new ListProjections());
    return { items: rows.map((row) => ({ ...row, position: row.position ?? '' })) };
  }

  @Get(':name')
  @Roles('support', 'admin')
  @Reads({ from: 'log' })
  @Operation({
    id: 'projections.get',
    summary: 'Read how far a read model has come',
    description: 'Shows one read model with its lag behind the log and how much it could not apply.',
    codes: ['READ_MODEL.NOT_FOUND'],
  })
  @Answers(Projection, 'The read model.')
  async projection(@Param('name') name: string): Promise<Projection> {
    const { position, ...status } = await this.queries.execute(new GetProjection(name));
    return { ...status, position: position ?? '' };
  }
}
