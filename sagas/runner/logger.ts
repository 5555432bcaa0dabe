/** The part of a pino logger that the runner uses. */
export interface SagaLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
