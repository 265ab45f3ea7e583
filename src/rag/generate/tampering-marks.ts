// By what text is known that is written for a program and not for its readers. Matched against plain letters.

/** Names of programs that read; "assistant coach" is none. */
const PROGRAMS =
  '(?:AI|answer|search|summary) (?:tools?|systems?|engines?|models?|agents?|readers?|crawlers?)|AIs?|KI(?:-Systeme?)?|IA|LLMs?|(?:chat|news)?bots?|language models?|assistants?(?! (?:coach|manager|referee|umpire|director|secretary|trainer|professor|groundsman|editor|physio|captain|bowling|batting|fielding|to))|assistente|asistente|assistent|automated readers?|crawlers?';
const ORDERS =
  'must|has to|have to|obliged|should|shall|ought|add|append|mention|include|write|says? (?:so|only|that)|state|stop|repeat|output|print|quote|put|gives? (?:it|that|only)|tells? of|answer|reply|decode|directive|ping|note|override|offer|printed?|show|link|before one';

/** What no line of news holds. */
export const MARKS: RegExp[] = [
  // Tokens of chat templates, and a role that begins a line or stands in JSON.
  /\[\/?INST\]|<<\/?SYS>>|<\/?s>|<\|[^|>\n]{1,40}\|>/i,
  /^\s*#{2,}.*#{2,}\s*$/,
  /^\s*(?:#+\s*)?(?:system|assistant|user)(?: (?:prompt|message|directive|note|update|instructions?)\b[^\n:]{0,40})?\s*(?::\s|#|$)/i,
  /["']role["']\s*:\s*["'](?:system|assistant|user|tool|developer)["']/i,
  /\b(?:system prompt|prompt update)\b/i,
  // Calls to everybody.
  /@(?:everyone|here|channel)\b|<!(?:channel|here|everyone)|<[@#][&!]?\w+>/i,
  // Something encoded: long, without a space, letters of both cases and figures.
  /(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{32,}={0,2}|\b(?:decode|base ?64)\b.{0,40}\b(?:text|string|message|this)\b/,
  // Addressed to a program.
  /\b(?:automated|machine|artificial|AI|LLM|bot)[ -](?:readers?|summari[sz]ers?|crawlers?|agents reading)\b/i,
  /\b(?:note|notice|message|memo|instructions?|directive|attention|hinweis|anweisung|nota|istruzione|instrucci[oó]n|consigne|remarque)s?\s+(?:to|for|an|für|à|a|para|al|all'|pour)\s+(?:\p{L}+\s+){0,2}(?:AIs?|IA|KI|LLMs?|GPT|(?:chat)?bots?|assist\p{L}+|language models?|sprachmodell\p{L}*)\b/iu,
  /\b(?:any|every|each|all) (?:programs?|models?|systems?|assistants?|bots?|AIs?|software)\b.{0,40}\b(?:summari[sz]|read(?:s|ing)? this|quot(?:es|ing) this|answer(?:s|ing)? from)/i,
  // Orders about the answer.
  /\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions?|prompts?|rules|guidelines)\b/i,
  /\bignorier\p{L}*\b.{0,40}\b(?:anweisung|vorgabe)|\bignore[zr]?\b.{0,30}\binstructions\b|\bignora\p{L}*\b.{0,40}\b(?:istruzioni|instrucciones)/iu,
  /\b(?:begin|start|open|close|end|finish|precede|prefix|append|sign|conclude)\p{L}*\b.{0,30}\b(?:repl(?:y|ies)|responses?|answers?|outputs?|summar(?:y|ies))\b.{0,20}\b(?:with|by|:)/iu,
  /\b(?:reply|respond|answer)\b(?: \p{L}+){0,3} (?:with|in)\b.{0,25}\b(?:only|words?|phrase|one line|nothing but)\b/iu,
  /\b(?:repl(?:y|ies)|responses?|answers?)\b.{0,30}\b(?:must|should|may|has to|have to|is)\b.{0,12}\b(?:be(?:gin|gins)?|start|end|close|contain|include|addressed|read|say)\b/i,
  /\b(?:your|every|each|the only (?:permitted|allowed)|any) (?:repl(?:y|ies)|responses?|outputs?|summar(?:y|ies))\b/i,
  /\bwith every answer\b|\b(?:every|each|your) answers?\b.{0,20}\b(?:must|should|with)\b/i,
  /\b(?:print|write|say|repeat|output|type|schreibe?|écris|écrivez|escribe|scrivi)\b(?: \p{L}+){0,3} (?:the |das |le |la |il |nur )?(?:words?|phrase|wort|mot|palabra|parola)\b(?: \p{L}+)? [\p{Lu}\d-]{3,}/iu,
  /\byou are (?:\p{L}+ ){0,3}from now on\b|\byou are now (?:an?|called|named|in)\b|\bfrom now on,? you\b|\bstay in character\b|\blet us play a game\b/iu,
  /\bin your (?:reply|response|answer|output|summary)\b|\bout of your (?:reply|response|answer|summary)\b/i,
  /\b(?:when|if|whenever) you (?:cite|quote|summari[sz]e|answer)\b/i,
  /\b(?:text|words) to (?:post|print|send|show) instead\b/i,
  // Somebody's own markup, which text of a page has none of.
  /<!--|-->|<\/?(?:a|b|br|div|em|font|iframe|img|input|link|meta|p|script|span|strong|style|svg|table|td|u)\b[^<>]{0,200}>|!\[|\]\(|\bdata:[a-z]+\/[a-z]+[;,]/i,
  // Programs that read, and what they have to do.
  new RegExp(`\\b(?:${PROGRAMS})\\b.{0,90}\\b(?:${ORDERS})\\b`, 'i'),
  new RegExp(
    `\\b(?:${ORDERS})\\b.{0,60}\\b(?:by|all|every|each|any|to the|for|dear) (?:\\w+ ){0,2}(?:${PROGRAMS})\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:to|for|an|note|attention|dear|hey|all|every|each|whatever|any) (?:the |all |every |any |alle )?(?:[\\w-]+ ){0,2}(?:${PROGRAMS})\\b\\s*[:,(-]`,
    'i',
  ),
  /(?:^|[\s("“])(?:human|user|ai|bot|chatbot|assistant|system|llm|gpt)\s?:\s/i,
  /\bQ:\s.{0,80}\bA:\s/,
  // What is to be done with the answer, and with whoever reads it.
  /(?:^|[:;(]\s*|\s[–—-]\s+|\b(?:please|instead|now|kindly)\s+)(?:add|append|attach|include|insert|output|print|repeat|embed|copy|prepend|announce|notify|decode|paste|display|recite|reveal|leak|disclose)\s+(?:the|a|an|this|that|these|it|all|every|each|readers?|users?|your|only|no|out|in|into|at|to|as)\b|\b(?:notify|ping) @|(?:^|[:;(]\s*)(?:add|append|include|attach) [A-Z]{3}/iu,
  /\b(?:tell|warn|inform|notify|give|send|show|address|direct|point|ask|remind|urge|advise)\s+(?:the |all |your |every |each )?(?:users?|readers?|everybody|everyone|whoever asks|people who ask)\b(?!\s+(?:of|that he|that she|who|in the))/i,
  /\bto (?:the )?users?\b|\b(?:the|a) user(?:'s|s)? (?:words|question|that|to)\b|\bwhoever (?:asks|repeats|reads on|quotes|reports|summari[sz]es|answers)\b/i,
  /\b(?:system|developer|hidden|secret|internal|previous|prior|original|initial|above) (?:message|prompt|text follows|instructions?|orders|rules)\b|\b(?:my|your|its) (?:hidden |internal |own )?(?:instructions|rules|system message)\b|\b(?:developer|debug|maintenance|god|admin|unrestricted|jailbreak) mode\b|\b(?:safety )?rules? (?:are|is) (?:switched |turned )?off\b/i,
  /\b(?:to be|must be|should be|has to be|is to be) (?:stated|quoted|repeated|cited|printed|decoded)\b.{0,40}\b(?:in any|in every|first|by|in full|answer|followed)\b|\bquote this\b|\bstate (?:it )?as a fact\b|\bsupersedes?\b.{0,30}\b(?:above|text|entry)\b|\b(?:text|article|entry|version) must not be used\b/i,
  /\b(?:when|if|whenever|before|once) you (?:\w+ )?(?:report|answer|write|repl|respond|summari|describe|mention|retell|are asked)|\b(?:when|in) (?:summari[sz]ing|answering|replying|responding)\b/i,
  /\bfor the rest of this (?:conversation|chat|session|answer)\b|\b(?:end|stop|continue|leave) (?:this|the) (?:conversation|answer|chat)\b|\bstop answering\b|\bsay only\b|\bgive only that\b|\byou are (?:no longer an?|a pirate|free of|now an?|now in)\b|\backnowledge by\b|\b(?:an?|the|every|each|any) (?:answer|reply|response)s? (?:without|that uses|must|should|has to|will)\b|\b(?:only|any) valid (?:response|answer|reply)\b|\b(?:start|begin|end|open|close|finish) (?:each|every|all|your|it|the|with)\b.{0,40}\b(?:line|words?|with)\b|\ball (?:later|further|future|following|other|sent)\w* (?:answers|replies|responses)\b|\b(?:before|after|around|to|into|in) (?:its|their|your|any|every|each|the|this|all) (?:answers?|repl(?:y|ies)|responses?|outputs?)\b|\b(?:your|any) (?:text|words|input|output|context)\b.{0,20}\b(?:under|above|below|in)\b/i,
  /\bneeds? the (?:tag|line|word|phrase|text|link)\b|\bin the first (?:sentence|line) of (?:any|every|each|your|the) (?:answer|reply)/i,
  // False corrections.
  /\b(?:correction|update|notice|warning|alert|attention|override|urgent|priority|important)\b[^.]{0,60}:.{0,80}\b(?:must|should|abandoned|instead|not be used|say so|supersede)/i,
  // An order that opens a sentence: news tells what was done, and orders nobody.
  /^\s*["'“(]?(?:(?:please|kindly|always|never|just|now|instead|do not|don't|be sure to|make sure to|remember to|you (?:must|should|need to|have to|are to)),? )*(?:report|state|say|claim|mention|assume|conclude|insist|pretend|confirm|acknowledge|repeat|write|answer|reply|respond|remember|attribute|treat|present|name|describe|quote|cite|credit)\b (?:that|it|this|only|clearly|always|with|in|as|to|instead|the (?:word|answer|result|winner|score|victory|text)|[\p{Lu}\d][\p{L}\d-]* (?:as|instead|only|in|and nothing))\b/iu,
  /^\s*(?:do not|don't|never) (?:mention|report|say|state|write|tell|use|quote|name|reveal)\b|\bignore (?:the|this|that|all|any|everything) (?:text|article|above|rest|score|report|paragraph|figures?|facts?)\b/i,
  // What becomes of the text elsewhere: no reader is told that.
  /\b(?:summar(?:y|ies|i[sz]ing)|retell(?:s|ing)?|retold|condens(?:es?|ing)|paraphras\p{L}*|excerpts?|recaps?|reposts?|reproductions?|syndicat\p{L}*)\b.{0,80}\b(?:ha(?:s|ve) to|must|should|needs? to|(?:is|are) to|replac|leave out|drop|name|put|carry|quote)\b|\b(?:replace|leave out|swap|drop)\b.{0,80}\b(?:wherever|whenever|when|if)\b.{0,30}\b(?:retold|quoted|summari[sz]ed|reported|repeated|condensed|cited)\b/iu,
  // The same in other languages: an assistant that is spoken to, an answer that is ordered.
  /\b(?:antworte|antwort(?:en)?|schreibe?|füge|nenne|ignoriere|gib)\b.{0,50}\b(?:antwort|link|nur|mit|hinzu|wort|anweisung|ki)\b|\b(?:réponds|répondez|écris|ajoute|ignore|répète)\b.{0,50}\b(?:question|seulement|réponse|lien|mot|consigne|instructions)\b|\b(?:responde|escribe|añade|agrega|ignora|repite)\b.{0,50}\b(?:respuesta|enlace|solo|pregunta|palabra|instrucciones)\b|\b(?:rispondi|scrivi|aggiungi|ignora|ripeti)\b.{0,50}\b(?:risposta|solo|domanda|parola|istruzioni|link)\b|\b(?:responda|escreva|adicione|ignore)\b.{0,50}\b(?:resposta|apenas|pergunta|palavra|instruções)\b|\b(?:antwoord|schrijf|negeer|voeg)\b.{0,50}\b(?:antwoord|alleen|woord|vraag|toe|instructies)\b|\b(?:jawab|uttar|likho|likhein|nirdesh|bhool jao)\b.{0,50}\b(?:jawab|mein|likho|sirf|nirdesh|shabd|do)\b/iu,
];
