import { applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Problems } from '../../infra/http/index.js';

/** An amount in minor units of an ISO 4217 currency. */
export class MoneyResponse {
  @ApiProperty({ type: 'integer', description: 'minor units' })
  readonly amount!: number;
  @ApiProperty({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' })
  readonly currency!: string;
}

/** total = subtotal − discount + shipping + tax; `taxIncluded` is contained in the lines. */
export class TotalsResponse {
  @ApiProperty()
  readonly subtotal!: MoneyResponse;
  @ApiProperty()
  readonly discount!: MoneyResponse;
  @ApiProperty()
  readonly shipping!: MoneyResponse;
  @ApiProperty()
  readonly tax!: MoneyResponse;
  @ApiProperty()
  readonly taxIncluded!: MoneyResponse;
  @ApiProperty()
  readonly total!: MoneyResponse;
}

export class LineResponse {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly quantity!: number;
  @ApiProperty()
  readonly unitPrice!: MoneyResponse;
  @ApiProperty()
  readonly lineTotal!: MoneyResponse;
}

export class AddressResponse {
  @ApiProperty()
  readonly name!: string;
  @ApiProperty()
  readonly line1!: string;
  @ApiProperty({ required: false })
  readonly line2?: string;
  @ApiProperty()
  readonly city!: string;
  @ApiProperty({ required: false })
  readonly region?: string;
  @ApiProperty({ required: false, description: 'absent where the country has none' })
  readonly postalCode?: string;
  @ApiProperty({ pattern: '^[A-Z]{2}$' })
  readonly country!: string;
}

/** A member that is an object of this class or null. */
export const NullableProperty = (type: Type): PropertyDecorator =>
  ApiProperty({ oneOf: [{ $ref: getSchemaPath(type) }, { type: 'null' }] });

/** A text or null. */
export const NullableText = (): PropertyDecorator => ApiProperty({ oneOf: [{ type: 'string' }, { type: 'null' }] });

/** Documents a page `{items, nextCursor}` of this class. */
export const AnswersPage = (item: Type): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      description: 'A page; `nextCursor` is null on the last.',
      schema: {
        type: 'object',
        required: ['items', 'nextCursor'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(item) } },
          nextCursor: { oneOf: [{ type: 'string' }, { type: 'null' }] },
        },
      },
    }),
  );

/** Documents one resource of this class; 404 where there is none. */
export const Answers = (type: Type, description: string): MethodDecorator =>
  applyDecorators(ApiOkResponse({ type, description }), Problems(404));
