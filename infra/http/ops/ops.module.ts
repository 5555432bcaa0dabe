import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { collectDefaultMetrics } from 'prom-client';
import type { Registry } from 'prom-client';
import { OpsController } from './ops.controller.js';
import { METRICS_REGISTRY, READINESS_CHECKS } from './readiness.js';
import type { ReadinessCheck } from './readiness.js';

export interface OpsOptions {
  readonly checks: readonly ReadinessCheck[];
  readonly registry: Registry;
}

/** `/healthz`, `/readyz` and `/metrics`, the latter with the metrics of the process itself. */
@Module({})
export class OpsModule {
  static of({ checks, registry }: OpsOptions): DynamicModule {
    collectDefaultMetrics({ register: registry });
    return {
      module: OpsModule,
      controllers: [OpsController],
      providers: [
        { provide: READINESS_CHECKS, useValue: checks },
        { provide: METRICS_REGISTRY, useValue: registry },
      ],
    };
  }
}
