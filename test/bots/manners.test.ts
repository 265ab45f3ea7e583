import { describe, expect, it } from 'vitest';
import { type Manner, mannerOf } from '#src/bots/manners.js';
import type { IncomingMessage } from '#src/bots/ports.js';
import { readsAsQuestion } from '#src/bots/reads-as-question.js';
import { aMessage } from './room.js';

const IN_THREAD = { message: 'm2', thread: 'm1' };

it.each<[string, Partial<IncomingMessage>, Manner]>([
  ['a mention is answered', { way: 'mention' }, 'answer'],
  ['a mention in a thread of others is answered', { way: 'mention', ...IN_THREAD }, 'answer'],
  ['a mention that is no question is answered', { way: 'mention', text: 'latest on Starc' }, 'answer'],
  ['a mention without words is answered', { way: 'mention', text: '' }, 'answer'],
  ['a mention behind that of somebody else is answered', { way: 'mention', isToSomeoneElse: true }, 'answer'],
  ['thanks are not answered', { way: 'mention', text: 'Thanks a lot!' }, 'ignore'],
  ['a smile is not answered', { way: 'mention', text: ':-)' }, 'ignore'],
  ['a lone question mark is answered', { way: 'mention', text: '?' }, 'answer'],
  ['a direct message is answered', { way: 'direct', text: 'Lyon wickets' }, 'answer'],
  ['thanks in a direct message are not answered', { way: 'direct', text: 'ok' }, 'ignore'],
  ['stop in a direct message ends the answer and silences nothing', { way: 'direct', text: 'stop' }, 'stop'],
  ['a command is answered, whatever it says', { way: 'command', text: 'stop' }, 'answer'],
  ['a shortcut is answered, whatever the message says', { way: 'shortcut', text: 'thanks' }, 'answer'],
  ['stop with a mention silences', { way: 'mention', text: 'Stop.' }, 'mute'],
  [
    'stop in a thread silences, where it is ours',
    { way: 'seen', text: 'stop', ...IN_THREAD },
    'mute-in-own-thread',
  ],
  ['stop in the channel is not for us', { way: 'seen', text: 'stop' }, 'ignore'],
  [
    'a question in a thread is answered, where it is ours',
    { way: 'seen', ...IN_THREAD },
    'answer-in-own-thread',
  ],
  ['a question in the channel is not for us', { way: 'seen' }, 'ignore'],
  [
    'a question to somebody else is not for us',
    { way: 'seen', ...IN_THREAD, isToSomeoneElse: true },
    'ignore',
  ],
  [
    'stop to somebody else is not for us',
    { way: 'seen', text: 'stop', ...IN_THREAD, isToSomeoneElse: true },
    'ignore',
  ],
  ['talk in a thread is not for us', { way: 'seen', ...IN_THREAD, text: 'What a catch that was.' }, 'ignore'],
  ['a bot is never answered', { way: 'mention', isFromBot: true }, 'ignore'],
  ['a bot is never answered in a direct message', { way: 'direct', isFromBot: true }, 'ignore'],
  ['a bot is never answered in our thread', { way: 'seen', isFromBot: true, ...IN_THREAD }, 'ignore'],
])('%s', (_, parts, manner) => {
  expect(mannerOf(aMessage(parts))).toBe(manner);
});

describe('in a thread', () => {
  it.each([
    'Who took most wickets?',
    'who took most wickets',
    'And Cummins?',
    'and Cummins',
    'what about the women’s side?',
    'How many overs did he bowl',
    'Is Stokes fit again?',
    'did it rain',
    'Any news on Bumrah?',
    'Kohli or Smith?',
    'The second Test: who is the captain?',
    'Can you tell me who won?',
    'could you list the squads',
    'tell me about the auction',
    'Please show the points table',
    'do you know when it starts?',
    'what do the sources say about the pitch?',
    'Compare Root and Williamson',
    'why was the toss delayed?',
    'Was that "no result"?',
    'Perth? Or Adelaide?',
  ])('reads as a question: %s', (text) => {
    expect(readsAsQuestion(text)).toBe(true);
  });

  it.each([
    'thanks',
    'Thank you so much!',
    'ok great',
    'wow',
    '🎉🎉',
    'lol',
    'That was some innings.',
    'What a catch that was.',
    'What a day!',
    'are you coming to the pub tonight?',
    'shall we get lunch?',
    'did you see that?',
    'what do you think?',
    'can I borrow the car?',
    'anyone up for the game?',
    'so he left it at that and went home',
    'but that is not what happened',
    'and then they all went home for tea',
    'he was out first ball',
    'Have a good weekend everyone',
    'when I was young the grounds were full',
    'how good was that lads lol',
    'stop',
    '',
  ])('does not read as a question: %s', (text) => {
    expect(readsAsQuestion(text)).toBe(false);
  });

  it('takes no pasted story for a question', () => {
    expect(readsAsQuestion(`Who won? ${'Play was stopped by rain. '.repeat(30)}`)).toBe(false);
  });
});
