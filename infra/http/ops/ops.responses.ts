import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { ChoiceProperty } from '../responses/properties.js';

@ApiSchema({ name: 'Health', description: 'The process answers.' })
export class HealthResponse {
  @ChoiceProperty('Always the same.', ['alive'], 'alive')
  readonly status!: string;
}

@ApiSchema({ name: 'Readiness', description: 'Whether requests should be sent here.' })
export class ReadinessResponse {
  @ChoiceProperty('Ready when every check is `ok`.', ['ready', 'not-ready', 'draining'], 'ready')
  readonly status!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: '`ok` or what is wrong, by the name of the check.',
    example: { 'event-store': 'ok' },
  })
  readonly checks!: Readonly<Record<string, string>>;
}
