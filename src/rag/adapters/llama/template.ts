// How a prompt is laid out for a model: its own markers around our texts. Markers alone may become control tokens;
// instructions, articles, questions and what was written are data and stay plain text whatever they hold.
import { BotError } from '../../../errors.js';
import type { Prompt } from '../../ports.js';
import { TEMPLATES as TEMPLATE_NAMES, type TemplateName } from './llama-options.js';

export interface Segment {
  text: string;
  /** A marker of the template; else data. */
  isMarker: boolean;
}

export interface Template {
  name: Exclude<TemplateName, 'auto'>;
  /** What follows the token that begins a text. */
  lay(prompt: Prompt): Segment[];
  /** Texts at which an answer ends, beside the model's own tokens for it. */
  stops: string[];
}

const marker = (text: string): Segment => ({ text, isMarker: true });
const data = (text: string): Segment => ({ text, isMarker: false });
/** What was written follows a marker as the model would have written it. */
const goingOn = (before: string, written: string): Segment[] => (written ? [data(before + written)] : []);

/** Instructions have no place of their own: they open the only turn. In pieces, so that its beginning stays the same. */
const instTemplate = (name: Template['name']): Template => ({
  name,
  lay: ({ content, instructions, written }) => [
    marker('[INST]'),
    data(` ${instructions}`),
    data(`\n\n${content}`),
    marker(' [/INST]'),
    ...goingOn(' ', written),
  ],
  stops: ['[INST]', '[/INST]'],
});

const TEMPLATES: Record<Template['name'], Template> = {
  mixtral: instTemplate('mixtral'),
  /** The markers are control tokens here, and no space stands around them. */
  'mistral-v3': {
    ...instTemplate('mistral-v3'),
    lay: ({ content, instructions, written }) => [
      marker('[INST]'),
      data(` ${instructions}`),
      data(`\n\n${content}`),
      marker('[/INST]'),
      ...goingOn(' ', written),
    ],
  },
  'llama-2': {
    name: 'llama-2',
    lay: ({ content, instructions, written }) => [
      marker('[INST]'),
      marker(' <<SYS>>\n'),
      data(instructions),
      marker('\n<</SYS>>\n\n'),
      data(content),
      marker(' [/INST]'),
      ...goingOn(' ', written),
    ],
    stops: ['[INST]', '[/INST]', '<<SYS>>'],
  },
  'llama-3': {
    name: 'llama-3',
    lay: ({ content, instructions, written }) => [
      marker('<|start_header_id|>system<|end_header_id|>\n\n'),
      data(instructions),
      marker('<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n'),
      data(content),
      marker('<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n'),
      ...goingOn('', written),
    ],
    stops: ['<|eot_id|>', '<|start_header_id|>'],
  },
  'llama-guard': {
    name: 'llama-guard',
    lay: ({ content, instructions, written }) => [
      marker('<|start_header_id|>user<|end_header_id|>\n\n'),
      data(instructions),
      data(content),
      marker('<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n'),
      ...goingOn('', written),
    ],
    stops: ['<|eot_id|>', '<|start_header_id|>'],
  },
  chatml: {
    name: 'chatml',
    lay: ({ content, instructions, written }) => [
      marker('<|im_start|>system\n'),
      data(instructions),
      marker('<|im_end|>\n<|im_start|>user\n'),
      data(content),
      marker('<|im_end|>\n<|im_start|>assistant\n'),
      ...goingOn('', written),
    ],
    stops: ['<|im_end|>', '<|im_start|>'],
  },
};

/** What a model's file tells about its template. */
export interface TemplateClues {
  /** `tokenizer.chat_template`; absent = the file has none. */
  chatTemplate?: string | undefined;
  /** Whether "[INST]" is one control token of its vocabulary. */
  hasInstToken: boolean;
}

/** Error: `template_unknown`. */
export function templateOf(name: TemplateName, { chatTemplate, hasInstToken }: TemplateClues): Template {
  if (name !== 'auto') {
    return TEMPLATES[name];
  }
  // A file without one is an old conversion, and of those Mixtral is what this program is made for.
  const own = chatTemplate ?? '[INST]';
  const known: [RegExp, Template['name']][] = [
    [/<\|im_start\|>/, 'chatml'],
    [/<\|start_header_id\|>/, 'llama-3'],
    [/<<SYS>>/, 'llama-2'],
    [/\[INST\]/, hasInstToken ? 'mistral-v3' : 'mixtral'],
  ];
  const found = known.find(([mark]) => mark.test(own));
  if (!found) {
    const names = TEMPLATE_NAMES.filter((one) => one !== 'auto').join(', ');
    throw new BotError(
      'template_unknown',
      `The model's chat template is none that is known here; name the one that it was trained with (${names})`,
    );
  }
  return TEMPLATES[found[1]];
}
