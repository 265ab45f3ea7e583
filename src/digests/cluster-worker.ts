// The thread behind open-clusterer.ts.
export { clusterStories } from './cluster-stories.js';
