import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../infra/http/index.js';
import { Reads } from '../shared/index.js';
import { ListProjections } from './list-projections.query.js';
import { ProjectionListResponse } from './projection.responses.js';

@ApiTags('operations')
@Controller('v1/projections')
export class ProjectionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Roles('support', 'admin')
  // Not the read models: how far they lag behind what was written is what is asked.
  @Reads({ from: 'log' })
  @ApiOkResponse({ type: ProjectionListResponse, description: 'How far each read model has come.' })
  async list(): Promise<ProjectionListResponse> {
    const rows = await this.queries.execute(new ListProjections());
    return { items: rows.map((row) => ({ ...row, position: row.position ?? '' })) };
  }
}
