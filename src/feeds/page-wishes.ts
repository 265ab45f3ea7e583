// What a page itself says to programs: `noai` and the reservation of text and data mining (W3C TDMRep), in its
// headers or its meta tags.
import type { Fetched } from './fetch.js';

/** Characters of the page in which its meta tags are looked for. */
const HEAD_LENGTH = 100_000;
const META = /<meta\b[^>]{1,1000}>/gi;

/** Why the page does not want to be read by us; undefined = it says nothing against it. */
export function pageRefusal(
  page: Pick<Fetched, 'body' | 'robotsTag' | 'tdmReservation'>,
): string | undefined {
  const head = page.body.subarray(0, HEAD_LENGTH).toString('latin1');
  const tags = [...head.matchAll(META)].map(([tag]) => ({
    name: attributeOf(tag, 'name').toLowerCase(),
    content: attributeOf(tag, 'content'),
  }));
  const robots = tags.filter(({ name }) => name === 'robots' || name === 'thirdumpire');
  if ([page.robotsTag ?? '', ...robots.map(({ content }) => content)].some(saysNoAi)) {
    return 'the page says "noai"';
  }
  const isReserved =
    page.tdmReservation?.trim() === '1' ||
    tags.some(({ name, content }) => name === 'tdm-reservation' && content.trim() === '1');
  return isReserved ? 'its publisher reserves text and data mining' : undefined;
}

function saysNoAi(directives: string): boolean {
  return directives
    .toLowerCase()
    .split(/[\s,:;]+/)
    .includes('noai');
}

function attributeOf(tag: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
}
