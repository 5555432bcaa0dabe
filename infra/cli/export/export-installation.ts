import { Closers } from '../../app/boot/closers.js';
import { openLog } from '../../app/stores/stores.js';
import { existingInstallation, type Variables } from '../model-access.js';
import type { Say } from '../rebuild.js';
import { exportLog, type ExportOptions } from './export-log.js';

/**
 * Exports the log of an installation, and says how much it was.
 * @throws CliError, ConfigError what is wrong with the options or the installation
 */
export async function exportInstallation(variables: Variables, options: ExportOptions, say: Say): Promise<void> {
  const config = existingInstallation(variables);
  const closers = new Closers();
  const startedAt = performance.now();
  try {
    const log = await openLog(config, 'read-only');
    closers.add(() => log.close());
    const { count, position, files } = await exportLog({ ...log, serverSecret: config.serverSecret }, options);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    say(
      `${count} events in ${files.length} files up to ${position ?? 'the beginning'}, after ${seconds} s: ${options.out}`,
    );
  } finally {
    await closers.close();
  }
}
