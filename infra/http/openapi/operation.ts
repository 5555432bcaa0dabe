import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiOperation } from '@nestjs/swagger';
import type { ErrorCode } from '../error-catalogue.js';

/** What the documentation says of one route. */
export interface OperationText {
  /** `resource.verb`, as a client's method would be called. */
  readonly id: string;
  /** A few words, without a full stop. */
  readonly summary: string;
  /** What it does and what to know about it; who may call it is added where roles say so. */
  readonly description: string;
  /** Codes of refusals of its own; those that every read or write can meet are added. */
  readonly codes?: readonly ErrorCode[];
  /** Where no role is asked for: whether a bearer credential counts all the same. */
  readonly credential?: 'none' | 'optional';
}

/** Documents one route. Its parameters, body and answers are documented by their classes. */
export const Operation = ({ id, summary, description, codes = [], credential }: OperationText): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId: id, summary, description }),
    Refuses('own', codes),
    ...(credential === undefined ? [] : [ApiExtension(CREDENTIAL, credential)]),
  );

/** Names codes that a route answers; `why` tells groups of codes apart, of which a route has each once. */
export const Refuses = (why: string, codes: readonly ErrorCode[]): MethodDecorator & ClassDecorator =>
  ApiExtension(`${CODES}${why}`, [...codes]);

/** Documents that a route needs a token with one of these roles. */
export const NeedsRole = (roles: readonly string[]): MethodDecorator & ClassDecorator =>
  applyDecorators(ApiExtension(ROLES, [...roles]), Refuses('roles', ['AUTH.REQUIRED', 'AUTH.FORBIDDEN']));

// How the decorators above hand on what they were told, until the document is finished.
export const CODES = 'x-codes-';
export const CREDENTIAL = 'x-credential';
export const ROLES = 'x-roles';
