// The page on which a person lets an app into a workspace, and is sent back to the app with a code
// (docs.slack.dev/authentication/installing-with-oauth).
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface InstallPage {
  agreeWith(code: string, redirectUrl: string): void;
  /** False = it is another page. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
}

export function createInstallPage(violate: (what: string) => void): InstallPage {
  let next: { code: string; redirectUrl: string } | undefined;
  return {
    agreeWith(code, redirectUrl) {
      next = { code, redirectUrl };
    },
    answer(request, response) {
      const { pathname, searchParams: given } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname !== '/oauth/v2/authorize') {
        return false;
      }
      for (const name of ['client_id', 'scope', 'state']) {
        if (!given.get(name)) {
          violate(`install page: ${name} is missing`);
        }
      }
      const query = new URLSearchParams({ code: next?.code ?? '', state: given.get('state') ?? '' });
      response.writeHead(302, { location: `${next?.redirectUrl}?${query}` }).end();
      return true;
    },
  };
}
