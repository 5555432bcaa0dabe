import type { Provider } from '@nestjs/common';

/** Ports by their injection tokens. */
export type PortsByToken = Readonly<Record<symbol, unknown>>;

/** What has Nest inject them. */
export const portProviders = (ports: PortsByToken): Provider[] =>
  Object.getOwnPropertySymbols(ports).map((provide) => ({ provide, useValue: ports[provide] }));
