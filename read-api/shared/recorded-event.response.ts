import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../domain/shared/index.js';
import { IntegerProperty, NullableText, TextProperty, TimeProperty } from '../../infra/http/index.js';

/** What every answer tells of a recorded event. */
export class RecordedEventResponse {
  @TextProperty('Place in the log; opaque.', '0000000000000042')
  readonly position!: string;
  @TextProperty('Such as `order-{orderId}`.', 'order-0Q7B2M4N6P8R')
  readonly stream!: string;
  @IntegerProperty('Place in its stream, from 0.', 1, { minimum: 0 })
  readonly revision!: number;
  @TextProperty('What happened, with the version of its shape.', 'order.confirmed.v1')
  readonly type!: string;
  @TimeProperty('When it was recorded.')
  readonly at!: string;
  @TextProperty('Who did it, such as `customer:SUB`, `anonymous` or `saga:checkout`.', 'saga:checkout')
  readonly actor!: string;
  @TextProperty('The command that it came of.', '6d9f6a52-8d0e-5b6c-9b51-2f3f1c0f7a10')
  readonly commandId!: string;
  @TextProperty('The same for all that one request set off.', '0b6c8b4e-1d3f-4f0a-9b7e-2a5f4f6f1c11')
  readonly correlationId!: string;
  @NullableText('The business event that caused the command; null where a request did.', null)
  readonly causationId!: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'What happened, by its type. Personal data are null once forgotten, in the feed for analysts always; a means of ' +
      'payment is null to everybody.',
    example: { orderId: '0Q7B2M4N6P8R' },
  })
  readonly data!: JsonObject;
}
