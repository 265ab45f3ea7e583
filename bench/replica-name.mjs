// Loaded before a replica of the measurements (node --import): each takes itself for another machine, so that none can see
// that another one's process has ended, and all must wait for leases to run out.
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

os.hostname = () => process.env.REPLICA;
syncBuiltinESMExports();
