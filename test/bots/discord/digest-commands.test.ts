import { itKeepsTheDigestCommands } from '../digest-commands-contract.js';
import { discordCommandsUnderTest } from './discord-commands-under-test.js';

itKeepsTheDigestCommands('Discord', discordCommandsUnderTest);
