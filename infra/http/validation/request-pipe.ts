import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { problem } from '../problem.js';
import type { FieldError } from '../problem.js';
import { InstanceBuilder, MAX_ERRORS } from './build-instance.js';
import type { RequestPart } from './build-instance.js';
import { mayBeLeftOut } from './optional-body.js';
import { isRecord } from './record.js';

/** Ids, SKUs and names in a path are visible; whatever else stands there names nothing. */
const PATH_VALUE = /^[^\p{Cc}\p{Cs}]+$/u;
const RULES = { forbidUnknownValues: true, stopAtFirstError: true } as const;
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
    return validated(metatype, isRecord(value) ? value : {}, type);
  }
}

function validated(type: Type<unknown>, value: object, part: RequestPart): unknown {
  const builder = new InstanceBuilder(part);
  const instance = builder.build(type, value as Readonly<Record<string, unknown>>);
  const failures = validateSync(instance, RULES).flatMap((failure) => fieldErrors(failure, ''));
  const wrong = new Set(builder.errors.map(({ path }) => path));
  const errors = [...builder.errors, ...failures.filter(({ path }) => !wrong.has(path))].slice(0, MAX_ERRORS);
  if (errors.length === 0) return instance;
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
