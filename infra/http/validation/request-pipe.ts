import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { problem } from '../problem.js';
import type { FieldError } from '../problem.js';
import { mayBeLeftOut } from './optional-body.js';
import { isRecord } from './record.js';

/** Ids, SKUs and names in a path are visible; whatever else stands there names nothing. */
const PATH_VALUE = /^[^\p{Cc}\p{Cs}]+$/u;
const MAX_ERRORS = 20;
const RULES = { whitelist: true, forbidUnknownValues: true, stopAtFirstError: true } as const;
const BUILT_IN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object, Buffer]);

/** Bodies and queries become instances of the class that the route names, or 400 REQUEST.INVALID with every field that is wrong. */
export class RequestPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'param') return pathValue(value, data);
    if (type === 'custom' || metatype === undefined || BUILT_IN.has(metatype)) return value;
    if (type === 'body' && !isRecord(value) && !(value === undefined && mayBeLeftOut(metatype))) {
      throw problem('REQUEST.INVALID', 'The body must be a JSON object.', {
        errors: [{ path: '', message: 'must be a JSON object' }],
      });
    }
    return validated(metatype, value ?? {});
  }
}

function validated(type: Type<unknown>, value: unknown): unknown {
  // A query has no prototype, which class-transformer cannot work with.
  const instance: unknown = plainToInstance(type, { ...(value as object) });
  const failures = validateSync(instance as object, RULES);
  if (failures.length === 0) return instance;
  const errors = failures.flatMap((failure) => fieldErrors(failure, '')).slice(0, MAX_ERRORS);
  const detail = errors.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw problem('REQUEST.INVALID', detail.slice(0, 1000), { errors });
}

function fieldErrors(failure: ValidationError, parent: string): readonly FieldError[] {
  const path = parent === '' ? failure.property : `${parent}.${failure.property}`;
  const own = Object.values(failure.constraints ?? {})[0];
  if (own !== undefined) return [{ path: path.slice(0, 200), message: own }];
  return (failure.children ?? []).flatMap((child) => fieldErrors(child, path));
}

/** One value by its name, or all of them. */
function pathValue(value: unknown, name: string | undefined): unknown {
  const values = name === undefined && isRecord(value) ? Object.values(value) : [value];
  for (const one of values) {
    if (typeof one !== 'string' || !PATH_VALUE.test(one)) throw problem('ROUTE.NOT_FOUND', 'There is no such route.');
  }
  return value;
}
