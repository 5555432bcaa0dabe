export const ACCESS_ROLES = ['customer', 'support', 'analyst', 'admin'] as const;

/** What a person or client is to the shop; one a token. */
export type AccessRole = (typeof ACCESS_ROLES)[number];

/** Whom a verified token names; its subject goes no further than this. */
export interface Principal {
  /** What events and read models know them by: a customer's random customerId; of staff the subject, unless it is personal. */
  readonly id: string;
  readonly role: AccessRole;
  /** Groups of customers that they are of, for whom prices and promotions may be; absent where the token names none. */
  readonly groups?: readonly string[];
}

/** What a request brought along, before any route asks for it. */
export interface RequestAuth {
  /** Of a verified token; null without one. */
  readonly principal: Principal | null;
  /** A bearer credential that is no token of ours: an order's accessToken, or rubbish. */
  readonly unverified: string | null;
  /** Why it cannot be told now whether the credential is good, or whose it is. */
  readonly undecided?: Error;
}

export const NO_AUTH: RequestAuth = { principal: null, unverified: null };

export const isAccessRole = (value: unknown): value is AccessRole =>
  typeof value === 'string' && ACCESS_ROLES.some((role) => role === value);

/** The actor that events record, such as `customer:CUSTOMER-ID` or `anonymous`. */
export const actorOf = (principal: Principal | null): string =>
  principal === null ? 'anonymous' : `${principal.role}:${principal.id}`;

/** The customer that asks; undefined for staff and for nobody we know. */
export const customerOf = (principal: Principal | null): string | undefined =>
  principal?.role === 'customer' ? principal.id : undefined;
