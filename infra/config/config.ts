export type Role = 'write-side' | 'sagas' | 'projections' | 'read-api';

/** All that the environment decides; read and checked once at start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly roles: ReadonlySet<Role>;
  readonly eventStoreUrl: string;
  readonly readStoreUrl: string;
  readonly auth: AuthConfig;
  /** Key of everything derived for this installation (access tokens, unguessable ids, e-mail hashes). */
  readonly serverSecret: Buffer;
  readonly rateLimit: { readonly perSecond: number } | null;
  readonly seedDemo: boolean;
  readonly sandboxDelayMs: number;
  /** `whsec_…`, Standard Webhooks. */
  readonly paymentWebhookSecret: string;
  readonly logLevel: string;
  readonly pricingFile: string | null;
}

export interface AuthConfig {
  /** HS256 secret; null where only the JWKS counts. */
  readonly secret: string | null;
  readonly jwksUrl: string | null;
  readonly issuer: string | null;
  readonly audience: string | null;
}
