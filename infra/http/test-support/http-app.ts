import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { DEFAULT_EDGE, type EdgeConfig } from '../../config/index.js';
import { createHttpApp, type HttpAppOptions } from '../create-http-app.js';

export const auth = { secret: 'a secret for specs alone', jwksUrl: null, issuer: null, audience: null };

export interface HttpApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  close(): Promise<void>;
}

/** An app over this module that listens on a port of its own. */
export async function openHttpApp(
  module: Type,
  edge: Partial<EdgeConfig> = {},
  { abuseLimits = false, ...options }: Partial<HttpAppOptions> & { readonly abuseLimits?: boolean } = {},
): Promise<HttpApp> {
  const app = await createHttpApp(module, {
    config: {
      auth,
      abuseLimits,
      rateLimit: null,
      edge: { ...DEFAULT_EDGE, ...edge },
    },
    logger: pino({ level: 'silent' }),
    idOfSubject: async (subject) => subject,
    ...options,
  });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl(), close: () => app.close() };
}
