import { expect, it } from 'vitest';
import { languageOf } from '#src/rag/understand/language.js';

it.each([
  ['Who won the toss in Perth?', 'en'],
  ['kohli century', 'en'],
  ['', 'en'],
  ['What did De Kock and van der Dussen make in Paarl?', 'en'],
  ['did El Clasico clash with the IPL final?', 'en'],
  ['Qui a gagné le match hier soir ?', 'fr'],
  ['combien de points Kohli a-t-il marqué ?', 'fr'],
  ['Chi ha vinto la partita ieri sera?', 'it'],
  ['Quanti punti ha segnato Kohli?', 'it'],
  ['Wer hat gestern Abend gewonnen?', 'de'],
  ['wie viele Runs hat Kohli gemacht', 'de'],
  ['¿Quién ganó el partido ayer?', 'es'],
  ['cuántas carreras hizo Kohli en Perth', 'es'],
])('takes %j for %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});
