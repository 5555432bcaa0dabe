import { Described, field, isSku } from '../../../infra/http/index.js';

/** Most SKUs of one connection. */
const MAX_SKUS = 100;

function listed(value: unknown): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every((one) => typeof one === 'string')) return value;
  return [...new Set(values.flatMap((one) => one.split(',')))];
}

const isSkuList = (value: unknown): boolean =>
  Array.isArray(value) && value.length >= 1 && value.length <= MAX_SKUS && value.every(isSku);

const SkuList = (): PropertyDecorator =>
  field({
    name: 'isSkuList',
    schema: {
      type: 'string',
      isArray: true,
      minItems: 1,
      maxItems: MAX_SKUS,
      description: 'repeated, or separated by commas',
    },
    test: isSkuList,
    message: `must name 1 to ${MAX_SKUS} SKUs`,
    read: listed,
    repeats: true,
  });

/** Whose stock is watched. */
export class LiveStockParams {
  @Described('SKUs to watch: repeated, or separated by commas.', ['1000237'])
  @SkuList()
  readonly sku!: readonly string[];
}
