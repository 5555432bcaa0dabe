import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalid, problem } from '../problem.js';
import type { ProblemError } from '../problem.js';
import { isAccessToken, looksLikeAccessToken } from './access-token.js';
import type { Principal, RequestAuth } from './principal.js';
import { KeysUnavailableError } from './remote-keys.js';

/** What somebody shows to be let near an order. */
export interface OrderCredential {
  readonly principal: Principal | null;
  /** An accessToken, of whichever order. */
  readonly accessToken: string | null;
}

/** Which order, and whose; `customerId` undefined for a guest's. */
export interface OrderOwner {
  readonly orderId: string;
  readonly customerId?: string | undefined;
}

/** Seconds after which trying again makes sense. */
const RETRY_AFTER = '2';

/** The credential of a request for an order, from the bearer or `?accessToken=`. @throws ProblemError 401 when it has none or an invalid one */
export function orderCredential(request: FastifyRequest): OrderCredential {
  const { principal, unverified }: RequestAuth = decided(request.auth);
  if (unverified !== null && !looksLikeAccessToken(unverified)) throw authRequired('The credential is not valid.');
  const accessToken = unverified ?? accessTokenInQuery(request.query);
  if (principal === null && accessToken === null) throw authRequired();
  return { principal, accessToken };
}

/** Refuses a request for an order without a credential before anything is read for it. */
@Injectable()
export class OrderCredentialGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    orderCredential(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}

/** What a request brought along. @throws ProblemError 503, or the key store's error, where it cannot be told now what that is worth */
export function decided(auth: RequestAuth): RequestAuth {
  const { undecided } = auth;
  if (undecided === undefined) return auth;
  if (!(undecided instanceof KeysUnavailableError)) throw undecided;
  const detail = 'The keys of the identity provider cannot be had at the moment: your token may well be good.';
  throw problem('AUTH.KEYS_UNAVAILABLE', detail, { headers: { 'retry-after': RETRY_AFTER } });
}

/** Whether it opens this order: its accessToken, its customer, support or admin. */
export function mayTouchOrder(credential: OrderCredential, owner: OrderOwner, secret: Buffer): boolean {
  const { principal, accessToken } = credential;
  if (accessToken !== null && isAccessToken(secret, owner.orderId, accessToken)) return true;
  if (principal === null) return false;
  if (principal.role === 'support' || principal.role === 'admin') return true;
  return principal.role === 'customer' && owner.customerId === principal.id;
}

/** The same for an order that is not there and for one that the credential does not open: it must not tell which. */
export const hiddenOrder = (): ProblemError =>
  problem('ORDER.NOT_FOUND', 'There is no such order, or your credential does not open it.');

/** Whether it is of those who look after orders, and see more of them than their buyers. */
export const isStaff = ({ principal }: OrderCredential): boolean =>
  principal?.role === 'support' || principal?.role === 'admin';

export const authRequired = (detail = 'This needs a valid credential.'): ProblemError =>
  problem('AUTH.REQUIRED', detail, { headers: { 'www-authenticate': 'Bearer' } });

export const authForbidden = (detail = 'Your credential does not allow this.'): ProblemError =>
  problem('AUTH.FORBIDDEN', detail);

/** An empty one is none. @throws ProblemError 400 where there are several */
function accessTokenInQuery(query: unknown): string | null {
  const { accessToken } = query as Readonly<Record<string, string | readonly string[] | undefined>>;
  if (accessToken === undefined || accessToken === '') return null;
  if (typeof accessToken !== 'string') throw invalid('accessToken', 'must be given only once');
  return accessToken;
}
