// What kind of answer a question's words ask for.
import { isSurvey } from '../evidence/survey.js';

export type AnswerType = 'who' | 'number' | 'when' | 'where' | 'why' | 'news' | 'other';

const ANSWER_TYPES: [AnswerType, RegExp][] = [
  ['number', /\bhow (many|much|old|long|far|often|big|tall|high|fast|late|heavy)\b|\bscores?\b/i],
  ['number', /\b(what|which) (score|number|percentage|age|price|fee|time|distance|total|margin)\b/i],
  ['when', /\bwhen\b|\b(what|which) (year|day|date|month|season)\b/i],
  ['who', /\bwho(m|se)?\b/i],
  [
    'who',
    /\b(which|what) (\w+ )?(player|coach|manager|captain|team|club|side|country|bowler|batter|batsman)\b/i,
  ],
  ['where', /\bwhere\b|\b(which|what) (\w+ )?(city|ground|stadium|venue|town|place)\b/i],
  ['why', /\bwhy\b|\bwhat reason\b/i],
];

export function answerTypeOf(text: string): AnswerType {
  if (isSurvey(text)) {
    return 'news';
  }
  return ANSWER_TYPES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}
