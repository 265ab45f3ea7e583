import { itKeepsTheDigestContract } from '../digest-contract.js';
import { discordDigestUnderTest } from './discord-digest-under-test.js';

itKeepsTheDigestContract('Discord', discordDigestUnderTest);
