import type { EdgeConfig } from './edge.js';

export const ROLES = ['write-side', 'sagas', 'projections', 'read-api'] as const;

/** What a process runs. */
export type Role = (typeof ROLES)[number];

/** All that the environment decides; read and checked once at start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly roles: ReadonlySet<Role>;
  /** `sqlite:DIRECTORY`, `esdb://…` or `esdb+discover://…`. */
  readonly eventStoreUrl: string;
  /** `sqlite:DIRECTORY`, `mongodb://…` or `mongodb+srv://…`. */
  readonly readStoreUrl: string;
  /** `sqlite:DIRECTORY`, `http://…` or `https://…`. */
  readonly searchUrl: string;
  /** Instead of a user and password in `searchUrl`. */
  readonly searchApiKey: string | null;
  /** Keys of personal data, which nothing can rebuild: `sqlite:DIRECTORY`, `mongodb://…` or `mongodb+srv://…`. */
  readonly keyStoreUrl: string;
  /** `memory:`, `nats://…` or `tls://…`. */
  readonly busUrl: string;
  /** First word of the subjects on the bus: the path of its URL, for installations that share one; else `cartwright`. */
  readonly busRoot: string;
  /** Where integration events are posted; null: nowhere. */
  readonly eventWebhook: EventWebhook | null;
  readonly auth: AuthConfig;
  /** Key of everything derived for this installation (access tokens, unguessable ids, hashes of addresses and subjects). */
  readonly serverSecret: Buffer;
  readonly rateLimit: { readonly perSecond: number } | null;
  readonly edge: EdgeConfig;
  /** Whether a client's unsettled checkouts, what it holds through them, and its wrong codes are bounded. */
  readonly abuseLimits: boolean;
  /** An open cart that nobody touches for so many days is abandoned; 0: never. */
  readonly cartAbandonedAfterDays: number;
  readonly seedDemo: boolean;
  readonly sandboxDelayMs: number;
  readonly paymentWebhookSecrets: WebhookSecrets;
  /** Who takes new payments; null: the sandbox does. */
  readonly stripe: StripeConfig | null;
  /** Of the carrier's notices of deliveries; null: none are taken. */
  readonly carrierWebhookSecrets: WebhookSecrets | null;
  /** Origin of the write-side that takes the payment provider's webhooks; null is this process. */
  readonly webhookUrl: string | null;
  readonly logLevel: string;
  /** A JSON file with a pricing policy; null is the default policy. */
  readonly pricingFile: string | null;
}

export interface StripeConfig {
  readonly secretKey: string;
  /** Each `whsec_…`, in Stripe's own form: a notice may be signed with any of them. */
  readonly webhookSecrets: readonly string[];
  /** The page that buyers come back to from their bank. */
  readonly returnUrl: string;
  /** Origin of the API. */
  readonly apiUrl: string;
}

/** Each `whsec_…`, Standard Webhooks. What comes in may be signed with any of them, so that one can be replaced by another without a notice being refused. */
export type WebhookSecrets = readonly [string, ...string[]];

export interface EventWebhook {
  /** `http://…` or `https://…`. */
  readonly url: string;
  /** All of them sign, so that a receiver may know whichever it was told. */
  readonly secrets: WebhookSecrets;
  /** How often an event is tried before it is parked. */
  readonly attempts: number;
}

export interface AuthConfig {
  /** HS256 secret; null where only the JWKS counts. */
  readonly secret: string | null;
  /** Whether the secret was set by somebody, or made here because nobody did. */
  readonly origin?: 'set' | 'generated';
  readonly jwksUrl: string | null;
  readonly issuer: string | null;
  readonly audience: string | null;
}

/** The environment cannot be used; one line a problem. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}
