// The contract of all bots, kept by the console: people's browsers write, press, edit and delete, and read.
import { itKeepsTheBotContract } from '../bot-contract.js';
import { webUnderTest } from './web-under-test.js';

itKeepsTheBotContract('The console', webUnderTest);
