#!/bin/bash
# Gathers what a bare GPU machine needs, as one archive below 64 MiB: Node, the compiled program with the packages
# of its generator, the CUDA binaries of node-llama-cpp without libggml-cuda.so (built there), the sources of llama.cpp.
#   bench/gpu/carry.sh LLAMA_CPP_SOURCE OUT.tar.xz      (after npm ci and npm run build, in the repository's root)
set -e
SOURCE=$1
OUT=$2
FOLDER=$(mktemp -d)
trap 'rm -rf "$FOLDER"' EXIT
mkdir -p "$FOLDER/bin" "$FOLDER/node_modules" "$FOLDER/llama.cpp"
cp "$(readlink -f "$(command -v node)")" "$FOLDER/bin/node"
strip "$FOLDER/bin/node"
cp -r dist package.json "$FOLDER/"
mkdir -p "$FOLDER/bench" "$FOLDER/test/fixtures"
cp -r bench/gpu bench/model-*.mjs "$FOLDER/bench/"
cp -r test/fixtures/gguf "$FOLDER/test/fixtures/"
# Every package that node-llama-cpp can reach from the lock, and the two that the generator itself imports.
node -e '
  const { packages } = JSON.parse(require("fs").readFileSync("package-lock.json", "utf8"));
  const seen = new Set();
  const walk = (name, from) => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
      const key = `${at ? `${at}/` : ""}node_modules/${name}`;
      if (packages[key]) {
        if (seen.has(key)) return;
        seen.add(key);
        for (const next of Object.keys(packages[key].dependencies ?? {})) walk(next, key);
        return;
      }
      if (!at) return;
    }
  };
  for (const name of ["node-llama-cpp", "zod", "pino"]) walk(name, "");
  console.log([...seen].join("\n"));
' | while read -r package; do
  [ -d "$package" ] && tar -c --exclude='*.bundle' --exclude='*.map' --exclude='*.d.ts' "$package"
done | tar -x -i -C "$FOLDER"
tar -c --exclude=libggml-cuda.so node_modules/@node-llama-cpp/linux-x64-cuda | tar -x -C "$FOLDER"
(cd "$SOURCE" && tar -c --exclude=tools/ui --exclude=ggml/src/ggml-vulkan --exclude=ggml/src/ggml-sycl --exclude=ggml/src/ggml-metal \
  CMakeLists.txt LICENSE cmake common ggml include src vendor tools) |
  tar -x -C "$FOLDER/llama.cpp"
tar -c -C "$FOLDER" . | xz -T0 -3 > "$OUT"
du -sh "$FOLDER"/* | sort -h
stat -c '%s bytes, limit 67108864' "$OUT"
