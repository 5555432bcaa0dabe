import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SagaRepair } from '../../domain/order/index.js';
import type { Repair } from '../../domain/order/index.js';
import { Operation, Roles } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { SagaRepairBody } from './saga.bodies.js';
import { RepairSaga } from './saga.commands.js';

@ApiTags('sagas')
@Controller('v1/sagas/:name/:id')
@Roles('admin')
export class SagaRepairsController {
  constructor(private readonly gate: WriteGate) {}

  @Post('retry')
  @HttpCode(202)
  @Operation({
    id: 'sagas.retry',
    summary: 'Try what a process waits for again',
    description:
      'Sends at once what is unanswered or was refused, under a new key where the provider refused it for good. It is an event of the ' +
      'order, with who asked and why; of two who ask for the same process as it stands one is heard.',
    codes: ['SAGA.DONE', 'SAGA.NOT_FOUND', 'SAGA.NOTHING_TO_RETRY', 'SAGA.REPAIR_REQUESTED'],
  })
  @WriteRoute({ answers: { 202: [SagaRepair, 'It is asked for; the process follows.'] } })
  retry(
    @Param('name') name: string,
    @Param('id') id: string,
    @Body() body: SagaRepairBody,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.repair(reply, 'retry', { name, id, reason: body.reason });
  }

  @Post('compensate')
  @HttpCode(202)
  @Operation({
    id: 'sagas.compensate',
    summary: 'Bring a process to its failing end',
    description:
      'Has the process undo what it has done, by its own steps: a checkout ends in a rejected order, a fulfilment lets go of the money that ' +
      'is refused or cancels what is open, a failed refund is given up. It is an event of the order, with who asked and why.',
    codes: ['SAGA.DONE', 'SAGA.NOT_COMPENSABLE', 'SAGA.NOT_FOUND', 'SAGA.REPAIR_REQUESTED'],
  })
  @WriteRoute({ answers: { 202: [SagaRepair, 'It is asked for; the process follows.'] } })
  compensate(
    @Param('name') name: string,
    @Param('id') id: string,
    @Body() body: SagaRepairBody,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.repair(reply, 'compensate', { name, id, reason: body.reason });
  }

  private repair(reply: FastifyReply, repair: Repair, data: { name: string; id: string; reason: string }) {
    return this.gate.send(reply, (scope) => new RepairSaga(scope, { repair, ...data }));
  }
}
