// What publishers write between and under the paragraphs of an article and is none of it: "Related stories"
// with its list, "Sign up for our newsletter", "Advertisement", "Read more: …". Short lines and headings only,
// and whole ones, so that a sentence about a newsletter stays.
import type { TextLine } from './page-text.js';

/** Headings after which other things than the article follow. */
const SECTION = new RegExp(
  `^(?:${[
    'related( \\w+)?|related \\w+ (that|you) .*',
    '(you )?(may|might) (also )?(like|enjoy|be interested in|want to read).*',
    'more (from|on|in|like|stories|articles|news|posts|reading|about)\\b.*',
    '(read|up|what to (read|watch)) next',
    'recommended( \\w+){0,2}',
    '(most )?(popular|read|viewed|shared|watched)( \\w+)?',
    'trending( \\w+)?',
    '(latest|recent|featured|similar|other) (news|posts|stories|articles|headlines|comments)( by .{0,40})?( \\(see all\\))?',
    'also (in|on) .{0,30}',
    '(\\d+ )?(comments?|responses|replies|thoughts on\\b.*)( \\(\\d+\\))?',
    '(leave|post|add|write) a (reply|comment).*',
    'join the (conversation|discussion)',
    '(share|follow|connect)( this| us| on| with us)?( .{0,30})?',
    'about (the|our) (author|writer|contributor|reviewer|editor|expert)s?(:? .{0,30})?',
    '(article |our |the )?(sources|references|bibliography|works cited|citations)( (&|and) \\w+)?',
    '(contact|call|email|visit) us( (today|now))?!?|get in touch.{0,20}|testimonials?',
    'subscribe( .{0,40})?',
    '(sign up|join|get) .{0,40}(newsletter|inbox|email)s?.*',
    '(our )?newsletters?',
    'stay (connected|informed|in touch|up to date).*',
    '(read|see|explore) (also|more)',
    'see also|tags|topics|categories|filed under|share|footnotes?|advertisement',
  ].join('|')})$`,
  'i',
);
/** Lines that are no sentence of the article. */
const LINE = new RegExp(
  `^(?:${[
    'advertis(e)?ments?|sponsored( content)?|promoted|continue reading.{0,40}|story continues below.*|scroll to continue.*',
    '(read|see|watch|listen|learn|find out|view|show|load|click here)( more| also| next| now| all| full \\w+)?',
    '(related|read more|read also|also read|read next|see also|more|watch|don.t miss)( \\w+)?:.{0,160}',
    '(share|tweet|pin|print|email|save|copy link|follow|like|reply)( (this|on|us|article|story|via).{0,30})?',
    '\\d+ (min(ute)?s?)[ -]read',
    '(image|photo|photograph|picture|video|credit|source|illustration)s?( (credit|courtesy|by|of|source)s?)?\\s?[:/].{0,80}',
    '(sign up|subscribe|join).{0,60}(newsletter|inbox|email|updates|channel)s?\\b.{0,60}',
    '(©|\\(c\\)|copyright).{0,120}',
    'all rights reserved.{0,40}',
    '(table of )?contents',
    'back to top|jump to .{0,40}|skip to .{0,30}|(hide|show) (comments|more|all)',
    '(updated|published|posted|last (updated|modified|reviewed))( on|:)? .{4,40}',
    '(filed under|tags?|topics?|categories|category|posted in):.{0,120}',
  ].join('|')})[.!…»›→]*$`,
  'i',
);
/** Characters up to which a line can be such a line. */
const LONGEST_LINE = 200;
/** Characters up to which a heading can be such a section's. */
const LONGEST_HEADING = 60;
/** Share of an article that a section cut off may have, at most: more, and the heading was the article's own. */
const MOST_CUT = 0.5;

export function withoutAsides(lines: TextLine[]): string[] {
  const kept: TextLine[] = [];
  const most = length(lines) * MOST_CUT;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as TextLine;
    const end = isSection(line) ? sectionEnd(lines, at) : at;
    if (end > at && length(lines.slice(at, end)) < most) {
      at = end - 1;
    } else if (line.text.length > LONGEST_LINE || !LINE.test(plain(line))) {
      kept.push(line);
    }
  }
  return kept.map((line) => line.text);
}

function isSection(line: TextLine): boolean {
  return line.level > 0 && line.text.length <= LONGEST_HEADING && SECTION.test(plain(line));
}

/** The index of the next heading that is not below the one at `start`; without one, of the end of its box. */
function sectionEnd(lines: TextLine[], start: number): number {
  const { following = 0, level = 0 } = lines[start] ?? {};
  const last = Math.min(lines.length, start + 1 + following);
  let end = start + 1;
  while (end < last && !isHeadingUpTo(lines[end], level)) {
    end += 1;
  }
  return end;
}

function isHeadingUpTo(line: TextLine | undefined, level: number): boolean {
  return line !== undefined && line.level > 0 && line.level <= level;
}

function plain({ text }: TextLine): string {
  return text.replace(/^(- |\d+\. )/, '').replace(/[:\s]+$/, '');
}

function length(lines: TextLine[]): number {
  return lines.reduce((sum, line) => sum + line.text.length, 0);
}
