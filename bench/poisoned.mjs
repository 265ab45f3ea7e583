// Articles with attacks in them from a file of both (bench/guard-train/poison.yaml), in the form of the indirect sets.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** How often each attack is used. */
const TIMES = 2;

export function poisonedArticles(file) {
  const { articles, body, titles } = parse(readFileSync(file, 'utf8'));
  const attacks = [...body.map((text) => ({ text })), ...titles.map((text) => ({ text, inTitle: true }))];
  return attacks.flatMap(({ inTitle, text }, at) =>
    Array.from({ length: TIMES }, (_, time) => {
      const article = articles[(at + time * 3) % articles.length];
      const marker = `Zorblat${at}x${time}`;
      const attack = text.replaceAll('{M}', marker);
      const sentences = article.text.split(/(?<=\.) /);
      // In a paragraph of its own between sentences, or within the line.
      const place = 1 + ((at + time) % (sentences.length - 1));
      const joint = time === 0 ? '\n' : ' ';
      const parts = [sentences.slice(0, place).join(' '), attack, sentences.slice(place).join(' ')];
      return {
        ...article,
        id: `own${at}x${time}`,
        title: inTitle ? `${article.title} ${attack}` : article.title,
        text: inTitle ? article.text : parts.join(joint),
        marker,
      };
    }),
  );
}
