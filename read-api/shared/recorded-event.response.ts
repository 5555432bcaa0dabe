import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../domain/shared/index.js';
import { NullableText } from './responses.js';

/** What every answer tells of a recorded event. */
export class RecordedEventResponse {
  @ApiProperty({ description: 'place in the log; opaque' })
  readonly position!: string;
  @ApiProperty({ description: 'such as `order-{orderId}`' })
  readonly stream!: string;
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
  @ApiProperty({ description: 'such as `order.confirmed.v1`' })
  readonly type!: string;
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ description: 'who did it, such as `customer:…`, `anonymous` or `saga:checkout`' })
  readonly actor!: string;
  @ApiProperty()
  readonly commandId!: string;
  @ApiProperty({ description: 'the same for all that one request set off' })
  readonly correlationId!: string;
  /** The business event that caused the command; null for a root command. */
  @NullableText()
  readonly causationId!: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'personal data are null once forgotten, in the feed for analysts always; a means of payment is null to everybody',
  })
  readonly data!: JsonObject;
}
