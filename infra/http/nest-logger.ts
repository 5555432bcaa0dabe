import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages in our log; what it tells at start is for debugging. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug({ message: String(message) }, 'nest');
  }
  error(message: unknown, ...details: readonly unknown[]): void {
    this.logger.error({ message: String(message), details: details.map(String) }, 'nest');
  }
  warn(message: unknown): void {
    this.logger.warn({ message: String(message) }, 'nest');
  }
}
