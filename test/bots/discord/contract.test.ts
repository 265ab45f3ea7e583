// The contract of all bots, kept in Discord: people of the loopback Discord write, press, edit and delete, and read.
import { itKeepsTheBotContract } from '../bot-contract.js';
import { discordUnderTest } from './discord-under-test.js';

itKeepsTheBotContract('Discord', discordUnderTest);
