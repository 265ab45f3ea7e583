// The page before anything is known: where one is, where one can go, and room for a view. The modules fill it.
export interface View {
  path: string;
  /** In the navigation; absent = it is reached from another view. */
  label?: string | undefined;
  title: string;
}

export const VIEWS: View[] = [
  { path: '/', label: 'Ask', title: 'Ask about cricket' },
  { path: '/stories', label: 'Stories', title: 'Stories of the day' },
  { path: '/digest', label: 'Digest', title: 'The digest as it would be sent now' },
  { path: '/subscriptions', label: 'Subscriptions', title: 'Who gets the digest' },
  { path: '/feeds', label: 'Feeds', title: 'Where the news come from' },
  { path: '/state', label: 'State', title: 'How it runs' },
  { path: '/t/:thread', title: 'A thread' },
  { path: '/inside/:post', title: 'Inside an answer' },
];

export function shell(view: View, style: string): string {
  const isChat = view.path === '/' || view.path.startsWith('/t/');
  const here = isChat ? '/' : view.path;
  const links = VIEWS.filter(({ label }) => label !== undefined).map(
    ({ label, path }) =>
      `<li><a href="${path}"${path === here ? ' aria-current="page"' : ''}>${label}</a></li>`,
  );
  return documentOf(
    `${view.title} · Third Umpire`,
    style,
    `<a class="skip" href="#main">To the content</a>
<header class="top">
  <a class="brand" href="/"><img src="/page/umpire.svg" alt="" width="28" height="28"><span>Third Umpire</span></a>
  <nav aria-label="Views"><ul>${links.join('')}</ul></nav>
</header>
<main id="main" tabindex="-1" class="${isChat ? 'chat' : 'view'}">
  <h1>${view.title}</h1>
  ${isChat ? CHAT : '<div id="view" aria-busy="true"><p class="quiet">Reading…</p></div>'}
</main>
<noscript><p class="notice">This page needs JavaScript, which it brings itself.</p></noscript>
<script type="module" src="/page/main.js"></script>`,
  );
}

export function signInPage(style: string, isWrong: boolean): string {
  return documentOf(
    'Sign in · Third Umpire',
    style,
    `<main id="main" class="sign-in"><h1>Third Umpire</h1>
<form method="post" action="/sign-in">
  <label for="token">Token of the console</label>
  <input id="token" name="token" type="password" autocomplete="current-password" required autofocus${isWrong ? ' aria-invalid="true" aria-describedby="wrong"' : ''}>
  ${isWrong ? '<p id="wrong" class="notice">That is not the token.</p>' : ''}
  <button type="submit">Open</button>
</form></main>`,
  );
}

/** The field opens when the chat is there: an Enter before that would be lost without a word. */
const CHAT = `<div id="thread"></div>
  <p id="say" class="status" role="status"></p>
  <form id="ask" class="ask">
    <label for="question">Your question</label>
    <textarea id="question" name="question" rows="1" maxlength="4000" required autocomplete="off" placeholder="Who won last night?" disabled></textarea>
    <button id="send" type="submit" disabled>Ask</button>
    <button id="stop" type="button" hidden>Stop</button>
  </form>
  <aside id="threads" aria-label="Threads of this browser"></aside>`;

function documentOf(title: string, style: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f7f5ef" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#12171a" media="(prefers-color-scheme: dark)">
<link rel="icon" href="/page/umpire.svg" type="image/svg+xml">
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
