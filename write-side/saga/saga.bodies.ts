import { ApiSchema } from '@nestjs/swagger';
import { Described, Text } from '../../infra/http/index.js';

@ApiSchema({ description: 'Why a person sees to a process.' })
export class SagaRepairBody {
  @Described('For who reads the log; sealed as personal data are.', 'The bank has lifted its block')
  @Text({ max: 500, lines: true })
  readonly reason!: string;
}
