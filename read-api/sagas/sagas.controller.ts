import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Operation, Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, pageOf, Reads } from '../shared/index.js';
import { GetSaga } from './get-saga.query.js';
import { ListSagas } from './list-sagas.query.js';
import { SagaDetail, SagaRow } from './saga-view.js';
import { SagaListParams } from './saga.params.js';

const SagaPage = pageOf(SagaRow, 'SagaPage');

@ApiTags('sagas')
@Controller('v1/sagas')
@Roles('support', 'admin')
export class SagasController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: ['sagas', 'orders'] })
  @Operation({
    id: 'sagas.list',
    summary: 'List processes',
    description: 'Lists processes, those that have been in their state the longest first; filters are joined by and.',
  })
  @Answers(SagaPage, 'A page of processes.')
  list(@Query() request: SagaListParams): Promise<Page<SagaRow>> {
    return this.queries.execute(new ListSagas(request));
  }

  @Get(':name/:id')
  @Reads({ from: ['sagas'], versioned: true })
  @Operation({
    id: 'sagas.get',
    summary: 'Read a process',
    description: 'Shows a process with its steps, what it waits for, and why its last attempt came to nothing.',
    codes: ['SAGA.NOT_FOUND'],
  })
  @Answers(SagaDetail, 'The process.', ['ETag'])
  saga(@Param('name') name: string, @Param('id') id: string): Promise<SagaDetail> {
    return this.queries.execute(new GetSaga(name, id));
  }
}
