// A post as the page shows it: text in pieces, so that the page makes links of the numbers of sources and of nothing
// else; addresses that are none of the web are left out.
import { type Citation, VERDICT_WORDS } from '../../domain.js';
import { aboutSource, factsOf } from '../sources.js';
import { linkTarget, plainLine, withoutHidden } from '../untrusted-text.js';
import { offersNews } from '../watch-desk.js';
import type { WebPost } from './ports.js';
import type { InsideView, Piece, PostView, SourceView } from './views.js';

export function postView(post: WebPost, now: Date): PostView {
  const { answer, citations, id, lead, notice, postedAt, question, questionId, state, text } = post;
  const whole = answer && { ...answer, text, citations, retrieved: answer.retrieved as never };
  const isQuestion = (answer?.choices?.length ?? 0) > 0;
  return {
    ...{ id, questionId, postedAt, question: withoutHidden(question), state, notice, lead },
    verdict: answer?.verdict && answer.verdict !== 'old-evidence' ? VERDICT_WORDS[answer.verdict] : undefined,
    pieces: piecesOf(text, citations),
    sourcesTitle: text === '' ? 'Found' : answer?.abstained ? 'Closest' : 'Sources',
    sources: citations.map((citation) => sourceView(citation, now)),
    warnings: answer?.warnings.map(plainLine) ?? [],
    facts: whole && !isQuestion ? plainLine(factsOf(whole, now)) : '',
    choices: answer?.choices?.map(plainLine) ?? [],
    canVote: answer !== undefined && !isQuestion,
    canTellMe: whole !== undefined && offersNews(whole),
  };
}

/** Numbers that no citation is known for are text as all other. */
export function piecesOf(text: string, citations: Citation[]): Piece[] {
  const known = new Set(citations.map(({ n }) => n));
  return withoutHidden(text)
    .split(/(\[\d{1,3}\])/)
    .filter((part) => part !== '')
    .map((part) => {
      const n = Number(/^\[(\d+)\]$/.exec(part)?.[1]);
      return known.has(n) ? { text: part, n } : { text: part };
    });
}

export function sourceView(citation: Citation, now: Date): SourceView {
  const { n, quote, title, url } = citation;
  return {
    n,
    title: plainLine(title) || 'Untitled',
    about: plainLine(aboutSource(citation, now)),
    quote: withoutHidden(quote).trim(),
    href: linkTarget(url),
  };
}

/** `texts` of passages by their ids, as they stand now. */
export function insideView(post: WebPost, texts: ReadonlyMap<string, string>, now: Date): InsideView {
  const { answer, citations, question, steps, text, thread } = post;
  return {
    ...{ thread, question: withoutHidden(question), answer: withoutHidden(text) },
    generator: answer?.generator ?? '',
    passages: (answer?.retrieved ?? []).map((passage) => ({
      title: plainLine(passage.title) || 'Untitled',
      about: plainLine(aboutSource({ ...passage, n: 0, quote: '' }, now)),
      href: linkTarget(passage.url),
      score: passage.score,
      cited: citations.filter(({ url }) => url === passage.url).map(({ n }) => n),
      text: texts.has(passage.id) ? withoutHidden(texts.get(passage.id) ?? '') : undefined,
    })),
    dropped: answer?.dropped ?? 0,
    warnings: answer?.warnings.map(plainLine) ?? [],
    steps,
  };
}
