// The contract of all bots, kept in Slack: people of the loopback Slack write, press, edit and delete, and read.
import { itKeepsTheBotContract } from '../bot-contract.js';
import { slackUnderTest } from './slack-under-test.js';

itKeepsTheBotContract('Slack', slackUnderTest);
