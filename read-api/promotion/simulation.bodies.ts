import { ApiSchema } from '@nestjs/swagger';
import { Described, Timestamp } from '../../infra/http/index.js';

@ApiSchema({ description: 'Which orders.' })
export class SimulationBody {
  @Described('Placed at or after.', '2026-03-01T00:00:00Z')
  @Timestamp()
  readonly from!: string;
  @Described('Placed before.', '2026-04-01T00:00:00Z')
  @Timestamp()
  readonly to!: string;
}
