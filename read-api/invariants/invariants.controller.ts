import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation, Roles } from '../../infra/http/index.js';
import { Answers, Reads } from '../shared/index.js';
import { INVARIANT_SWEEP } from './invariant-sweep.js';
import type { InvariantSweep } from './invariant-sweep.js';
import { InvariantList } from './invariants.js';

@ApiTags('operations')
@Controller('v1/health')
@Roles('support', 'admin')
export class InvariantsController {
  constructor(@Inject(INVARIANT_SWEEP) private readonly sweep: InvariantSweep) {}

  @Get('invariants')
  @Reads({ from: 'log' })
  @Operation({
    id: 'operations.invariants',
    summary: 'Read whether all is as it must be',
    description:
      'Shows what never may happen, and where it has: orders and stock as they are read are held against the log, the newest orders at once and ' +
      'all others round and round.',
  })
  @Answers(InvariantList, 'Each invariant with what breaks it.')
  async invariants(): Promise<InvariantList> {
    await this.sweep.pass();
    return this.sweep.list();
  }
}
