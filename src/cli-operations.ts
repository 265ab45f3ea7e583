// The commands of whoever runs the bot, with their options and examples.
import { Option } from 'commander';
import type { AddCommand } from './cli-command.js';
import { MODELS } from './ops/init/answers.js';

const UNATTENDED = `
Without a terminal, or with --yes, nothing is asked: tokens are those of SLACK_BOT_TOKEN, SLACK_APP_TOKEN and
DISCORD_TOKEN, the rest those of the options. The exit code is that of doctor.`;

export function addOperations(command: AddCommand): void {
  command(
    'init',
    'the first run: asks for tokens, feeds and teams, writes the settings, runs doctor, offers a language model',
    [
      'init',
      'init --config /etc/third-umpire/own.yaml',
      'init --yes --zone Europe/London --follow England "County Championship"',
      'init --yes --no-default-feeds --feed https://example.org/cricket.xml --model small --download',
    ],
    async () => (await import('./ops/commands/init.js')).runInit,
  )
    .option('--yes', 'asks nothing')
    .option('--zone <zone>', "time zone of new digests (default: this machine's)")
    .option('--follow <name...>', 'what new digests follow: teams, leagues, formats, sides')
    .option('--feed <url...>', 'a feed of your own')
    .option('--no-default-feeds', 'leaves the list of feeds that comes with the program out')
    .addOption(new Option('--model <name>', 'the language model').choices(MODELS))
    .option('--download', 'with --yes: fetches that model')
    .option('--force', 'replaces settings that are there; the former ones are kept as *.old')
    .addHelpText('after', UNATTENDED);

  command(
    'doctor',
    'checks this machine and says how to mend what is wrong',
    ['doctor', 'doctor --json'],
    async () => (await import('./ops/commands/doctor.js')).runDoctor,
  ).option('--json', 'one JSON object');

  command(
    'audit',
    'what was changed by hand, by whom and when: digests, channels, feeds, takedowns, access and moderation',
    ['audit', 'audit --since 2026-03-01 --json', 'audit --user U0123456789'],
    async () => (await import('./ops/commands/audit.js')).runAudit,
  )
    .option('--since <time>', 'from this time on')
    .option(
      '--user <id>',
      'by this person, as Slack or Discord names them, or by this account of the machine',
    )
    .option('-n, --most <count>', 'the latest so many, 1 to 1000', '50')
    .option('--json', 'one JSON object');

  command(
    'backup [place]',
    'copies the store while the bot runs: into DATA_DIR/backups, a folder, or an archive',
    ['backup', 'backup /mnt/backups', 'backup third-umpire.tar.gz'],
    async () => (await import('./ops/commands/backup.js')).runBackup,
  ).option('--json', 'one JSON object');

  command(
    'store <action>',
    'copy: moves the store of the data folder into the database of DATABASE_URL; broken off, it goes on where it was',
    ['store copy', 'store copy --data-dir /var/lib/third-umpire'],
    async () => (await import('./ops/commands/store.js')).runStore,
  ).option('--json', 'one JSON object');

  command(
    'restore <place>',
    'puts a backup in the place of the present data, which are kept beside it; the bot must be stopped',
    ['restore third-umpire.tar.gz', 'restore data/backups/third-umpire-2026-03-01T080000Z --yes'],
    async () => (await import('./ops/commands/backup.js')).runRestore,
  )
    .option('--yes', 'without asking')
    .option('--json', 'one JSON object');
}
