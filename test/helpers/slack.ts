// A loopback Slack for one test: it ends with the test, and what Slack would not have taken fails the test.
import { expect, onTestFinished } from 'vitest';
import { type FakeSlack, type FakeSlackOptions, openFakeSlack } from '../fakes/slack/open-fake-slack.js';

export async function startSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await openFakeSlack(options);
  onTestFinished(async () => {
    await slack.close();
    expect(slack.violations).toEqual([]);
  });
  return slack;
}

/** Waits for something that real sockets take a moment for; what never comes ends in the test's own limit. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
