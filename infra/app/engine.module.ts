import { Module, type DynamicModule } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { ReadApiModule, type ReadApiPorts } from '../../read-api/read-api.module.js';
import { WriteSideModule, type WriteSidePorts } from '../../write-side/write-side.module.js';
import type { Lifecycle } from '../http/index.js';
import { OpsModule } from '../http/ops/ops.module.js';
import type { ReadinessCheck } from '../http/ops/readiness.js';

@Module({})
class EngineModule {}

export interface EngineModuleOptions {
  /** Null where this process does not have that role. */
  readonly writeSide: WriteSidePorts | null;
  /** Null where this process does not have that role. */
  readonly readApi: ReadApiPorts | null;
  readonly checks: readonly ReadinessCheck[];
  readonly registry: Registry;
  readonly lifecycle: Lifecycle;
}

/** The HTTP modules of this process's roles, over the ports that were opened for them. */
export function engineModule({ writeSide, readApi, ...ops }: EngineModuleOptions): DynamicModule {
  const apis: DynamicModule[] = [];
  if (writeSide !== null) apis.push(WriteSideModule.over(writeSide));
  if (readApi !== null) apis.push(ReadApiModule.over(readApi));
  return { module: EngineModule, imports: [OpsModule.of(ops), ...apis] };
}
