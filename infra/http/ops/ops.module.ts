import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { OpsController } from './ops.controller.js';
import { METRICS_REGISTRY, READINESS_CHECKS } from './readiness.js';
import type { ReadinessCheck } from './readiness.js';

export interface OpsOptions {
  readonly checks: readonly ReadinessCheck[];
  readonly registry: Registry;
}

/** `/healthz`, `/readyz` and `/metrics`. */
@Module({})
export class OpsModule {
  static of({ checks, registry }: OpsOptions): DynamicModule {
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
