import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { collectDefaultMetrics } from 'prom-client';
import type { Registry } from 'prom-client';
import { Lifecycle } from '../closing.js';
import { OpsController } from './ops.controller.js';
import { LIFECYCLE, METRICS_REGISTRY, READINESS_CHECKS } from './readiness.js';
import type { ReadinessCheck } from './readiness.js';

export interface OpsOptions {
  readonly checks: readonly ReadinessCheck[];
  readonly registry: Registry;
  /** Whether the engine is on its way out. */
  readonly lifecycle?: Lifecycle;
}

/** `/healthz`, `/readyz` and `/metrics`, the latter with the metrics of the process itself. */
@Module({})
export class OpsModule {
  static of({ checks, registry, lifecycle = new Lifecycle() }: OpsOptions): DynamicModule {
    collectDefaultMetrics({ register: registry });
    return {
      module: OpsModule,
      controllers: [OpsController],
      providers: [
        { provide: READINESS_CHECKS, useValue: checks },
        { provide: METRICS_REGISTRY, useValue: registry },
        { provide: LIFECYCLE, useValue: lifecycle },
      ],
    };
  }
}
