// The commands of whoever runs the bot, with their options and examples.
import type { AddCommand } from './cli-command.js';
import { runBackup, runRestore } from './ops/commands/backup.js';
import { runDoctor } from './ops/commands/doctor.js';

export function addOperations(command: AddCommand): void {
  command(
    'doctor',
    'checks this machine and says how to mend what is wrong',
    ['doctor', 'doctor --json'],
    runDoctor,
  ).option('--json', 'one JSON object');

  command(
    'backup [place]',
    'copies the store while the bot runs: into DATA_DIR/backups, a folder, or an archive',
    ['backup', 'backup /mnt/backups', 'backup third-umpire.tar.gz'],
    runBackup,
  ).option('--json', 'one JSON object');

  command(
    'restore <place>',
    'puts a backup in the place of the present data, which are kept beside it; the bot must be stopped',
    ['restore third-umpire.tar.gz', 'restore data/backups/third-umpire-2026-03-01T080000Z --yes'],
    runRestore,
  )
    .option('--yes', 'without asking')
    .option('--json', 'one JSON object');
}
