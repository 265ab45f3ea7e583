import { MODEL, openKit } from './kit.mjs';
