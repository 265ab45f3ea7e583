// The loopback platforms of the tests are TypeScript, which Node 20 does not read: measurements compile them once more.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const ROOT = path.join(import.meta.dirname, '..');
const COMPILED = path.join(ROOT, 'node_modules/.cache/bench-fakes');

/** Address of the compiled modules of a folder of tests, all of them or those that are named. */
export function compileTestFolder(folder, names) {
  const [from, to] = [path.join(ROOT, 'test', folder), path.join(COMPILED, folder)];
  mkdirSync(to, { recursive: true });
  writeFileSync(path.join(COMPILED, 'package.json'), '{ "type": "module" }');
  // They name the tests' secrets.
  cpSync(path.join(ROOT, 'test/fixtures/secrets.mjs'), path.join(COMPILED, 'fixtures/secrets.mjs'));
  const files = names?.map((name) => `${name}.ts`) ?? readdirSync(from);
  for (const file of files.filter((name) => /^[^.]+\.ts$/.test(name))) {
    const { outputText } = ts.transpileModule(readFileSync(path.join(from, file), 'utf8'), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    writeFileSync(path.join(to, file.replace(/\.ts$/, '.js')), outputText);
  }
  return pathToFileURL(to).href;
}

/** The modules of a loopback platform, `names` of them as one. */
export async function loadFakes(platform, names) {
  compileTestFolder('fakes');
  const folder = compileTestFolder(`fakes/${platform}`);
  const modules = await Promise.all(names.map((name) => import(`${folder}/${name}.js`)));
  return Object.assign({}, ...modules);
}
