import { itKeepsTheDigestCommands } from '../digest-commands-contract.js';
import { slackCommandsUnderTest } from './slack-commands-under-test.js';

itKeepsTheDigestCommands('Slack', slackCommandsUnderTest);
