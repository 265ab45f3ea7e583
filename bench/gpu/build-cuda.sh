#!/bin/bash
# On the GPU machine: builds the CUDA backend for its card and llama-bench, from the carried sources.
#   bench/gpu/build-cuda.sh SOURCE BUILD [ARCHITECTURE=90-real]
# Run it detached (setsid … &): it may take longer than one command may. Without a GPU: CUDA=OFF tries the same configuration.
set -e
SOURCE=$1
BUILD=$2
ARCHITECTURE=${3:-90-real}
cmake -S "$SOURCE" -B "$BUILD" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON \
  -DCMAKE_PLATFORM_NO_VERSIONED_SONAME=ON -DGGML_BACKEND_DL=ON -DGGML_NATIVE=OFF -DGGML_OPENMP=OFF \
  -DGGML_CUDA="${CUDA:-ON}" -DCMAKE_CUDA_ARCHITECTURES="$ARCHITECTURE" \
  -DLLAMA_BUILD_UI=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF \
  -DLLAMA_BUILD_SERVER=OFF -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_NUMBER=1 -DLLAMA_BUILD_COMMIT=shipped
TARGETS="llama-bench"
[ "${CUDA:-ON}" = ON ] && TARGETS="ggml-cuda $TARGETS"
ninja -C "$BUILD" -j "${JOBS:-16}" $TARGETS
