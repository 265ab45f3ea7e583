// Builds llama.cpp's own llama-server and llama-bench, the control of bench/model-throughput.mjs, from the very
// sources that node-llama-cpp ships, with the switches of its prebuilt binary: Release, no OpenMP, the CPU variant
// that this machine loads. Needs git, cmake, ninja and a C++ compiler; no network. Once, 10 to 30 minutes.
//   node bench/llama-server/build.mjs FOLDER [--jobs 2]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { getLlama } from 'node-llama-cpp';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string', default: '2' } },
});
const folder = positionals[0];
if (!folder) {
  console.error('usage: node bench/llama-server/build.mjs FOLDER [--jobs 2]');
  process.exit(2);
}
const source = path.join(folder, 'source');
const build = path.join(folder, 'build');
mkdirSync(folder, { recursive: true });

if (!existsSync(source)) {
  run('git', ['clone', '--quiet', bundle(), source]);
}
const variant = await loadedVariant();
const flags = [
  ...['CMAKE_BUILD_TYPE=Release', 'BUILD_SHARED_LIBS=ON', 'CMAKE_PLATFORM_NO_VERSIONED_SONAME=ON'],
  ...['GGML_BACKEND_DL=ON', 'GGML_NATIVE=OFF', 'GGML_OPENMP=OFF', 'GGML_CCACHE=OFF', 'GGML_METAL=OFF'],
  ...variantFlags(variant),
  ...['LLAMA_BUILD_UI=OFF', 'LLAMA_BUILD_TESTS=OFF', 'LLAMA_BUILD_EXAMPLES=OFF', 'LLAMA_BUILD_APP=OFF'],
  ...['LLAMA_OPENSSL=OFF', 'LLAMA_BUILD_NUMBER=1', `LLAMA_BUILD_COMMIT=${release()}`],
].map((flag) => `-D${flag}`);
writeFileSync(path.join(folder, 'flags.txt'), `${[`variant ${variant}`, ...flags].join('\n')}\n`);
run('cmake', ['-S', source, '-B', build, '-G', 'Ninja', ...flags]);
run('ninja', ['-C', build, '-j', values.jobs, 'llama-server', 'llama-bench']);
console.log(`${variant}: ${path.join(build, 'bin', 'llama-server')}`);

/** The variant of the CPU backend that node-llama-cpp chooses on this machine, as its file names say: zen4, haswell… */
async function loadedVariant() {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true });
  const found = readFileSync('/proc/self/maps', 'utf8').match(/libggml-cpu-(\w+)\.so/);
  await llama.dispose();
  if (!found) {
    throw new Error('node-llama-cpp loaded no variant of the CPU backend');
  }
  return found[1];
}

/** What llama.cpp's own list says of the variant; what it does not name is off. */
function variantFlags(name) {
  const list = readFileSync(path.join(source, 'ggml/src/CMakeLists.txt'), 'utf8');
  const variants = [...list.matchAll(/ggml_add_cpu_backend_variant\((\w+)([^)]*)\)/g)].map(
    ([, tag, features]) => [tag, features.trim().split(/\s+/).filter(Boolean)],
  );
  const wanted = new Map(variants).get(name);
  if (!wanted) {
    throw new Error(`llama.cpp knows no CPU variant ${name}`);
  }
  const x86 = new Set(
    variants
      .slice(
        0,
        variants.findIndex(([tag]) => tag.startsWith('arm')),
      )
      .flatMap(([, all]) => all),
  );
  return [...x86].map((feature) => `GGML_${feature}=${wanted.includes(feature) ? 'ON' : 'OFF'}`);
}

function bundle() {
  return path.join(libraryFolder(), 'gitRelease.bundle');
}

function release() {
  return JSON.parse(readFileSync(path.join(libraryFolder(), 'llama.cpp.info.json'), 'utf8')).tag;
}

function libraryFolder() {
  return fileURLToPath(new URL('../llama', import.meta.resolve('node-llama-cpp')));
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`${command} ended with ${status}`);
  }
}
