// Clusters in a thread: comparing some hundred articles with each other takes a second.
import { Piscina } from 'piscina';
import type { ClusteredStory, ClusterTask } from './cluster-stories.js';

export interface Clusterer {
  /** As `clusterStories`. */
  cluster(task: ClusterTask, signal?: AbortSignal): Promise<ClusteredStory[]>;
  close(): Promise<void>;
}

/** The thread starts with the first task, and ends a while after the last. */
export function openClusterer(): Clusterer {
  const pool = new Piscina({
    filename: new URL('./cluster-worker.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  // A thread's last answer may cross with its end when the work is broken off; nobody waits for it any more.
  pool.on('error', () => {});
  return {
    cluster: (task, signal) => pool.run(task, { name: 'clusterStories', ...(signal ? { signal } : {}) }),
    close: () => pool.close(),
  };
}
