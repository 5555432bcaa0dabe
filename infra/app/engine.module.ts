import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { ReadApiModule } from '../../read-api/read-api.module.js';
import { WriteSideModule } from '../../write-side/write-side.module.js';
import type { Role } from '../config/index.js';
import type { Lifecycle } from '../http/index.js';
import { OpsModule } from '../http/ops/ops.module.js';
import type { ReadinessCheck } from '../http/ops/readiness.js';

@Module({})
class PortsModule {}

@Module({})
class EngineModule {}

export interface EngineModuleOptions {
  readonly roles: ReadonlySet<Role>;
  /** Adapters and services by injection token. */
  readonly ports: ReadonlyMap<symbol, unknown>;
  readonly checks: readonly ReadinessCheck[];
  readonly registry: Registry;
  readonly lifecycle: Lifecycle;
}

/** The HTTP side of what this process runs, over the ports that were opened for it. */
export function engineModule({ roles, ports, checks, registry, lifecycle }: EngineModuleOptions): DynamicModule {
  const providers: Provider[] = [...ports].map(([provide, useValue]) => ({ provide, useValue }));
  const apis: Type[] = [];
  if (roles.has('write-side')) apis.push(WriteSideModule);
  if (roles.has('read-api')) apis.push(ReadApiModule);
  return {
    module: EngineModule,
    imports: [
      { module: PortsModule, global: true, providers, exports: [...ports.keys()] },
      OpsModule.of({ checks, registry, lifecycle }),
      ...apis,
    ],
  };
}
