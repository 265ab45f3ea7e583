// The chat: a thread has an address of its own, so that it survives a reload and can be sent to somebody.
import type { ThreadEvent } from '../views.js';
import { lineOf, newId, send } from './api.js';
import { byId, el } from './dom.js';
import { rememberThread, showThreads } from './own-threads.js';
import { createThread, type ThreadView } from './thread.js';

const EXAMPLES = ['Who won last night?', 'What is new about the Australian team?', 'Who leads the series?'];
/** Thanks and the like are not answered; the line that says it is on its way goes then. */
const UNANSWERED_MS = 4000;

export function openChat(thread: string | undefined): void {
  const form = byId<HTMLFormElement>('ask');
  const field = byId<HTMLTextAreaElement>('question');
  const stop = byId<HTMLButtonElement>('stop');
  const line = byId('say');
  const into = byId('thread');
  let here = thread;
  let view: ThreadView | undefined;

  const say = (text: string, isWorking = false) => {
    line.textContent = text;
    line.dataset['working'] = String(isWorking);
  };

  function enter(id: string): ThreadView {
    here = id;
    const entered = createThread({
      into,
      acts: {
        thread: id,
        onChoice(post, choice) {
          void act(choice, () => send('/choose', { thread: id, question: post.questionId, choice }));
        },
      },
      onStatus(text) {
        stop.hidden = entered?.working() === undefined;
        say(text, text !== '');
      },
    });
    follow(id, entered);
    return entered;
  }

  /** Shows a question at once, and takes it back when it does not get there. */
  async function act(question: string, sending: () => Promise<unknown>): Promise<boolean> {
    const entered = view;
    entered?.expect(question);
    try {
      await sending();
      setTimeout(() => entered?.drop(question), UNANSWERED_MS);
      return true;
    } catch (error) {
      entered?.drop(question);
      say(lineOf(error));
      return false;
    }
  }

  async function ask(): Promise<void> {
    const text = field.value.trim();
    if (text === '') {
      return;
    }
    const id = newId();
    if (here === undefined) {
      into.replaceChildren();
      history.pushState({}, '', `/t/${id}`);
      document.title = `${text.slice(0, 60)} · Third Umpire`;
    }
    const of = here ?? id;
    view ??= enter(of);
    field.value = '';
    rememberThread(of, text.slice(0, 120));
    showThreads(byId('threads'), of);
    if (!(await act(text, () => send('/say', { id, thread: of, text })))) {
      field.value ||= text;
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  stop.addEventListener('click', () => {
    const question = view?.working();
    if (here !== undefined && question !== undefined) {
      send('/stop', { thread: here, question }).catch((error: unknown) => say(lineOf(error)));
      field.focus();
    }
  });
  window.addEventListener('popstate', () => location.reload());
  field.disabled = false;
  byId<HTMLButtonElement>('send').disabled = false;

  showThreads(byId('threads'), thread);
  if (thread === undefined) {
    into.append(...greeting(field, form));
    // On a phone the keyboard would cover half of the page.
    if (matchMedia('(pointer: fine)').matches) {
      field.focus();
    }
  } else {
    view = enter(thread);
  }
}

/** A browser has six connections to us, whatever the number of tabs: those that nobody looks at give theirs back. */
function follow(id: string, view: ThreadView): void {
  let events: EventSource | undefined;
  const listen = () => {
    events?.close();
    events = undefined;
    if (document.visibilityState === 'hidden') {
      return;
    }
    // All that stands there comes first, also what was missed.
    events = new EventSource(`/api/threads/${id}/events`);
    for (const type of ['post', 'status', 'gone', 'notice'] as const) {
      events.addEventListener(type, ({ data }) => view.hear(JSON.parse(String(data)) as ThreadEvent));
    }
  };
  document.addEventListener('visibilitychange', listen);
  listen();
}

function greeting(field: HTMLTextAreaElement, form: HTMLFormElement): HTMLElement[] {
  const examples = EXAMPLES.map((text) =>
    el(
      'button',
      {
        ...{ type: 'button', class: 'choice' },
        click: () => {
          field.value = text;
          form.requestSubmit();
        },
      },
      text,
    ),
  );
  return [
    el(
      'p',
      { class: 'lead' },
      'Every number, name and date of an answer stands in a source that you can open.',
    ),
    el('div', { class: 'row', role: 'group', 'aria-label': 'Examples' }, ...examples),
  ];
}
