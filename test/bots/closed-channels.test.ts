import { describe, expect, it } from 'vitest';
import { createOpenDesk, withClosedChannels } from '#src/bots/closed-channels.js';
import type { DigestDesk } from '#src/bots/digest-desk.js';
import type { BotPlatform } from '#src/bots/ports.js';
import { withPreviewBudget } from '#src/bots/preview-budget.js';
import type { Letter } from '#src/digests/platform.js';

const access = { channels: { allow: [], deny: ['C1'] }, users: { allow: [], deny: [] } };
const post = (channel: string) => ({
  ...{ platform: 'slack', tenant: 'T', channel, key: 'k', localDate: '2023-12-19' },
  ...{ payload: '{}', dueAt: '2023-12-19T08:00:00.000Z' },
});

describe('a closed channel', () => {
  const posted: string[] = [];
  const platform = withClosedChannels(
    {
      name: 'slack',
      digests: {
        post: async ({ channel }: { channel: string }) => {
          posted.push(channel);
          return { kind: 'posted', message: '1' };
        },
      },
      news: async ({ channel }: { channel: string }) => ({ channel, payload: '{}' }),
    } as unknown as BotPlatform,
    access,
  );
  const signal = AbortSignal.timeout(5000);

  it('gets no digest that was set up before', async () => {
    expect(await platform.digests?.post(post('C1'), signal)).toMatchObject({ kind: 'refused' });
    expect(await platform.digests?.post(post('C2'), signal)).toMatchObject({ kind: 'posted' });
    expect(posted).toEqual(['C2']);
  });

  it('gets no news', async () => {
    const to = { platform: 'slack', tenant: 'T', channel: 'C1', thread: '1', question: 'Who?', since: '' };

    await expect(platform.news?.(to, {} as never)).rejects.toMatchObject({ code: 'channel_closed' });
    expect(await platform.news?.({ ...to, channel: 'C2' }, {} as never)).toMatchObject({ channel: 'C2' });
  });

  it("has no digest set up, followed or previewed; direct messages are nobody else's", async () => {
    const done: string[] = [];
    const note = (what: string) => async () => done.push(what);
    const inner = { set: note('set'), follow: note('follow'), preview: note('preview') };
    const desk = createOpenDesk(inner as unknown as DigestDesk, {
      ...access,
      channels: { allow: ['C2'], deny: [] },
    });
    const at = (channel: string) => ({ platform: 'slack', tenant: 'T', channel });

    await expect(desk.set(at('C1'), {})).rejects.toMatchObject({ code: 'usage' });
    await expect(desk.follow(at('C1'), ['India'], true)).rejects.toMatchObject({ code: 'usage' });
    await expect(desk.preview(at('C1'), signal)).rejects.toMatchObject({ code: 'usage' });
    await desk.set(at('C2'), {});
    await desk.set(at('D1'), {});
    expect(done).toEqual(['set', 'set']);
  });
});

describe('previews', () => {
  it('are six within the hour for each channel, and the rest are not written', async () => {
    let now = 0;
    let written = 0;
    const preview = async () => {
      written += 1;
      return {} as Letter;
    };
    const desk = withPreviewBudget({ preview } as unknown as DigestDesk, () => now);
    const signal = AbortSignal.timeout(5000);
    const ask = (channel: string) => desk.preview({ platform: 'slack', tenant: 'T', channel }, signal);
    for (let n = 0; n < 6; n += 1) {
      await ask('a');
    }

    await expect(ask('a')).rejects.toThrow('6 previews');
    expect(written).toBe(6);
    await ask('b');
    now = 3_600_001;
    await ask('a');
    expect(written).toBe(8);
  });
});
