// A model server that answers with verdicts which somebody gave before: node bench/verdict-server.mjs VERDICTS.json [ASKED.json] [--port N]
// For bench/tell-me-when.mjs where no language model can run (LLM_BASE_URL=http://127.0.0.1:8097/v1): prompts are kept under the
// hash of what they hold, so that the file has no article's text. A prompt without a verdict is answered by 0 (nothing settles it), and is
// laid into ASKED.json with its text, for whoever judges it. Any other prompt (an answer's) gets what is said without evidence.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '8097' } },
});
const [verdictsFile, askedFile] = positionals;
const verdicts = existsSync(verdictsFile) ? JSON.parse(readFileSync(verdictsFile, 'utf8')) : {};
const asked = askedFile && existsSync(askedFile) ? JSON.parse(readFileSync(askedFile, 'utf8')) : {};
const count = { asked: 0, known: 0 };

const event = (content, finish = null) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;

async function verdictOn(request) {
  const { messages } = await json(request);
  const prompt = messages.at(-1).content;
  if (!prompt.trimEnd().endsWith('Number:')) {
    return 'Not enough evidence.';
  }
  const key = createHash('sha256').update(prompt).digest('hex').slice(0, 16);
  count.asked += 1;
  count.known += key in verdicts;
  if (!(key in verdicts) && askedFile) {
    asked[key] = prompt;
    writeFileSync(askedFile, JSON.stringify(asked, null, 1));
  }
  return String(verdicts[key] ?? 0);
}

async function answer(request, response) {
  const path = new URL(request.url, 'http://local').pathname;
  const give = (value) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  if (path === '/v1/models') {
    give({ object: 'list', data: [{ id: 'verdicts', owned_by: 'llamacpp' }] });
  } else if (path === '/props') {
    give({ total_slots: 2, default_generation_settings: { n_ctx: 8192 } });
  } else if (path === '/tokenize') {
    const { content } = await json(request);
    give({ tokens: content.split(/\s+/).map((_, i) => i) });
  } else if (path === '/v1/chat/completions') {
    const verdict = await verdictOn(request);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${event(verdict)}${event('', 'stop')}data: [DONE]\n\n`);
  } else if (path === '/count') {
    give(count);
  } else {
    response.writeHead(404).end();
  }
}

const server = createServer((request, response) => void answer(request, response));
server.listen(Number(values.port), '127.0.0.1', () =>
  console.log(`verdicts at http://127.0.0.1:${values.port}/v1`),
);
