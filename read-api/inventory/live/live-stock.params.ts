import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { isSku } from '../../../infra/http/index.js';

/** Most SKUs of one connection. */
const MAX_SKUS = 100;

const listed = ({ value }: { readonly value: unknown }): unknown => {
  const values = Array.isArray(value) ? value : [value];
  if (!values.every((one) => typeof one === 'string')) return value;
  return [...new Set(values.flatMap((one) => one.split(',')))];
};

const isSkuList = (value: unknown): boolean =>
  Array.isArray(value) && value.length >= 1 && value.length <= MAX_SKUS && value.every(isSku);

const SkuList = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: 'string',
      isArray: true,
      minItems: 1,
      maxItems: MAX_SKUS,
      description: 'repeated, or separated by commas',
    }),
    Transform(listed),
    ValidateBy({
      name: 'isSkuList',
      validator: { validate: isSkuList, defaultMessage: () => `must name 1 to ${MAX_SKUS} SKUs` },
    }),
  );

/** Whose stock is watched. */
export class LiveStockParams {
  @SkuList()
  readonly sku!: readonly string[];
}
