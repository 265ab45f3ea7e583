import { itKeepsTheDigestContract } from '../digest-contract.js';
import { slackDigestUnderTest } from './slack-digest-under-test.js';

itKeepsTheDigestContract('Slack', slackDigestUnderTest);
